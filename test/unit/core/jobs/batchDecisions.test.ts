import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  durationsToTranscribe,
  groupByInstructions,
  isQuestionDue,
  progressTitle,
  splitRetries,
  statesAt,
  type Question,
} from '../../../../src/core/jobs/batchDecisions';
import { jobIdentity } from '../../../../src/core/jobs/job';
import { defaultInstructions } from '../../../../src/core/request/request';
import { aJob, anEntry, offline, phases, stages } from '../../../support/jobEntries';

const service = 'https://api.assemblyai.com';

describe('statesAt', () => {
  const detached = { halt: { reason: 'detached' } } as const;
  const failed = { halt: offline };
  const examples = [
    ['what waits here', anEntry('waiting'), 'atWork'],
    ['what another window submitted', anEntry('submitted', {}, { owner: 'elsewhere' }), 'atWork'],
    ['what was detached', anEntry('submitted', detached, { owner: 'none' }), 'submitted'],
    ['what has no note yet', anEntry('transcribed', failed, { owner: 'none' }), 'submitted'],
    ['what failed before it was submitted', anEntry('uploaded', failed, { owner: 'none' }), undefined],
    ['what waits without a window', anEntry('waiting', {}, { owner: 'none' }), undefined],
    ['what is done, since its note is gone', anEntry('done', {}, { owner: 'none' }), undefined],
    ['what runs at another service', anEntry('submitted', { service: 'https://other.test' }), undefined],
  ] as const;
  for (const [what, entry, state] of examples) {
    it(`says of ${what}: ${state ?? 'nothing'}`, () => {
      assert.equal(statesAt(service, [entry]).get(jobIdentity(aJob().recording, service)), state);
    });
  }
});

describe('isQuestionDue', () => {
  const anHour: Question = { durations: [3600], askWhen: 'ifLong', isPaid: true, askAboveMinutes: 30 };
  const examples: readonly (readonly [what: string, otherwise: Partial<Question>, isDue: boolean])[] = [
    ['long recordings', {}, true],
    ['short recordings', { durations: [60] }, false],
    ['a few recordings of unknown length', { durations: [null, null] }, false],
    ['many recordings of unknown length', { durations: Array<null>(6).fill(null) }, true],
    ['short recordings where the settings want a question', { durations: [60], askAboveMinutes: 0 }, true],
    ['long recordings that cost nothing', { isPaid: false }, false],
    ['recordings of which none must be transcribed', { durations: [], askAboveMinutes: 0 }, false],
    ['a folder', { askWhen: 'always', durations: [60] }, true],
    ['a folder, even where it costs nothing', { askWhen: 'always', isPaid: false }, true],
    ['a folder in which there is nothing to do', { askWhen: 'always', durations: [] }, true],
    ['long recordings that are tried again', { askWhen: 'never' }, false],
  ];
  for (const [what, otherwise, isDue] of examples) {
    it(`is ${String(isDue)} for ${what}`, () => {
      assert.equal(isQuestionDue({ ...anHour, ...otherwise }), isDue);
    });
  }
});

describe('durationsToTranscribe', () => {
  it('leaves out recordings that cost nothing', () => {
    const states = ['fresh', 'transcribed', 'submitted', 'fresh', 'atWork', 'hasNote'] as const;
    const recordings = states.map((state, index) => ({ state, durationSeconds: index === 3 ? null : index }));
    assert.deepEqual(durationsToTranscribe(recordings), [0, null]);
  });
});

describe('splitRetries', () => {
  it('resumes what is paid for, and restarts the rest', () => {
    const jobs = phases.map((phase) => aJob({ stage: stages[phase], halt: offline }));
    const { resumed, restarted } = splitRetries(jobs);
    assert.deepEqual(
      resumed.map(({ stage }) => stage.phase),
      ['submitting', 'submitted', 'transcribed', 'saved', 'done'],
    );
    assert.deepEqual(
      restarted.map(({ stage }) => stage.phase),
      ['waiting', 'uploading', 'uploaded'],
    );
  });
});

describe('groupByInstructions', () => {
  it('puts the same instructions together, and loses nothing', () => {
    const instructions = fc
      .tuple(fc.constantFrom('one', 'two'), fc.boolean())
      .map(([prompt, deleteAfterwards]) => ({ options: { prompt }, deleteAfterwards }));
    const item = fc.record({ instructions, file: fc.string() }, { noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const groups = groupByInstructions(items);
        const keys = groups.map((group) => JSON.stringify(group.instructions));
        assert.equal(new Set(keys).size, groups.length);
        for (const group of groups) {
          const alike = items.filter(
            (each) => JSON.stringify(each.instructions) === JSON.stringify(group.instructions),
          );
          assert.deepEqual(group.items, alike);
        }
        assert.equal(groups.flatMap((group) => group.items).length, items.length);
      }),
    );
  });

  it('keeps the order in which they came', () => {
    const other = { options: {}, deleteAfterwards: true };
    const items = [other, defaultInstructions, other].map((instructions) => ({ instructions }));
    assert.deepEqual(
      groupByInstructions(items).map((group) => group.instructions),
      [other, defaultInstructions],
    );
  });
});

describe('progressTitle', () => {
  it('names one recording, counts many, and says where they are transcribed', () => {
    const [one, other] = [{ name: 'a.mp3' }, { name: 'b.mp3' }];
    assert.equal(progressTitle([one]), 'Transcribing a.mp3');
    assert.equal(progressTitle([one, other]), 'Transcribing 2 recordings');
    assert.equal(progressTitle([one], true), 'Transcribing a.mp3 on this machine');
  });
});
