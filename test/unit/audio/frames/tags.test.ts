import assert from 'node:assert/strict';
import { skipTags, startOfLastTags } from '../../../../src/audio/frames/tags';
import { ape, countingReader, framesFilled, latin1, id3v1, id3v2, readerOf } from './files';

const sound = framesFilled(1, 2, 3);

const tags: readonly [string, Buffer][] = [
  ['ID3v1', id3v1()],
  ['ID3v2', id3v2(300)],
  ['ID3v2 with a footer', id3v2(300, true)],
  ['APE', ape(500)],
  ['several', Buffer.concat([id3v2(20), id3v2(200_000), ape(70_000), id3v1()])],
];

describe('skipTags', () => {
  for (const [name, tag] of [['no tag', Buffer.alloc(0)] as const, ...tags]) {
    it(`finds the end of ${name}`, async () => {
      const file = Buffer.concat([sound, tag, sound]);
      assert.equal(await skipTags(readerOf(file), sound.length), sound.length + tag.length);
    });
  }

  it('stops at the end of the file', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('ID3'), ape(20).subarray(0, 20)]) {
      assert.equal(await skipTags(readerOf(bytes), 0), 0);
    }
  });
});

describe('startOfLastTags', () => {
  const last = [
    ...tags.filter(([name]) => !['ID3v2', 'several'].includes(name)),
    ['APE without a header', ape(500, false)] as const,
    ['several', Buffer.concat([id3v2(200_000, true), ape(500), id3v1()])] as const,
    ['no tag', Buffer.alloc(0)] as const,
  ];
  for (const [name, tag] of last) {
    it(`finds the beginning of ${name}`, async () => {
      const file = Buffer.concat([sound, tag]);
      assert.equal(await startOfLastTags(readerOf(file), file.length), sound.length);
    });
  }

  it('gives up where there are thousands', async () => {
    const file = Buffer.from(latin1('3DI\x04\0\0\0\0\0\0').toString('latin1').repeat(100_000), 'latin1');
    const { reader, read } = countingReader(file);
    assert.ok((await startOfLastTags(reader, file.length)) < file.length);
    assert.ok(read() < 20 * file.length, `${read()} of ${file.length} bytes`);
  });

  it('does not believe in a tag that is longer than the file', async () => {
    const file = ape(500, false).subarray(100);
    assert.equal(await startOfLastTags(readerOf(file), file.length), file.length);
    assert.equal(await startOfLastTags(readerOf(Buffer.alloc(0)), 0), 0);
  });
});
