import assert from 'node:assert/strict';
import { sampleRate } from '../../../../../src/audio/sound/sound';
import { vadWindowSamples } from '../../../../../src/local/speech/voiceActivity/segmentFinder';
import { type SpeechSegment, Segmenter } from '../../../../../src/local/speech/voiceActivity/segmenter';

/** A model that takes every sound for speech and records the lengths of its windows. */
function soundDetector() {
  const lengths: number[] = [];
  return {
    lengths,
    next: (window: Float32Array) => {
      lengths.push(window.length);
      return Promise.resolve(window.some((sample) => sample !== 0) ? 1 : 0);
    },
  };
}

/** 2 s of silence, 3 s of numbered samples, 2.01 s of silence. */
const sound = Float32Array.from({ length: 7.01 * sampleRate }, (_, i) =>
  i >= 2 * sampleRate && i < 5 * sampleRate ? i : 0,
);

async function segmentsOf(blockLength: number, model = soundDetector()): Promise<SpeechSegment[]> {
  const segmenter = new Segmenter(model);
  const segments: SpeechSegment[] = [];
  for (let at = 0; at < sound.length; at += blockLength) {
    for await (const segment of segmenter.add(sound.subarray(at, at + blockLength))) {
      segments.push(segment);
    }
  }
  for await (const segment of segmenter.finish()) {
    segments.push(segment);
  }
  assert.equal(segmenter.end, sound.length);
  return segments;
}

describe('Segmenter', () => {
  it('yields the samples of speech with their position in the sound', async () => {
    const [segment, ...others] = await segmentsOf(10 * sampleRate);
    assert.equal(others.length, 0);
    assert.ok(segment && segment.start < 2 * sampleRate && segment.start > 1.7 * sampleRate - 512);
    assert.ok(segment.samples.includes(2 * sampleRate + 1) && segment.samples.includes(5 * sampleRate - 1));
    assert.deepEqual(segment.samples, sound.slice(segment.start, segment.start + segment.samples.length));
  });

  it('yields the same segments for blocks of any length', async () => {
    const expected = await segmentsOf(sound.length);
    for (const length of [100, 512, 1000, 16_000, 50_001]) {
      assert.deepEqual(await segmentsOf(length), expected);
    }
  });

  it('rates each window once, and a shorter one at the end', async () => {
    const model = soundDetector();
    await segmentsOf(1000, model);
    assert.equal(model.lengths.length, Math.ceil(sound.length / vadWindowSamples));
    assert.ok(model.lengths.slice(0, -1).every((length) => length === vadWindowSamples));
    assert.equal(model.lengths.at(-1), sound.length % vadWindowSamples);
  });
});
