import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Halt } from '../../../../src/core/jobs/job';
import { actionsFor, stateOf, type JobEntry } from '../../../../src/core/jobs/jobEntry';
import { countJobs, groupJobs, groupNames } from '../../../../src/core/jobs/jobGroups';
import type { JobProgress } from '../../../../src/core/jobs/progress';
import { anEntry, offline, phases } from '../../../support/jobEntries';

const detached: Halt = { reason: 'detached' };
const interrupted: Halt = { reason: 'failed', failure: { kind: 'interrupted', message: 'VS Code ended' } };
const uploading: JobProgress = {
  step: 'uploading',
  sentBytes: 12_000_000,
  totalBytes: 35_200_000,
  savedBytes: 0,
};

/** Ids by group. */
function shown(entries: readonly JobEntry[]): [string, string[]][] {
  return groupJobs(entries, 100_000).map(({ name, rows }) => [name, rows.map(({ id }) => id)]);
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constant('[free](command:workbench.action.quit) $(zap)\n\u202egnp.exe'),
);

const anyEntry: fc.Arbitrary<JobEntry> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    phase: fc.constantFrom(...phases),
    halt: fc.constantFrom(null, null, detached, interrupted, offline),
    progress: fc.constantFrom(undefined, uploading, { step: 'saving' } as const),
    owner: fc.constantFrom('here', 'elsewhere', 'none'),
    chosenMs: fc.nat(1_000_000),
    changedMs: fc.nat(1_000_000),
    name: hostile,
    service: fc.constantFrom('https://api.assemblyai.com', 'steno:local', 'http://[a](b)'),
  })
  .map(({ id, phase, halt, progress, owner, chosenMs, changedMs, name, service }) => {
    const recording = { path: `/talks/${name}`, name, sizeBytes: 5, modifiedMs: 5 };
    return anEntry(phase, { id, halt, chosenMs, changedMs, recording, service }, { progress, owner });
  });

describe('groupJobs', () => {
  it('puts each job into its group, and shows no empty group', () => {
    assert.deepEqual(shown([]), []);
    const entries = [
      anEntry('done', { id: 'done' }, { owner: 'none' }),
      anEntry('submitted', { id: 'failed', halt: offline }),
      anEntry('waiting', { id: 'waiting' }),
      anEntry('submitted', { id: 'running' }, { progress: { step: 'checking' } }),
      anEntry('submitted', { id: 'elsewhere' }, { owner: 'elsewhere' }),
    ];
    assert.deepEqual(shown(entries), [
      ['Running', ['running', 'elsewhere']],
      ['Waiting', ['waiting']],
      ['Failed', ['failed']],
      ['Done', ['done']],
    ]);
    assert.deepEqual(countJobs(groupJobs(entries, 0)), { Running: 2, Waiting: 1, Failed: 1, Done: 1 });
  });

  it('shows the job first that was chosen first, and of ended jobs the latest', () => {
    const at = (id: string, chosenMs: number, changedMs: number) => ({ id, chosenMs, changedMs });
    assert.deepEqual(shown([anEntry('waiting', at('b', 20, 5)), anEntry('waiting', at('a', 10, 9))]), [
      ['Waiting', ['a', 'b']],
    ]);
    assert.deepEqual(shown([anEntry('done', at('old', 20, 30)), anEntry('done', at('new', 10, 40))]), [
      ['Done', ['new', 'old']],
    ]);
  });

  it('shows jobs that wait for their user after jobs that wait for their turn', () => {
    const entries = [
      anEntry('submitted', { id: 'detached', halt: detached, chosenMs: 1 }),
      anEntry('uploading', { id: 'interrupted', halt: interrupted, chosenMs: 2 }),
      anEntry('waiting', { id: 'waiting', chosenMs: 3 }),
    ];
    assert.deepEqual(shown(entries), [['Waiting', ['waiting', 'interrupted', 'detached']]]);
  });

  it('shows every job once, in the order of the groups', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyEntry, { selector: ({ job }) => job.id }), (entries) => {
        const groups = groupJobs(entries, 500_000);
        const ids = groups.flatMap(({ rows }) => rows.map(({ id }) => id));
        assert.deepEqual([...ids].sort(), [...new Set(entries.map(({ job }) => job.id))].sort());
        assert.ok(groups.every(({ rows }) => rows.length > 0));
        const order = groups.map(({ name }) => groupNames.indexOf(name));
        assert.deepEqual(
          order,
          [...order].sort((one, other) => one - other),
        );
      }),
    );
  });

  it('writes plain text that is safe wherever it is shown, and never empty', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const [row] = groupJobs([entry], 500_000).flatMap(({ rows }) => rows);
        assert.ok(row !== undefined && row.description !== '');
        for (const text of [row.label, row.description, ...row.tooltip.split('\n')]) {
          assert.doesNotMatch(text, /\]\(|[\p{Cc}\p{Cf}]|undefined|NaN/u);
        }
      }),
    );
  });
});

describe('actionsFor', () => {
  it('never offers what only another window can do, and always a way on', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const actions = actionsFor(entry);
        const state = stateOf(entry);
        assert.ok(actions.includes('reveal'));
        assert.equal(actions.includes('open'), state === 'done');
        assert.ok(!actions.includes('cancel') || entry.owner === 'here');
        const isOver = state !== 'running' && state !== 'waiting';
        assert.ok(!isOver || actions.includes('forget'));
        const goesOn = ['retry', 'continue', 'collect'].filter((action) =>
          (actions as readonly string[]).includes(action),
        );
        const waitsForUser = ['failed', 'interrupted', 'detached'].includes(state);
        assert.equal(goesOn.length, waitsForUser || (!isOver && entry.owner === 'none') ? 1 : 0);
      }),
    );
  });

  it('depends on the state of the job', () => {
    assert.deepEqual(actionsFor(anEntry('submitted', { halt: detached })), ['collect', 'reveal', 'forget']);
    assert.deepEqual(actionsFor(anEntry('uploading', { halt: interrupted })), [
      'continue',
      'reveal',
      'forget',
    ]);
    assert.deepEqual(actionsFor(anEntry('saved', { halt: offline })), [
      'explain',
      'retry',
      'reveal',
      'forget',
    ]);
  });
});
