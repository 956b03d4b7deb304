import assert from 'node:assert/strict';
import { sampleRate } from '../../../../../src/audio/sound/sound';
import { samplesPerFrame } from '../../../../../src/local/speech/chunks/chunk';
import type { RecognisedChunk } from '../../../../../src/local/speech/tokens/moonshine';
import { Vocabulary } from '../../../../../src/local/speech/tokens/vocabulary';
import { wordsOfChunk } from '../../../../../src/local/speech/words/wordsOfChunk';

const vocabulary = new Vocabulary(['', '', '', '\u2581Hel', 'lo', '\u2581you', '.']);
const frames = 100;

/** Tokens with all attention on one frame each. An additional frame at the end is that of the end token. */
function recognised(tokens: number[], attendedFrames: number[]): RecognisedChunk {
  return {
    tokens,
    probabilities: tokens.map((_, i) => 0.9 - i / 10),
    attention: attendedFrames.map((frame) =>
      Float32Array.from({ length: frames }, (_, i) => (i === frame ? 1 : 0)),
    ),
    frames,
    layers: [],
    reachedEnd: attendedFrames.length > tokens.length,
  };
}

/** Equally loud everywhere, so that nothing counts as a pause. */
const tone = (length: number) => Float32Array.from({ length }, (_, i) => (i % 2 === 0 ? 0.3 : -0.3));
const part = (start: number, offset: number, length: number) => ({ start, offset, samples: tone(length) });

describe('wordsOfChunk', () => {
  const whole = { parts: [part(5 * sampleRate, 0, frames * samplesPerFrame)] };
  const samples = tone(frames * samplesPerFrame);

  it('joins tokens into words with the confidence of their least certain token', () => {
    const words = wordsOfChunk(whole, samples, recognised([3, 4, 5, 6], [10, 20, 40, 50, 90]), vocabulary);
    assert.deepEqual(
      words.map(({ text }) => text),
      ['Hello', 'you.'],
    );
    assert.deepEqual(
      words.map(({ confidence }) => Math.round(confidence * 10)),
      [8, 6],
    );
  });

  it('converts times to times of the sound, slightly after the attention', () => {
    const [hello, you] = wordsOfChunk(
      whole,
      samples,
      recognised([3, 4, 5, 6], [10, 20, 40, 50, 90]),
      vocabulary,
    );
    const near = (actual: number, frame: number) => Math.abs(actual - (5000 + frame * 24 + 50)) <= 24 + 10;
    assert.ok(you && near(you.startMs, 40) && near(you.endMs, 90));
    assert.ok(hello && near(hello.endMs, 40) && hello.endMs <= you.startMs);
  });

  it('ends the last word with the chunk if there is no end token', () => {
    const words = wordsOfChunk(whole, samples, recognised([3, 4], [10, 20]), vocabulary);
    assert.equal(words[0]?.endMs, 5000 + 2400);
  });

  it('keeps words within the part at their middle', () => {
    const parts = [
      part(0, 0, 40 * samplesPerFrame),
      part(60 * sampleRate, 50 * samplesPerFrame, 50 * samplesPerFrame),
    ];
    const words = wordsOfChunk({ parts }, samples, recognised([3, 5], [10, 60, 90]), vocabulary);
    assert.ok(words[0] && words[0].endMs <= 960);
    assert.ok(words[1] && words[1].startMs >= 60_000);
  });

  it('returns words without overlaps', () => {
    const words = wordsOfChunk(
      whole,
      samples,
      recognised([5, 5, 5, 5, 5], [30, 30, 30, 30, 30, 30]),
      vocabulary,
    );
    words.forEach((word, i) => {
      assert.ok(word.startMs >= (words[i - 1]?.endMs ?? 0) && word.endMs > word.startMs);
    });
  });

  it('starts after the last word of the chunk before', () => {
    const before = { text: 'So', startMs: 5000, endMs: 5400, confidence: 1 };
    const [hello] = wordsOfChunk(whole, samples, recognised([3, 4], [5, 10, 90]), vocabulary, before);
    assert.equal(hello?.startMs, 5400);
  });

  it('returns no words without tokens', () => {
    assert.deepEqual(wordsOfChunk(whole, samples, recognised([], [50]), vocabulary), []);
  });
});
