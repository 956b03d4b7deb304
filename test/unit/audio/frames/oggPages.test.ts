import assert from 'node:assert/strict';
import { findOggPage, type OggPage } from '../../../../src/audio/frames/oggPages';
import { countingReader, garbage } from './files';

/** A page with a packet of three bytes. RFC 3533, section 6. */
function page(serial: number, number: number): Buffer {
  const bytes = Buffer.alloc(31);
  bytes.write('OggS', 'latin1');
  bytes.writeUInt32LE(serial, 14);
  bytes.writeUInt32LE(number, 18);
  bytes.set([1, 3], 26);
  return bytes;
}

async function pagesOf(bytes: Buffer, serial: number) {
  const { reader, read } = countingReader(bytes);
  const pages: OggPage[] = [];
  let next = await findOggPage(reader, serial, 0, bytes.length);
  while (next) {
    pages.push(next);
    next = await findOggPage(reader, serial, next.end, bytes.length);
  }
  return { numbers: pages.map(({ number }) => number), read: read() };
}

describe('findOggPage', () => {
  it('finds the pages of a stream among others, and behind damage', async () => {
    const bytes = Buffer.concat([
      garbage(70_000),
      page(1, 0),
      page(2, 0),
      page(2, 1),
      page(1, 1),
      page(1, 2).subarray(0, 10),
      page(1, 3),
      page(1, 4).subarray(0, 30),
    ]);
    assert.deepEqual((await pagesOf(bytes, 1)).numbers, [0, 1, 3]);
    assert.deepEqual((await pagesOf(bytes, 3)).numbers, []);
  });

  it('finds none that begins behind the second place', async () => {
    const bytes = Buffer.concat([page(2, 0), page(1, 0)]);
    const { reader } = countingReader(bytes);
    assert.equal(await findOggPage(reader, 1, 0, 31), undefined);
    assert.equal((await findOggPage(reader, 1, 0, 32))?.position, 31);
  });

  it('reads hardly any bytes twice where pages are short', async () => {
    const bytes = Buffer.concat(Array.from({ length: 20_000 }, (_, i) => page(i % 2, i)));
    const { numbers, read } = await pagesOf(bytes, 1);
    assert.equal(numbers.length, 10_000);
    assert.ok(read < 2 * bytes.length, `${read} of ${bytes.length} bytes`);
  });
});
