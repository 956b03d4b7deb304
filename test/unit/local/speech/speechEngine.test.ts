import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sampleRate } from '../../../../src/audio/sound/sound';
import type { RecognisedChannel } from '../../../../src/local/recognition/recognisedSpeech';
import { Cancelled } from '../../../../src/local/recognition/recogniser';
import { SpeechEngine } from '../../../../src/local/speech/speechEngine';
import type { TranscriptionOptions } from '../../../../src/local/speech/transcription';
import { decodedSamples } from '../../../support/decodedSamples';
import { fixturePath } from '../../../support/fixtures';
import { projectPath } from '../../../support/projectPath';
import { seededRandom } from '../../../support/seededRandom';
import { countWordErrors, normalisedWords, pairWords, wordErrorRate } from '../../../support/wordErrors';

/** What is said in the dialogue; times in seconds. */
interface Reference {
  readonly duration: number;
  readonly utterances: readonly {
    readonly text: string;
    readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  }[];
}

async function* blocksOf(samples: Float32Array, length = 10 * sampleRate) {
  for (let at = 0; at < samples.length; at += length) {
    yield samples.subarray(at, at + length);
    await Promise.resolve();
  }
}

const sound = (seconds: number, sample: (time: number) => number) =>
  Float32Array.from({ length: seconds * sampleRate }, (_, i) => sample(i / sampleRate));

const sine = (frequency: number, time: number) => Math.sin(2 * Math.PI * frequency * time);

/** A scale of notes with overtones. Each note fades away. */
const tune = (time: number) => {
  const note = 220 * 2 ** ([0, 2, 4, 5, 7, 9, 11, 12][Math.floor(time * 3) % 8]! / 12);
  const fading = Math.exp(-3 * ((time * 3) % 1));
  return fading * (0.3 * sine(note, time) + 0.15 * sine(2 * note, time) + 0.1 * sine(3 * note, time));
};

const random = seededRandom(1);

const defaults: TranscriptionOptions = { onProgress: () => undefined, isCancelled: () => false };

describe('SpeechEngine', function () {
  this.timeout(60_000);
  let engine: SpeechEngine;
  before(async () => {
    engine = await SpeechEngine.load(projectPath('dist', 'local'));
  });

  const noSpeech: readonly (readonly [string, (time: number) => number])[] = [
    ['silence', () => 0],
    ['white noise', () => 0.2 * random() - 0.1],
    ['mains hum', (time) => 0.3 * sine(50, time) + 0.1 * sine(150, time)],
    ['a tune', tune],
  ];
  for (const [name, sample] of noSpeech) {
    it(`recognises no words in ${name}`, async () => {
      const result = await engine.transcribe(blocksOf(sound(12, sample)), {
        ...defaults,
        speakers: { min: 1, max: 10 },
      });
      assert.deepEqual(result.words, []);
      assert.deepEqual(result.utterances, []);
      assert.equal(result.durationMs, 12_000);
      assert.equal(result.englishConfidence, undefined);
    });
  }

  it('returns no words for an empty sound', async () => {
    const result = await engine.transcribe(blocksOf(new Float32Array(0)), defaults);
    assert.deepEqual([result.words, result.durationMs, result.utterances], [[], 0, undefined]);
  });

  describe('on a dialogue of three voices', () => {
    const reference = JSON.parse(readFileSync(fixturePath('dialogue', 'dialogue.json'), 'utf8')) as Reference;
    const progress: number[] = [];
    let samples: Float32Array;
    let result: RecognisedChannel;

    before(async () => {
      samples = await decodedSamples(fixturePath('dialogue', 'dialogue.mp3'));
      result = await engine.transcribe(blocksOf(samples), {
        ...defaults,
        speakers: { min: 1, max: 10 },
        onProgress: (doneMs) => progress.push(doneMs),
      });
    });

    it('gets at most 10 % of the words wrong', () => {
      const said = reference.utterances.map(({ text }) => text).join(' ');
      const errors = countWordErrors(said, result.words.map(({ text }) => text).join(' '));
      assert.ok(wordErrorRate(errors) <= 0.1, JSON.stringify(errors));
    });

    it('knows when each word begins and ends', () => {
      const said = reference.utterances.flatMap(({ words }) => words);
      const heard = result.words;
      const spelling = (words: readonly { text: string }[]) =>
        words.map(({ text }) => normalisedWords(text).join('').replaceAll("'", ''));
      const errors = pairWords(spelling(said), spelling(heard)).flatMap((pair) => {
        const [a, b] = [said[pair.said ?? -1], heard[pair.heard ?? -1]];
        return a && b ? [Math.abs(b.startMs - a.start * 1000), Math.abs(b.endMs - a.end * 1000)] : [];
      });
      errors.sort((a, b) => a - b);
      assert.ok(errors.length > 2 * 0.9 * said.length);
      assert.ok(errors[Math.floor(errors.length * 0.5)]! <= 80);
      assert.ok(errors[Math.floor(errors.length * 0.9)]! <= 200);
    });

    it('returns words without overlaps, within the sound, with confidences', () => {
      let end = 0;
      for (const word of result.words) {
        assert.ok(word.startMs >= end && word.endMs > word.startMs, JSON.stringify(word));
        assert.ok(word.confidence > 0 && word.confidence <= 1);
        end = word.endMs;
      }
      assert.ok(end <= result.durationMs);
      assert.equal(result.durationMs, Math.round((samples.length * 1000) / sampleRate));
    });

    it('tells three speakers apart', () => {
      assert.equal(new Set(result.words.map(({ speaker }) => speaker)).size, 3);
      assert.deepEqual(
        result.utterances?.flatMap(({ words }) => words),
        result.words,
      );
    });

    it('is confident that the language is English', () => {
      assert.ok(result.englishConfidence !== undefined && result.englishConfidence > 0.9);
    });

    it('reports progress that never goes back', () => {
      assert.ok(new Set(progress).size >= 4);
      assert.deepEqual(
        progress,
        progress.toSorted((a, b) => a - b),
      );
      assert.equal(progress.at(-1), result.durationMs);
    });

    it('recognises the same words in blocks of any length, and no speakers unless asked for them', async () => {
      const beginning = samples.subarray(0, 8 * sampleRate);
      const again = await engine.transcribe(blocksOf(beginning, 7001), defaults);
      const before = await engine.transcribe(blocksOf(beginning), defaults);
      assert.deepEqual(again, before);
      assert.ok(again.words.length > 10 && again.words.every(({ speaker }) => speaker === undefined));
      assert.equal(again.utterances, undefined);
    });

    it('stops in the middle of speech when cancelled', async () => {
      let done = 0;
      const cancelled = engine.transcribe(blocksOf(samples), {
        onProgress: (doneMs) => {
          done = doneMs;
        },
        isCancelled: () => done > 5000,
      });
      await assert.rejects(cancelled, Cancelled);
      assert.ok(done < result.durationMs);
    });

    it('stops in the middle of silence when cancelled', async () => {
      const cancelled = engine.transcribe(blocksOf(new Float32Array(20 * sampleRate)), {
        ...defaults,
        isCancelled: () => true,
      });
      await assert.rejects(cancelled, Cancelled);
    });

    it('passes on errors of reading the sound', async () => {
      async function* broken() {
        yield* blocksOf(samples.subarray(0, 5 * sampleRate));
        throw new RangeError('The file is damaged.');
      }
      await assert.rejects(engine.transcribe(broken(), defaults), RangeError);
    });
  });
});
