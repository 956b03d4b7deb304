import assert from 'node:assert/strict';
import type { JobEntry } from '../../../../src/core/jobs/jobEntry';
import type { JobList } from '../../../../src/host/jobs/jobList';
import { watchJobs } from '../../../../src/host/views/watchJobs';
import { anEntry } from '../../../support/jobEntries';
import { VirtualClock } from '../../../support/virtualClock';

/** Jobs that stand as a test says. */
class ToldJobs implements JobList {
  entries: readonly JobEntry[] = [];
  readonly listeners = new Set<() => void>();

  tell(...entries: readonly JobEntry[]): void {
    this.entries = entries;
    this.listeners.forEach((listener) => listener());
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  retry = (): Promise<void> => Promise.resolve();
  writeNoteAnyway = (): Promise<void> => Promise.resolve();
  cancelAll = (): Promise<void> => Promise.resolve();
  forget = (): Promise<void> => Promise.resolve();
}

const progress = { step: 'processing', sinceMs: 0, connected: true, done: null } as const;
const running = anEntry('submitted', {}, { progress });

describe('watchJobs', () => {
  const begin = () => {
    const jobs = new ToldJobs();
    const clock = new VirtualClock(0);
    const shown: string[] = [];
    const watch = watchJobs(jobs, clock, (groups, nowMs) => {
      const texts = groups.flatMap(({ rows }) => rows.map(({ description }) => description));
      shown.push(`${nowMs}: ${texts.join('; ')}`);
    });
    return { jobs, clock, shown, watch };
  };

  it('shows how it is now, and every change', async () => {
    const { jobs, clock, shown } = begin();
    jobs.tell(anEntry());
    await clock.advance(5000);
    assert.deepEqual(shown, ['0: ', '0: Waiting for its turn']);
    assert.equal(clock.sleepers, 0, 'there is nothing to wait for');
  });

  it('lets the time go on while a job runs, once a second however often it changes', async () => {
    const { jobs, clock, shown } = begin();
    jobs.tell(running);
    jobs.tell(running);
    await clock.advance(2000);
    jobs.tell(anEntry('done'));
    await clock.advance(5000);
    assert.deepEqual(shown.slice(3), [
      '1000: Processing for 0:01',
      '2000: Processing for 0:02',
      '2000: standup.transcript.md',
      '3000: standup.transcript.md',
    ]);
  });

  it('leaves nothing behind', async () => {
    const { jobs, clock, shown, watch } = begin();
    jobs.tell(running);
    watch.dispose();
    await clock.advance(5000);
    assert.equal(shown.length, 2);
    assert.deepEqual([jobs.listeners.size, clock.sleepers], [0, 0]);
  });
});
