import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastBlock, type LastBlock } from '../../../../src/audio/headers/matroska';

/** A number of EBML, in four bytes. */
const size = (value: number): Buffer => Buffer.from([0x10 | (value >> 24), value >> 16, value >> 8, value]);
const element = (id: string, ...contents: Uint8Array[]): Buffer => {
  const bytes = Buffer.concat(contents);
  return Buffer.concat([Buffer.from(id, 'hex'), size(bytes.length), bytes]);
};
/** As programs write that do not know how much will follow. */
const unending = (id: string, ...contents: Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.from(id, 'hex'), Buffer.from('01ffffffffffffff', 'hex'), ...contents]);
const number = (id: string, value: number): Buffer => element(id, Buffer.from([value >> 8, value]));

const block = (track: number, tick: number, data: Uint8Array, flags = 0): Buffer =>
  Buffer.concat([Buffer.from([0x80 | track, tick >> 8, tick, flags]), data]);
const simpleBlock = (track: number, tick: number, data = 'data', flags = 0): Buffer =>
  element('a3', block(track, tick, Buffer.from(data), flags));
const cluster = (tick: number, ...blocks: Uint8Array[]): Buffer =>
  element('1f43b675', number('e7', tick), ...blocks);

const cues = element('1c53bb6b', Buffer.alloc(40, 0xa3));
const lacing = { xiph: 2, fixed: 4, ebml: 6 };

describe('the end of a Matroska file', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-matroska-'))));
  after(() => rmSync(folder, { recursive: true }));

  async function find(bytes: Uint8Array, track?: number): Promise<LastBlock | undefined> {
    const path = join(folder, 'file');
    writeFileSync(path, bytes);
    const file = await open(path);
    try {
      return await lastBlock(file, bytes.length, track);
    } finally {
      await file.close();
    }
  }
  const ticks = (found: LastBlock | undefined): (number | undefined)[] => [
    found?.before?.tick,
    found?.last.tick,
  ];

  it('has the last block, and the one before it', async () => {
    const file = [
      cluster(0, simpleBlock(1, 0)),
      cluster(100, simpleBlock(1, 5, 'ab'), simpleBlock(1, 25, 'cd')),
    ];
    const found = await find(Buffer.concat([...file, cues]));
    assert.deepEqual(ticks(found), [105, 125]);
    assert.deepEqual(found?.last, {
      tick: 125,
      durationTicks: undefined,
      frames: 1,
      data: Buffer.from('cd'),
    });
  });

  it('has that of a track, though others go on', async () => {
    const file = [
      cluster(0, simpleBlock(1, 0), simpleBlock(2, 0), simpleBlock(2, 20)),
      cluster(100, simpleBlock(1, 0), simpleBlock(2, 10)),
      cluster(200, simpleBlock(1, 0), simpleBlock(1, 40)),
    ];
    assert.deepEqual(ticks(await find(Buffer.concat(file), 2)), [20, 110]);
    assert.deepEqual(ticks(await find(Buffer.concat(file))), [200, 240]);
    assert.equal(await find(Buffer.concat(file), 3), undefined);
  });

  it('is known where clusters have no end', async () => {
    const live = [
      unending('1f43b675', number('e7', 0), simpleBlock(1, 0)),
      unending('1f43b675', element('bf', Buffer.alloc(4)), number('e7', 500), simpleBlock(1, 7)),
    ];
    assert.deepEqual(ticks(await find(Buffer.concat([...live, cues]))), [0, 507]);
  });

  it('is found behind far more than the first look takes in', async () => {
    const file = [cluster(0, simpleBlock(1, 3)), element('1043a770', Buffer.alloc(3_000_000, 0x1f))];
    assert.deepEqual(ticks(await find(Buffer.concat(file), 1)), [undefined, 3]);
  });

  it('is not taken from sound that looks like a cluster', async () => {
    const file = [cluster(100, simpleBlock(1, 5), simpleBlock(1, 25, '\x1f\x43\xb6\x75\x81\xe7')), cues];
    assert.deepEqual(ticks(await find(Buffer.concat(file))), [105, 125]);
  });

  it('says how long the block is in a group', async () => {
    const group = element(
      'a0',
      element('a1', block(1, 25, Buffer.from('ab'))),
      element('75a2', Buffer.from([1, 2])),
      number('9b', 300),
    );
    const found = await find(cluster(100, simpleBlock(1, 5), group));
    assert.deepEqual(found?.last, { tick: 125, durationTicks: 300, frames: 1, data: Buffer.from('ab') });
  });

  for (const [name, flags, lengths] of [
    ['by its own', lacing.xiph, '\x02\xff\x01\x02'],
    ['of one length', lacing.fixed, '\x02'],
    ['by differences', lacing.ebml, '\x02\x81\x40\x01'],
  ] as const) {
    it(`tells frames apart that share a block, each with a length ${name}`, async () => {
      const bytes = Buffer.concat([Buffer.from(lengths, 'latin1'), Buffer.from('frames')]);
      const found = await find(cluster(0, element('a3', block(1, 0, bytes, flags))));
      assert.equal(found?.last.frames, 3);
      assert.equal(Buffer.from(found.last.data).toString(), 'frames');
    });
  }
});
