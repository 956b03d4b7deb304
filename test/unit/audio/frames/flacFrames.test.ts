import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readStreamInfo } from '../../../../src/audio/codecs/flac/streamInfo';
import {
  findFlacFrame,
  readFlacFrames,
  type FlacFrame,
  type FlacStream,
} from '../../../../src/audio/frames/flacFrames';
import { flacFrames, flacLoop, numbered } from '../loops';
import { fixture } from '../signal';
import { readerOf } from './files';

const { head } = flacFrames(readFileSync(fixture('sweep.flac')));
const info = readStreamInfo(head);
const blockSize = 576;

function streamOf(bytes: Buffer): FlacStream {
  return { info, start: head.length, end: bytes.length };
}

async function framesOf(bytes: Buffer): Promise<FlacFrame[]> {
  const frames: FlacFrame[] = [];
  for await (const frame of readFlacFrames(readerOf(bytes), streamOf(bytes))) {
    frames.push(frame);
  }
  return frames;
}

describe('readFlacFrames', () => {
  const whole = flacLoop(200);

  it('finds each frame by its number', async () => {
    const frames = await framesOf(whole);
    assert.deepEqual(
      frames.map(({ sample }) => sample),
      Array.from({ length: 200 }, (_, i) => i * blockSize),
    );
    assert.deepEqual(Buffer.concat([head, ...frames.map(({ data }) => data)]), whole);
  });

  it('goes on behind frames that are lost, and says how many samples are missing', async () => {
    const places = (await framesOf(whole)).map(({ position }) => position);
    const spoilt = Buffer.from(whole);
    for (const number of [50, 51, 52]) {
      spoilt.fill(0, places[number], places[number]! + 5);
    }
    const frames = await framesOf(spoilt);
    assert.equal(frames.length, 197);
    assert.deepEqual(
      frames.slice(49, 52).map(({ sample, lostSamples }) => [sample / blockSize, lostSamples / blockSize]),
      [
        [49, 0],
        [53, 3],
        [54, 0],
      ],
    );
  });

  it('begins in the middle', async () => {
    const frames = await framesOf(whole);
    const stream = streamOf(whole);
    const place = await findFlacFrame(readerOf(whole), stream, frames[99]!.position + 1, stream.end);
    assert.equal(place?.sample, 100 * blockSize);
    assert.equal(place.position, frames[100]!.position);
  });

  it('looks at each of many headers once, none of which follows another', async () => {
    const frame = whole.subarray(head.length, head.length + 8);
    const bytes = Buffer.concat([head, ...Array.from({ length: 18_000 }, (_, i) => numbered(frame, 3 * i))]);
    const stream = { ...streamOf(bytes), info: { ...info, maxBlockSize: 65_535 } };
    const end = bytes.length / 10;
    assert.equal(await findFlacFrame(readerOf(bytes), stream, stream.start, end), undefined);
  });

  it('finds nothing where there are no frames', async () => {
    assert.deepEqual(await framesOf(Buffer.concat([head, Buffer.alloc(100_000, 0xff)])), []);
  });
});
