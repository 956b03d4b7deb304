import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SpeakerCountRange } from '../../../../../src/local/recognition/recogniser';
import { findVoices, logLikelihoods } from '../../../../../src/local/speech/speakers/voices';
import type { VoiceWindow } from '../../../../../src/local/speech/speakers/voiceWindows';
import { betweenSpeakers, recordingOf, turnsOf, voiceOf } from './syntheticRecordings';

const anyNumber: SpeakerCountRange = { min: 1, max: 10 };

function count(windows: readonly VoiceWindow[], range = anyNumber): number {
  return findVoices(windows, betweenSpeakers, range).length;
}

function voicesFrom(seed: number, number: number): number[][] {
  return Array.from({ length: number }, (_, i) => voiceOf(seed * 100 + i + 1));
}

describe('The voices of a recording', () => {
  it('are counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 10_000 }), (number, seed) => {
        assert.equal(count(recordingOf(turnsOf(voicesFrom(seed, number), number * 5), seed)), number);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('are one if there is one, however long it speaks', () => {
    assert.equal(count(recordingOf(turnsOf(voicesFrom(1, 1), 150, 8), 1)), 1);
  });

  it('are as many in a long recording as in a short one', () => {
    assert.equal(count(recordingOf(turnsOf(voicesFrom(3, 3), 300, 6), 3)), 3);
  });

  it('are as many as the range says, if it allows only one number', () => {
    const two = recordingOf(turnsOf(voicesFrom(2, 2), 10), 2);
    for (const number of [1, 2, 3, 4]) {
      assert.equal(count(two, { min: number, max: number }), number);
    }
    assert.equal(count(two, { min: 20, max: 20 }), 20);
  });

  it('are as many as there are, within the range', () => {
    const three = recordingOf(turnsOf(voicesFrom(4, 3), 15), 4);
    assert.equal(count(three, { min: 1, max: 2 }), 2);
    assert.equal(count(three, { min: 4, max: 8 }), 4);
    assert.equal(count(three, { min: 2, max: 8 }), 3);
  });

  it('are none without speech, and one in a single window', () => {
    assert.equal(count([]), 0);
    assert.equal(count(recordingOf([{ voice: voiceOf(1), seconds: 0.5 }], 1)), 1);
  });

  it('do not include a cough', () => {
    const [speaker, cough] = [voiceOf(1), voiceOf(2)];
    const turns = [...turnsOf([speaker], 8), { voice: cough, seconds: 1 }, ...turnsOf([speaker], 4)];
    assert.equal(count(recordingOf(turns, 9)), 1);
  });

  it('do not include a few seconds in another mood, but do if these are longer', () => {
    const usual = voiceOf(1);
    const excited = usual.map((value) => value + 1.9);
    const saying = (seconds: number): VoiceWindow[] => [
      ...recordingOf([...turnsOf([usual], 6, 6), { voice: excited, seconds }, ...turnsOf([usual], 6, 6)], 5),
    ];
    assert.equal(count(saying(4)), 1);
    assert.equal(count(saying(30)), 2);
  });

  it('do not include a noise that is short compared with the recording', () => {
    const noise = voiceOf(2).map((value) => value * 5);
    const talk = turnsOf([voiceOf(1)], 50, 6);
    const turns = [...talk, { voice: noise, seconds: 14 }, ...talk];
    assert.equal(count(recordingOf(turns, 9)), 1);
    assert.equal(count(recordingOf(turns.slice(30, -30), 9)), 2);
  });

  it('do not include a cough if their number is known', () => {
    const [first, second, cough] = [
      voiceOf(1),
      voiceOf(2).map((value) => value / 2),
      voiceOf(3).map((value) => value * 3),
    ];
    const turns = [
      ...turnsOf([first, second], 6),
      { voice: cough, seconds: 1.2 },
      ...turnsOf([first, second], 6),
    ];
    const voices = findVoices(recordingOf(turns, 9), betweenSpeakers, { min: 2, max: 2 });
    for (const voice of [first, second]) {
      assert.ok(Math.max(...logLikelihoods(Float32Array.from(voice), voices)) > -10);
    }
  });

  it('lie close to their windows', () => {
    const two = [voiceOf(1), voiceOf(2)];
    const found = findVoices(recordingOf(turnsOf(two, 8), 3), betweenSpeakers, anyNumber);
    for (const voice of two) {
      const [least, most] = [...logLikelihoods(Float32Array.from(voice), found)].sort((a, b) => a - b);
      assert.ok(most! > -10 && least! < -30);
    }
  });
});
