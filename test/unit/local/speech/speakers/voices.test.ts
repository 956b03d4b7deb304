import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SpeakerBounds } from '../../../../../src/local/speech/speech';
import { findVoices, logLikelihoods } from '../../../../../src/local/speech/speakers/voices';
import type { SpeakerWindow } from '../../../../../src/local/speech/speakers/windows';
import { betweenSpeakers, recordingOf, turnsOf, voiceOf } from './recordings';

const anyNumber: SpeakerBounds = { min: 1, max: 10 };

function count(windows: readonly SpeakerWindow[], bounds = anyNumber): number {
  return findVoices(windows, betweenSpeakers, bounds).length;
}

function voicesFrom(seed: number, number: number): number[][] {
  return Array.from({ length: number }, (_, i) => voiceOf(seed * 100 + i + 1));
}

describe('voices of a recording', () => {
  it('are counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 10_000 }), (number, seed) => {
        assert.equal(count(recordingOf(turnsOf(voicesFrom(seed, number), number * 5), seed)), number);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('are one, however long it speaks', () => {
    assert.equal(count(recordingOf(turnsOf(voicesFrom(1, 1), 150, 8), 1)), 1);
  });

  it('are as many in a long recording as in a short one', () => {
    assert.equal(count(recordingOf(turnsOf(voicesFrom(3, 3), 300, 6), 3)), 3);
  });

  it('are as many as are said, where that is known', () => {
    const two = recordingOf(turnsOf(voicesFrom(2, 2), 10), 2);
    for (const number of [1, 2, 3, 4]) assert.equal(count(two, { min: number, max: number }), number);
    assert.equal(count(two, { min: 20, max: 20 }), 20);
  });

  it('are within the bounds, and free in between', () => {
    const three = recordingOf(turnsOf(voicesFrom(4, 3), 15), 4);
    assert.equal(count(three, { min: 1, max: 2 }), 2);
    assert.equal(count(three, { min: 4, max: 8 }), 4);
    assert.equal(count(three, { min: 2, max: 8 }), 3);
  });

  it('are none without speech, and one in a single window', () => {
    assert.equal(count([]), 0);
    assert.equal(count(recordingOf([{ voice: voiceOf(1), seconds: 0.5 }], 1)), 1);
  });

  it('do not come from a cough', () => {
    const [speaker, cough] = [voiceOf(1), voiceOf(2)];
    const turns = [...turnsOf([speaker], 8), { voice: cough, seconds: 1 }, ...turnsOf([speaker], 4)];
    assert.equal(count(recordingOf(turns, 9)), 1);
  });

  it('lie where their windows lie, the most heard first', () => {
    const [often, seldom] = [voiceOf(1), voiceOf(2)];
    const turns = [
      { voice: seldom, seconds: 8 },
      { voice: often, seconds: 30 },
    ];
    const [first, second] = findVoices(recordingOf(turns, 3), betweenSpeakers, anyNumber);
    const [likeOften, likeSeldom] = logLikelihoods(Float32Array.from(often), [first!, second!]);
    assert.ok(likeOften! > -10 && likeSeldom! < -30);
  });
});
