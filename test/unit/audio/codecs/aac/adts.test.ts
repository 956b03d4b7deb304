import assert from 'node:assert/strict';
import { adtsConfig, decodeAdts, parseAdtsHeader } from '../../../../../src/audio/codecs/aac/adts';
import { AacDecoder } from '../../../../../src/audio/codecs/aac/decoder';
import { FrameWriter } from './frameWriter';
import { seededRandom } from '../../../../support/seededRandom';
import { adtsFrame, joinFrames } from './streams';

const stereo = { samplingFrequencyIndex: 4, channelConfiguration: 2 };

function someBlocks(count: number): Uint8Array[] {
  const config = adtsConfig(adtsFrame([new Uint8Array(1)], stereo));
  const writer = new FrameWriter(config, seededRandom(count));
  return Array.from({ length: count }, () => writer.nextFrame());
}

describe('an ADTS header', () => {
  it('says what the frame is', () => {
    assert.deepEqual(parseAdtsHeader(adtsFrame([new Uint8Array(100)], stereo)), {
      objectType: 2,
      sampleRate: 44_100,
      channelConfiguration: 2,
      headerLength: 7,
      frameLength: 107,
      blocks: 1,
      hasBlockChecksums: false,
    });
  });

  it('is longer with a checksum', () => {
    const header = parseAdtsHeader(adtsFrame([new Uint8Array(100)], { ...stereo, isProtected: true }));
    assert.equal(header?.headerLength, 9);
    assert.equal(header.frameLength, 109);
  });

  for (const [profile, name] of [
    [0, /Main/],
    [2, /SSR/],
    [3, /LTP/],
  ] as const) {
    it(`of another profile is refused: ${name.source}`, () => {
      const frame = adtsFrame([new Uint8Array(10)], { ...stereo, profile });
      assert.throws(() => adtsConfig(frame), { name: 'AacError', kind: 'unsupported', message: name });
    });
  }

  it('is missed where there is none, or half a one', () => {
    for (const bytes of [
      new Uint8Array(20),
      Uint8Array.of(0xff, 0xfb, 0x90, 0, 0, 0, 0),
      new Uint8Array(0),
    ]) {
      assert.equal(parseAdtsHeader(bytes), undefined);
      assert.throws(() => adtsConfig(bytes), { name: 'AacError', kind: 'damaged' });
    }
    const half = adtsFrame([], stereo).subarray(0, 5);
    assert.equal(parseAdtsHeader(half), undefined);
  });
});

describe('adtsConfig', () => {
  it('refuses a frame that does not say which channels it has', () => {
    const frame = adtsFrame([Uint8Array.of(0, 0, 0)], { ...stereo, channelConfiguration: 0 });
    assert.throws(() => adtsConfig(frame), { name: 'AacError', kind: 'unsupported' });
  });
});

describe('decodeAdts', () => {
  for (const count of [1, 2, 4]) {
    for (const isProtected of [false, true]) {
      it(`decodes ${count} block(s) of a frame, ${isProtected ? 'with' : 'without'} checksums`, () => {
        const blocks = someBlocks(count);
        const frame = adtsFrame(blocks, { ...stereo, isProtected });
        const config = adtsConfig(frame);
        const single = new AacDecoder(config);
        assert.deepEqual(
          decodeAdts(new AacDecoder(config), frame),
          joinFrames(blocks.map((block) => single.decode(block))),
        );
      });
    }
  }

  it('refuses a frame that was cut off', () => {
    const frame = adtsFrame(someBlocks(2), stereo);
    const decoder = new AacDecoder(adtsConfig(frame));
    assert.throws(() => decodeAdts(decoder, frame.subarray(0, frame.length - 20)), { kind: 'damaged' });
  });
});
