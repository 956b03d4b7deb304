import assert from 'node:assert/strict';
import { tsTimesGrow } from '../../../../src/audio/headers/tsTimes';
import { readerOf } from '../frames/files';

const pid = 257;

/** The beginning of a piece of sound, in a packet of a transport stream. */
function packet(seconds: number, stream = pid, adaptation = 0): Buffer {
  const bytes = Buffer.alloc(188, 0xff);
  bytes.set([0x47, 0x40 | (stream >> 8), stream & 0xff, adaptation > 0 ? 0x30 : 0x10, adaptation]);
  const ticks = BigInt(Math.round(seconds * 90_000));
  const time = [
    0x21n | ((ticks >> 30n) << 1n),
    (ticks >> 22n) & 0xffn,
    1n | ((ticks >> 14n) & 0xfen),
    (ticks >> 7n) & 0xffn,
    1n | ((ticks << 1n) & 0xfen),
  ].map(Number);
  const start = adaptation > 0 ? 5 + adaptation : 4;
  bytes.set([0, 0, 1, 0xc0, 0, 0, 0x80, 0x80, 5, ...time], start);
  return bytes;
}

const stream = (count: number, make: (i: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, i) => make(i)));

const grows = (bytes: Buffer): Promise<boolean> => tsTimesGrow(readerOf(bytes), bytes.length, pid);

describe('tsTimesGrow', () => {
  const part = stream(4000, (i) => packet(90_000 + i, pid, i % 3 === 0 ? 7 : 0));

  it('is true of one recording, with or without leaps', async () => {
    assert.equal(await grows(part), true);
    assert.equal(await grows(stream(4000, (i) => packet(i < 2000 ? i : 50_000 + i))), true);
  });

  it('is false where recordings were joined', async () => {
    assert.equal(await grows(Buffer.concat([part, part])), false);
    assert.equal(await grows(Buffer.concat([part, part.subarray(0, part.length / 20)])), false);
  });

  it('takes no notice of other streams, and of a piece or two in another order', async () => {
    const mixed = stream(4000, (i) => (i % 2 === 0 ? packet(i) : packet(9000 - i, 300)));
    assert.equal(await grows(mixed), true);
    assert.equal(await grows(stream(4000, (i) => packet((i + 40 * (i % 2)) / 100))), true);
  });

  it('reads streams with times in front of their packets', async () => {
    const timed = (bytes: Buffer) =>
      stream(bytes.length / 188, (i) =>
        Buffer.concat([Buffer.alloc(4), bytes.subarray(188 * i, 188 * (i + 1))]),
      );
    assert.equal(await grows(timed(part)), true);
    assert.equal(await grows(timed(Buffer.concat([part, part]))), false);
  });

  it('knows nothing of other files', async () => {
    assert.equal(await grows(Buffer.alloc(100_000)), true);
    assert.equal(await grows(Buffer.alloc(0)), true);
  });
});
