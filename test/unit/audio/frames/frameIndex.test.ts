import assert from 'node:assert/strict';
import { FrameIndex } from '../../../../src/audio/frames/frameIndex';
import { readHeaderFrame } from '../../../../src/audio/frames/headerFrame';
import { readFrames, type Frame } from '../../../../src/audio/frames/readFrames';
import { countingReader, frame, framesOf, garbage, id3v1, id3v2, latin1 } from './files';

const frameBytes = 144;
const frameSeconds = 576 / 16_000;

/** A frame at 16 kbit/s, which is half as long. */
function shortFrame(): Buffer {
  const bytes = Buffer.alloc(72);
  bytes.set([0xff, 0xf3, 0x28, 0xc0]);
  return bytes;
}

/** A frame that says how long the file is, instead of sound. */
function headerFrame(): Buffer {
  const bytes = frame();
  bytes.write('Info', 13, 'latin1');
  return bytes;
}

const repeat = (count: number, make: (i: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, i) => make(i)));

/** An index, and how many bytes were read for it. */
async function indexOf(bytes: Buffer, mayBeSteady = true) {
  const frames = await framesOf(bytes);
  const counts: (() => number)[] = [];
  const newReader = () => {
    const { reader, read } = countingReader(bytes);
    counts.push(read);
    return reader;
  };
  const index = new FrameIndex(newReader, frames.slice(0, 64), bytes.length, mayBeSteady);
  return { frames, index, newReader, read: () => counts.reduce((sum, read) => sum + read(), 0) };
}

/** When each frame begins, by counting from the beginning. */
function secondsOf(frames: readonly Frame[]): Map<number, number> {
  const seconds = new Map<number, number>();
  let now = 0;
  for (const { position, lostBytes, data, span } of frames) {
    now += Math.round(lostBytes / frameBytes) * frameSeconds;
    seconds.set(position, now);
    now += readHeaderFrame(data) ? 0 : span.samples / span.sampleRate;
  }
  return seconds;
}

async function assertPlaces(bytes: Buffer, mayBeSteady?: boolean): Promise<void> {
  const { frames, index, newReader } = await indexOf(bytes, mayBeSteady);
  const seconds = secondsOf(frames);
  const end = Math.max(...seconds.values());
  for (const part of [0.9, 0.1, 0.5, 0.77, 0.999, 0]) {
    const place = await index.placeBefore(part * end);
    assert.ok(place.clock.seconds <= part * end + 1e-6);
    const behind = readFrames(newReader(), place.position, bytes.length, 0, place.before);
    const next = (await behind.next()).value as Frame;
    const lost = place.clock.lostBefore(next) * frameSeconds;
    assert.ok(Math.abs(place.clock.seconds + lost - seconds.get(next.position)!) < 1e-6, `at ${part}`);
  }
}

describe('FrameIndex', () => {
  it('finds frames of one bit rate by a few looks', async () => {
    const bytes = repeat(40_000, () => frame());
    await assertPlaces(bytes);
    const { index, read } = await indexOf(bytes);
    const place = await index.placeBefore(35_000.5 * frameSeconds);
    assert.equal(place.position, 35_000 * frameBytes);
    assert.ok(read() < bytes.length / 4, `${read()} of ${bytes.length} bytes`);
    await index.placeBefore(1e6);
    assert.ok(read() < bytes.length / 4, `${read()} of ${bytes.length} bytes, to find the end`);
  });

  it('counts frames of several bit rates once, and no further than needed', async () => {
    const bytes = repeat(40_000, (i) => (i % 7 < 3 ? frame() : shortFrame()));
    await assertPlaces(bytes);
    const { index, read } = await indexOf(bytes);
    await index.placeBefore(10_000 * frameSeconds);
    const once = read();
    assert.ok(once > bytes.length / 5 && once < bytes.length / 2, `${once} of ${bytes.length} bytes`);
    await Promise.all([1, 2, 3].map((n) => index.placeBefore(n * 3000 * frameSeconds)));
    assert.ok(read() - once < bytes.length / 10);
  });

  it('sees where a few frames in the middle are others', async () => {
    const few = repeat(9, () => shortFrame());
    await assertPlaces(Buffer.concat([repeat(9000, () => frame()), few, repeat(9000, () => frame())]));
  });

  it('does not count tags and frames that are none of sound', async () => {
    const part = repeat(3000, () => frame());
    await assertPlaces(Buffer.concat([headerFrame(), part, id3v1(), id3v2(500), headerFrame(), part]), false);
  });

  it('counts frames that are lost', async () => {
    const part = repeat(3000, (i) => (i % 7 < 6 ? frame() : frame(1)));
    const holed = Buffer.concat([part, garbage(frameBytes * 20), part]);
    await assertPlaces(holed, false);
    await assertPlaces(holed, true);
  });

  it('reads hardly any bytes twice where there are thousands of gaps', async () => {
    const bytes = repeat(10_000, (i) => Buffer.concat([frame(), frame(), garbage(1 + (i % 3))]));
    const { index, read } = await indexOf(bytes, false);
    assert.ok(Math.abs((await index.countedSeconds()) - 20_000 * frameSeconds) < 1e-6);
    assert.ok(read() < 2 * bytes.length, `${read()} of ${bytes.length} bytes`);
  });

  it('ends where frames end', async () => {
    const { index } = await indexOf(Buffer.concat([repeat(2000, () => frame()), latin1('behind')]), false);
    const place = await index.placeBefore(1e6);
    assert.ok(Math.abs(place.clock.seconds - 2000 * frameSeconds) < 1e-6);
  });
});
