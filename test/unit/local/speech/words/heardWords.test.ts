import assert from 'node:assert/strict';
import { sampleRate } from '../../../../../src/audio/sound/sound';
import { samplesPerFrame } from '../../../../../src/local/speech/chunks/packing';
import type { Recognised } from '../../../../../src/local/speech/recognition/recogniser';
import { Vocabulary } from '../../../../../src/local/speech/recognition/vocabulary';
import { heardWords } from '../../../../../src/local/speech/words/heardWords';

const vocabulary = new Vocabulary(['', '', '', '\u2581Hel', 'lo', '\u2581you', '.']);
const frames = 100;

/** Tokens that each look at one frame; the last look is that of the end. */
function recognised(tokens: number[], looksAt: number[]): Recognised {
  return {
    tokens,
    probabilities: tokens.map((_, i) => 0.9 - i / 10),
    attention: looksAt.map((frame) => Float32Array.from({ length: frames }, (_, i) => (i === frame ? 1 : 0))),
    frames,
    layers: [],
    ended: looksAt.length > tokens.length,
  };
}

/** As loud everywhere, so that nothing of it counts as a pause. */
const tone = (length: number) => Float32Array.from({ length }, (_, i) => (i % 2 === 0 ? 0.3 : -0.3));
const part = (start: number, at: number, length: number) => ({ start, at, samples: tone(length) });

describe('the words of a chunk', () => {
  const whole = { parts: [part(5 * sampleRate, 0, frames * samplesPerFrame)] };
  const samples = tone(frames * samplesPerFrame);

  it('are made of tokens, with the confidence of their least sure one', () => {
    const words = heardWords(whole, samples, recognised([3, 4, 5, 6], [10, 20, 40, 50, 90]), vocabulary);
    assert.deepEqual(
      words.map(({ text }) => text),
      ['Hello', 'you.'],
    );
    assert.deepEqual(
      words.map(({ confidence }) => Math.round(confidence * 10)),
      [8, 6],
    );
  });

  it('have the times of the sound, some time after the attention', () => {
    const [hello, you] = heardWords(
      whole,
      samples,
      recognised([3, 4, 5, 6], [10, 20, 40, 50, 90]),
      vocabulary,
    );
    const near = (actual: number, frame: number) => Math.abs(actual - (5000 + frame * 24 + 50)) <= 24 + 10;
    assert.ok(you && near(you.startMs, 40) && near(you.endMs, 90));
    assert.ok(hello && near(hello.endMs, 40) && hello.endMs <= you.startMs);
  });

  it('end with the chunk when the decoder did not', () => {
    const words = heardWords(whole, samples, recognised([3, 4], [10, 20]), vocabulary);
    assert.equal(words[0]?.endMs, 5000 + 2400);
  });

  it('belong to the part where their middle is', () => {
    const parts = [
      part(0, 0, 40 * samplesPerFrame),
      part(60 * sampleRate, 50 * samplesPerFrame, 50 * samplesPerFrame),
    ];
    const words = heardWords({ parts }, samples, recognised([3, 5], [10, 60, 90]), vocabulary);
    assert.ok(words[0] && words[0].endMs <= 960);
    assert.ok(words[1] && words[1].startMs >= 60_000);
  });

  it('follow one after the other', () => {
    const words = heardWords(
      whole,
      samples,
      recognised([5, 5, 5, 5, 5], [30, 30, 30, 30, 30, 30]),
      vocabulary,
    );
    words.forEach((word, i) => {
      assert.ok(word.startMs >= (words[i - 1]?.endMs ?? 0) && word.endMs > word.startMs);
    });
  });

  it('follow the last word of the chunk before', () => {
    const before = { text: 'So', startMs: 5000, endMs: 5400, confidence: 1 };
    const [hello] = heardWords(whole, samples, recognised([3, 4], [5, 10, 90]), vocabulary, before);
    assert.equal(hello?.startMs, 5400);
  });

  it('are none when nothing was recognised', () => {
    assert.deepEqual(heardWords(whole, samples, recognised([], [50]), vocabulary), []);
  });
});
