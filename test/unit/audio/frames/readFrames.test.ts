import assert from 'node:assert/strict';
import { BlockReader } from '../../../../src/audio/frames/blockReader';
import { readFrames, type Frame } from '../../../../src/audio/frames/readFrames';
import { adtsFrame } from '../codecs/aac/streams';
import { ape, countingReader, frame, framesFilled, framesOf, garbage, id3v1, id3v2 } from './files';

const adts = { samplingFrequencyIndex: 4, channelConfiguration: 2 };

const positions = (frames: readonly Frame[]): number[] => frames.map(({ position }) => position);
const fills = (frames: readonly Frame[]): (number | undefined)[] => frames.map(({ data }) => data[10]);
const lost = (frames: readonly Frame[]): number[] => frames.map(({ lostBytes }) => lostBytes);

describe('readFrames', () => {
  it('gives one frame after the other', async () => {
    const frames = await framesOf(framesFilled(1, 2, 3));
    assert.deepEqual(positions(frames), [0, 144, 288]);
    assert.deepEqual(fills(frames), [1, 2, 3]);
    assert.deepEqual(lost(frames), [0, 0, 0]);
    assert.deepEqual(frames[0]?.span, {
      codec: 'mp3',
      bytes: 144,
      samples: 576,
      sampleRate: 16_000,
      stream: 'layer 3 16000 1',
    });
  });

  it('reads ADTS as well', async () => {
    const blocks = [new Uint8Array(100), new Uint8Array(50)];
    const file = Buffer.concat([adtsFrame(blocks, adts), adtsFrame(blocks.slice(1), adts)]);
    const frames = await framesOf(file);
    assert.deepEqual(positions(frames), [0, 157]);
    assert.deepEqual(
      frames.map(({ span }) => span.samples),
      [2048, 1024],
    );
    assert.equal(frames[0]?.span.codec, 'aac');
  });

  it('passes over tags wherever they are', async () => {
    const file = Buffer.concat([
      id3v2(300),
      id3v2(10),
      framesFilled(1, 2),
      id3v1(),
      id3v2(100_000),
      framesFilled(3, 4),
      ape(400),
      framesFilled(5, 6),
      id3v1(),
    ]);
    const frames = await framesOf(file);
    assert.deepEqual(fills(frames), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(lost(frames), [0, 0, 0, 0, 0, 0]);
  });

  it('finds its way again after garbage, and says how much it was', async () => {
    for (const length of [1, 100, 70_000]) {
      const file = Buffer.concat([framesFilled(1, 2), garbage(length), framesFilled(3, 4)]);
      const frames = await framesOf(file);
      assert.deepEqual(fills(frames), [1, 2, 3, 4]);
      assert.deepEqual(lost(frames), [0, 0, length, 0]);
    }
  });

  it('misses only the frame whose header is damaged', async () => {
    const file = framesFilled(1, 2, 3, 4, 5);
    file[288] = 0;
    const frames = await framesOf(file);
    assert.deepEqual(fills(frames), [1, 2, 4, 5]);
    assert.deepEqual(lost(frames), [0, 0, 144, 0]);
  });

  it('finds the next frame in one that is cut short', async () => {
    const file = Buffer.concat([frame(1), frame(2).subarray(0, 60), framesFilled(3, 4)]);
    const frames = await framesOf(file);
    assert.deepEqual(positions(frames), [0, 144, 204, 348]);
    assert.deepEqual(lost(frames), [0, 0, 0, 0]);
  });

  it('takes no single header in garbage for a frame', async () => {
    const file = Buffer.concat([
      framesFilled(1, 2),
      garbage(50),
      frame(9).subarray(0, 4),
      garbage(300),
      framesFilled(3, 4),
    ]);
    assert.deepEqual(fills(await framesOf(file)), [1, 2, 3, 4]);
  });

  it('leaves out the frame at the end that is not all there', async () => {
    const file = framesFilled(1, 2, 3);
    assert.deepEqual(fills(await framesOf(file.subarray(0, -1))), [1, 2]);
    assert.deepEqual(fills(await framesOf(Buffer.concat([file, garbage(500)]))), [1, 2, 3]);
  });

  it('allows for other bytes at the beginning as far as it is told', async () => {
    const file = Buffer.concat([garbage(1000), framesFilled(1, 2)]);
    assert.deepEqual(await framesOf(file), []);
    assert.deepEqual(await framesOf(file, 999), []);
    assert.deepEqual(positions(await framesOf(file, 1000)), [1000, 1144]);
  });

  it('finds nothing in what has no frames', async () => {
    for (const bytes of [Buffer.alloc(0), frame(1).subarray(0, 5), Buffer.alloc(5000, 0xff), garbage(5000)]) {
      assert.deepEqual(await framesOf(bytes, 2 ** 16), []);
    }
  });

  it('reads a long file once, and a block at a time', async () => {
    const count = 100_000;
    const bytes = count * 144;
    const one = frame(1);
    let asked = 0;
    let largest = 0;
    // A file that is made up as it is read.
    const reader = new BlockReader((position, length) => {
      const block = Buffer.alloc(Math.max(0, Math.min(length, bytes - position)));
      for (let at = -(position % 144); at < block.length; at += 144) {
        block.set(one.subarray(Math.max(0, -at), block.length - at), Math.max(0, at));
      }
      asked += block.length;
      largest = Math.max(largest, block.length);
      return Promise.resolve(block);
    });
    let found = 0;
    for await (const { data } of readFrames(reader, 0, bytes)) {
      found++;
      if (data.buffer.byteLength > 2 ** 16) {
        assert.fail('a frame keeps more than its block alive');
      }
    }
    assert.equal(found, count);
    assert.equal(largest, 2 ** 16);
    assert.ok(asked < bytes * 1.02, `${asked} bytes read of ${bytes}`);
  });

  it('reads hardly any bytes twice where thousands of headers are not followed by another', async () => {
    const header = adtsFrame([Buffer.alloc(2000)], adts).subarray(0, 7);
    const bytes = Buffer.concat([framesFilled(1, 2, 3), ...Array.from({ length: 50_000 }, () => header)]);
    const { reader, read } = countingReader(bytes);
    const frames: Frame[] = [];
    for await (const each of readFrames(reader, 0, bytes.length)) {
      frames.push(each);
    }
    assert.equal(frames.length, 3);
    assert.ok(read() < 2 * bytes.length, `${read()} of ${bytes.length} bytes`);
  });
});
