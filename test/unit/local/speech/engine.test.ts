import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openSound } from '../../../../src/audio/openSound';
import { sampleRate } from '../../../../src/audio/sound/sound';
import { SpeechEngine } from '../../../../src/local/speech/engine';
import { Cancelled, type Speech, type SpeechOptions } from '../../../../src/local/speech/heard/speech';
import { fixturePath } from '../../../support/fixtures';
import { projectPath } from '../../../support/projectPath';
import { seededRandom } from '../../../support/seededRandom';
import { countWordErrors, normalisedWords, pairWords, wordErrorRate } from '../../../support/wordErrors';

interface Truth {
  readonly duration: number;
  readonly utterances: readonly {
    readonly text: string;
    readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  }[];
}

async function dialogueSamples(): Promise<Float32Array> {
  const sound = await openSound(fixturePath('dialogue', 'dialogue.mp3'));
  const blocks: Float32Array[] = [];
  for await (const block of sound.samples('mix')) {
    blocks.push(block);
  }
  await sound.close();
  const samples = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    samples.set(block, at);
    at += block.length;
  }
  return samples;
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

/** A scale with overtones, each note fading away. */
const tune = (time: number) => {
  const note = 220 * 2 ** ([0, 2, 4, 5, 7, 9, 11, 12][Math.floor(time * 3) % 8]! / 12);
  const fading = Math.exp(-3 * ((time * 3) % 1));
  return fading * (0.3 * sine(note, time) + 0.15 * sine(2 * note, time) + 0.1 * sine(3 * note, time));
};

const random = seededRandom(1);

const hearing: SpeechOptions = { onProgress: () => undefined, isCancelled: () => false };

describe('the speech engine', function () {
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
    it(`hears no words in ${name}`, async () => {
      const speech = await engine.transcribe(blocksOf(sound(12, sample)), {
        ...hearing,
        speakers: { min: 1, max: 10 },
      });
      assert.deepEqual(speech.words, []);
      assert.deepEqual(speech.utterances, []);
      assert.equal(speech.durationMs, 12_000);
      assert.equal(speech.englishConfidence, undefined);
    });
  }

  it('makes an empty transcript of an empty sound', async () => {
    const speech = await engine.transcribe(blocksOf(new Float32Array(0)), hearing);
    assert.deepEqual([speech.words, speech.durationMs, speech.utterances], [[], 0, undefined]);
  });

  describe('on a dialogue of three voices', () => {
    const truth = JSON.parse(readFileSync(fixturePath('dialogue', 'dialogue.json'), 'utf8')) as Truth;
    const progress: number[] = [];
    let samples: Float32Array;
    let speech: Speech;

    before(async () => {
      samples = await dialogueSamples();
      speech = await engine.transcribe(blocksOf(samples), {
        ...hearing,
        speakers: { min: 1, max: 10 },
        onProgress: (doneMs) => progress.push(doneMs),
      });
    });

    it('gets at most a tenth of the words wrong', () => {
      const said = truth.utterances.map(({ text }) => text).join(' ');
      const errors = countWordErrors(said, speech.words.map(({ text }) => text).join(' '));
      assert.ok(wordErrorRate(errors) <= 0.1, JSON.stringify(errors));
    });

    it('knows when each word begins and ends', () => {
      const said = truth.utterances.flatMap(({ words }) => words);
      const heard = speech.words;
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

    it('gives words one after the other, inside of the sound, with confidences', () => {
      let end = 0;
      for (const word of speech.words) {
        assert.ok(word.startMs >= end && word.endMs > word.startMs, JSON.stringify(word));
        assert.ok(word.confidence > 0 && word.confidence <= 1);
        end = word.endMs;
      }
      assert.ok(end <= speech.durationMs);
      assert.equal(speech.durationMs, Math.round((samples.length * 1000) / sampleRate));
    });

    it('tells three speakers apart', () => {
      assert.equal(new Set(speech.words.map(({ speaker }) => speaker)).size, 3);
      assert.deepEqual(
        speech.utterances?.flatMap(({ words }) => words),
        speech.words,
      );
    });

    it('is sure that it is English', () => {
      assert.ok(speech.englishConfidence !== undefined && speech.englishConfidence > 0.9);
    });

    it('goes on and never back in its progress', () => {
      assert.ok(new Set(progress).size >= 4);
      assert.deepEqual(
        progress,
        progress.toSorted((a, b) => a - b),
      );
      assert.equal(progress.at(-1), speech.durationMs);
    });

    it('hears the same words again in blocks of another length, and no speakers when it is not asked for them', async () => {
      const beginning = samples.subarray(0, 8 * sampleRate);
      const again = await engine.transcribe(blocksOf(beginning, 7001), hearing);
      const before = await engine.transcribe(blocksOf(beginning), hearing);
      assert.deepEqual(again, before);
      assert.ok(again.words.length > 10 && again.words.every(({ speaker }) => speaker === undefined));
      assert.equal(again.utterances, undefined);
    });

    it('stops in the middle when cancelled', async () => {
      let done = 0;
      const cancelled = engine.transcribe(blocksOf(samples), {
        onProgress: (doneMs) => {
          done = doneMs;
        },
        isCancelled: () => done > 5000,
      });
      await assert.rejects(cancelled, Cancelled);
      assert.ok(done < speech.durationMs);
    });

    it('stops while it waits for speech', async () => {
      const listening = engine.transcribe(blocksOf(new Float32Array(20 * sampleRate)), {
        ...hearing,
        isCancelled: () => true,
      });
      await assert.rejects(listening, Cancelled);
    });

    it('passes on what goes wrong with the sound', async () => {
      async function* broken() {
        yield* blocksOf(samples.subarray(0, 5 * sampleRate));
        throw new RangeError('The file is damaged.');
      }
      await assert.rejects(engine.transcribe(broken(), hearing), RangeError);
    });
  });
});
