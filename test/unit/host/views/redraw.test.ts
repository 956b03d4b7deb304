import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JobEntry } from '../../../../src/core/jobs/jobEntry';
import { groupJobs } from '../../../../src/core/jobs/jobGroups';
import { DrawnJobs, type Redraw } from '../../../../src/host/views/redraw';
import { anEntry, offline } from '../../../support/jobEntries';

function running(id: string, sentBytes: number): JobEntry {
  const progress = { step: 'uploading', sentBytes, totalBytes: 1000, savedBytes: 0 } as const;
  return anEntry('uploading', { id }, { progress });
}

/** What has to be redrawn for each of these states in turn. */
function drawn(...states: readonly (readonly [atMs: number, entries: readonly JobEntry[]])[]): Redraw[] {
  const tree = new DrawnJobs();
  return states.map(([atMs, entries]) => tree.next(groupJobs(entries, 0), atMs));
}

describe('DrawnJobs', () => {
  it('draws nothing when there are no jobs', () => {
    assert.deepEqual(drawn([0, []]), [[]]);
  });

  it('redraws everything at once when jobs are added, removed or change their group', () => {
    const one = running('1', 10);
    const two = running('2', 10);
    const failed = anEntry('uploading', { id: '2', halt: offline });
    assert.deepEqual(drawn([0, [one]], [1, [one, two]], [2, [one, failed]], [3, [one]], [4, []]), [
      'all',
      'all',
      'all',
      'all',
      'all',
    ]);
  });

  it('redraws only what changed, and progress at most once a second', () => {
    const two = running('2', 10);
    assert.deepEqual(
      drawn(
        [0, [running('1', 10), two]],
        [250, [running('1', 20), two]],
        [999, [running('1', 30), two]],
        [1000, [running('1', 30), two]],
        [2000, [running('1', 30), two]],
        [2250, [running('1', 40), two]],
      ),
      ['all', [], [], ['1'], [], ['1']],
    );
  });

  it('redraws a job that does not run at once, since there may be no later change', () => {
    const waiting = anEntry('waiting', { id: '1' });
    const elsewhere = anEntry('waiting', { id: '1' }, { owner: 'elsewhere' });
    assert.deepEqual(drawn([0, [waiting]], [1, [elsewhere]]), ['all', ['1']]);
  });

  it('goes on after the clock was set back', () => {
    const redraws = drawn([1e9, [running('1', 10)]], [0, [running('1', 20)]]);
    assert.deepEqual(redraws, ['all', ['1']]);
  });

  it('is up to date after a second', () => {
    const state = fc.uniqueArray(fc.record({ id: fc.constantFrom('1', '2', '3'), sent: fc.nat(1000) }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2000 }), state)), state, (before, last) => {
        const tree = new DrawnJobs();
        const seen = new Map<string, string>();
        let now = 0;
        const show = (at: number, rows: typeof last): void => {
          const groups = groupJobs(
            rows.map(({ id, sent }) => running(id, sent)),
            0,
          );
          const all = groups.flatMap((group) => group.rows);
          const redraw = tree.next(groups, at);
          for (const row of all.filter(({ id }) => redraw === 'all' || redraw.includes(id))) {
            seen.set(row.id, row.description);
          }
          if (at === now + 1000) {
            assert.ok(all.every(({ id, description }) => seen.get(id) === description));
          }
        };
        for (const [passed, rows] of before) {
          now += passed;
          show(now, rows);
        }
        show(now + 1000, last);
      }),
    );
  });
});
