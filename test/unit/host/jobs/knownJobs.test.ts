import assert from 'node:assert/strict';
import type { JournalEntry } from '../../../../src/core/jobs/journalFormat';
import { KnownJobs } from '../../../../src/host/jobs/knownJobs';
import { VirtualClock } from '../../../support/virtualClock';
import { jobNumber } from './someJobs';

type Listing = Awaited<ReturnType<ConstructorParameters<typeof KnownJobs>[0]['journal']['list']>>;

const listing = (...numbers: readonly number[]): Listing => ({
  open: numbers.map((number): JournalEntry => ({ job: jobNumber(number), owner: 'other' })),
  done: [],
});

describe('Known jobs', () => {
  let answers: ((listing: Listing) => void)[];
  let known: KnownJobs;

  beforeEach(() => {
    answers = [];
    known = new KnownJobs(
      {
        journal: { list: () => new Promise<Listing>((resolve) => answers.push(resolve)) },
        takeover: { isThere: () => true },
        clock: new VirtualClock(),
      },
      () => new Map(),
    );
  });

  const ids = (): readonly string[] => known.entries.map(({ job }) => job.id);

  it('read the journal once for each refresh, however many there are at the same time', async () => {
    const refreshes = Array.from({ length: 50 }, () => known.refresh());
    answers.forEach((answer) => answer(listing(1, 2)));
    await Promise.all(refreshes);
    assert.equal(answers.length, 50);
    assert.deepEqual(ids(), [jobNumber(1).id, jobNumber(2).id]);
  });

  it('keep the reading that began last, whichever ends last', async () => {
    const [first, second] = [known.refresh(), known.refresh()];
    answers[1]?.(listing(2));
    await second;
    answers[0]?.(listing(1));
    await first;
    assert.deepEqual(ids(), [jobNumber(2).id]);
  });

  it('read the journal anew when a job ended meanwhile', async () => {
    const refresh = known.refresh();
    known.forgotten([jobNumber(1).id]);
    answers[0]?.(listing(1));
    await new Promise(setImmediate);
    assert.deepEqual(ids(), []);
    answers[1]?.(listing(2));
    await refresh;
    assert.deepEqual(ids(), [jobNumber(2).id]);
  });
});
