import assert from 'node:assert/strict';
import { showStatusItem } from '../../../../src/host/views/statusItem';
import { DisposableCounter } from '../../../support/disposables';
import { anEntry, offline } from '../../../support/jobEntries';
import { ToldJobs } from '../../../support/toldJobs';
import { VirtualClock } from '../../../support/virtualClock';

type Item = ReturnType<Parameters<typeof showStatusItem>[0]['createStatusBarItem']>;

const progress = { step: 'processing', sinceMs: 0, connected: true, done: null } as const;
const running = anEntry('submitted', {}, { progress });

describe('The status bar item', () => {
  const begin = () => {
    const counter = new DisposableCounter();
    const jobs = new ToldJobs();
    const clock = new VirtualClock(0);
    const shown: string[] = [];
    const item = {
      ...counter.create('item'),
      text: '',
      show: () => shown.push(item.text),
      hide: () => shown.push('hidden'),
    };
    const createStatusBarItem = (): Item => item as unknown as Item;
    const watched = showStatusItem({ createStatusBarItem }, jobs, clock);
    return { counter, jobs, clock, shown, watched };
  };

  it('shows jobs that run and jobs that failed, and hides when there are none', () => {
    const { jobs, shown } = begin();
    jobs.tell(running);
    jobs.tell(running);
    jobs.tell(anEntry('submitted', { halt: offline }));
    jobs.tell();
    const [first, second, third, last] = shown;
    assert.deepEqual([shown.length, first, last], [4, 'hidden', 'hidden']);
    assert.match(second!, /^\$\(sync~spin\) /);
    assert.match(third!, /^\$\(error\) /);
  });

  it('disposes of everything', async () => {
    const { counter, jobs, clock, shown, watched } = begin();
    jobs.tell(running);
    const before = shown.length;
    assert.deepEqual([counter.live, jobs.listeners.size, clock.sleepers], [['item'], 1, 1]);
    watched.dispose();
    await clock.advance(5000);
    assert.deepEqual([counter.live, jobs.listeners.size, clock.sleepers], [[], 0, 0]);
    assert.equal(shown.length, before);
  });
});
