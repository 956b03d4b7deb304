import assert from 'node:assert/strict';
import { type InferenceSession, Tensor } from 'onnxruntime-web';
import { sampleRate } from '../../../../src/audio/sound/sound';
import { samplesPerFrame } from '../../../../src/local/speech/chunks/chunk';
import type { SpeechModels } from '../../../../src/local/speech/speechModels';
import type { RecognisedChunk } from '../../../../src/local/speech/tokens/moonshine';
import { Vocabulary } from '../../../../src/local/speech/tokens/vocabulary';
import { Transcription } from '../../../../src/local/speech/transcription';

const wordToken = 3;

/** A voice activity model that takes every sound for speech. */
const voiceActivity = {
  run: ({ input }: Record<string, Tensor>) => {
    const samples = (input?.data as Float32Array).subarray(-512);
    const probability = samples.some((sample) => sample !== 0) ? 1 : 0;
    return Promise.resolve({ output: new Tensor('float32', Float32Array.of(probability), [1, 1]) });
  },
} as unknown as InferenceSession;

/** Recognises five words in each chunk, but does not reach the end of chunks that are longer than 4 s. */
class FakeMoonshine {
  readonly chunkSeconds: number[] = [];

  recognise(samples: Float32Array): Promise<RecognisedChunk> {
    this.chunkSeconds.push(Math.round(samples.length / sampleRate));
    const frames = Math.floor(samples.length / samplesPerFrame);
    const count = 5;
    return Promise.resolve({
      tokens: Array<number>(count).fill(wordToken),
      probabilities: Array<number>(count).fill(0.9),
      attention: Array.from({ length: count + 1 }, (_, i) =>
        Float32Array.from({ length: frames }, (_, frame) =>
          frame === Math.floor((i * frames) / (count + 1)) ? 1 : 0,
        ),
      ),
      reachedEnd: samples.length <= 4 * sampleRate,
      frames,
      layers: [],
    });
  }
}

/** Two stretches of 3 s and 2 s of sound, with 1 s of silence before each of them. */
const sound = Float32Array.from({ length: 8 * sampleRate }, (_, i) => {
  const seconds = i / sampleRate;
  const isSounding = (seconds >= 1 && seconds < 4) || (seconds >= 5 && seconds < 7);
  return isSounding ? 0.1 * Math.sin(i / 5) : 0;
});

describe('Transcription', () => {
  const transcribe = async (samples: Float32Array) => {
    const moonshine = new FakeMoonshine();
    const models: SpeechModels = {
      voiceActivity,
      moonshine,
      vocabulary: new Vocabulary(['', '', '', '\u2581word']),
      projection: { dimensions: 1, features: 0, weights: new Float32Array(0), betweenSpeakers: [1] },
    };
    const transcription = new Transcription(models, {
      onProgress: () => undefined,
      isCancelled: () => false,
    });
    await transcription.add(samples);
    return { result: await transcription.finish(), chunkSeconds: moonshine.chunkSeconds };
  };

  it('recognises the halves of a chunk whose end the recogniser did not reach', async () => {
    const { result, chunkSeconds } = await transcribe(sound);
    assert.equal(chunkSeconds.length, 3);
    assert.ok(chunkSeconds[0]! > 4 && chunkSeconds[1]! <= 4 && chunkSeconds[2]! <= 4);
    const starts = result.words.map(({ startMs }) => startMs);
    assert.equal(starts.filter((ms) => ms < 4500).length, 5);
    assert.equal(starts.filter((ms) => ms > 4500).length, 5);
  });

  it('takes halves as a sign that the language is not English', async () => {
    const halves = (await transcribe(sound)).result.englishConfidence;
    const cut = 4.5 * sampleRate;
    const apart = new Float32Array(sound.length + 4 * sampleRate);
    apart.set(sound.subarray(0, cut));
    apart.set(sound.subarray(cut), cut + 4 * sampleRate);
    const { result, chunkSeconds } = await transcribe(apart);
    assert.equal(chunkSeconds.length, 2);
    assert.ok(halves !== undefined && result.englishConfidence !== undefined);
    assert.ok(halves < result.englishConfidence);
  });
});
