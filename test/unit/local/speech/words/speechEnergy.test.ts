import assert from 'node:assert/strict';
import { sampleRate } from '../../../../../src/audio/sound/sound';
import { SpeechEnergy } from '../../../../../src/local/speech/words/speechEnergy';

/** A second of hiss, a second of tone, a second of hiss. */
const samples = Float32Array.from({ length: 3 * sampleRate }, (_, i) =>
  i >= sampleRate && i < 2 * sampleRate ? 0.3 * Math.sin(i / 5) : 0.001 * Math.sin(i * i),
);

describe('SpeechEnergy', () => {
  const energy = new SpeechEnergy(samples);

  it('trims pauses off both ends of a word', () => {
    assert.deepEqual(energy.trim({ start: 0.4, end: 2.7 }), { start: 1, end: 2 });
  });

  it('does not trim words that are surrounded by sound', () => {
    assert.deepEqual(energy.trim({ start: 1.2, end: 1.6 }), { start: 1.2, end: 1.6 });
  });

  it('keeps at least 80 ms of a word in a pause', () => {
    const { start, end } = energy.trim({ start: 0.1, end: 0.9 });
    assert.ok(Math.abs(end - start - 0.08) < 1e-9);
  });

  it('keeps words within the chunk', () => {
    assert.equal(energy.trim({ start: 1.5, end: 9 }).end, 2);
  });
});
