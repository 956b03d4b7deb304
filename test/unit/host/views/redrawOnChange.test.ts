import assert from 'node:assert/strict';
import { redrawOnChange } from '../../../../src/host/views/redrawOnChange';
import { anEntry } from '../../../support/jobEntries';
import { ToldJobs } from '../../../support/toldJobs';
import { VirtualClock } from '../../../support/virtualClock';

const progress = { step: 'processing', sinceMs: 0, connected: true, done: null } as const;
const running = anEntry('submitted', {}, { progress });

describe('redrawOnChange', () => {
  const begin = () => {
    const jobs = new ToldJobs();
    const clock = new VirtualClock(0);
    const shown: string[] = [];
    const watch = redrawOnChange(jobs, clock, (groups, nowMs) => {
      const texts = groups.flatMap(({ rows }) => rows.map(({ description }) => description));
      shown.push(`${nowMs}: ${texts.join('; ')}`);
    });
    return { jobs, clock, shown, watch };
  };

  it('shows the jobs as they are now, and after every change', async () => {
    const { jobs, clock, shown } = begin();
    jobs.tell(anEntry());
    await clock.advance(5000);
    assert.deepEqual(shown, ['0: ', '0: Waiting for its turn']);
    assert.equal(clock.sleepers, 0, 'nothing runs, so it does not wait');
  });

  it('shows a running job once a second, however often it changes', async () => {
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

  it('listens and sleeps no more once it is disposed of', async () => {
    const { jobs, clock, shown, watch } = begin();
    jobs.tell(running);
    watch.dispose();
    await clock.advance(5000);
    assert.equal(shown.length, 2);
    assert.deepEqual([jobs.listeners.size, clock.sleepers], [0, 0]);
  });
});
