import { Journal } from '../../../../src/host/journal/journal';
import { WindowRegistry } from '../../../../src/host/windows/windowRegistry';
import { jobNumber } from '../jobs/someJobs';

/** What a test orders from this program, which stands in for a window of VS Code. */
export type Order =
  | { readonly order: 'create'; readonly count: number }
  /** Claims the jobs of the window `dead` until it has none. */
  | { readonly order: 'claim' }
  /** Writes one job over and over. The process is killed some turns of its event loop after that many records. */
  | { readonly order: 'write'; readonly message: string; readonly records: number; readonly turns: number };

const [folder = '', id = ''] = process.argv.slice(2);

const journal = new Journal({
  folder,
  window: new WindowRegistry(`${folder}/windows`, id),
  isGone: (owner) => Promise.resolve(owner === 'dead'),
  clock: { now: () => 0 },
  log: { warn: (message) => tell(message) },
});

function tell(what: unknown): void {
  process.send?.(what);
}

async function create(count: number): Promise<readonly string[]> {
  const created: string[] = [];
  for (let number = 0; number < count; number++) {
    const job = jobNumber(number);
    created.push(...((await journal.create(job)) ? [job.id] : []));
  }
  return created;
}

async function claim(): Promise<readonly string[]> {
  const claimed: string[] = [];
  for (;;) {
    const left = (await journal.list()).open.filter(({ owner }) => owner === 'dead');
    if (left.length === 0) {
      return claimed;
    }
    for (const { job } of left) {
      claimed.push(...((await journal.claim(job.id)) === undefined ? [] : [job.id]));
    }
  }
}

/** Reports each record that is written, by its time. */
async function write({ message, records, turns }: Order & { readonly order: 'write' }): Promise<void> {
  const job = jobNumber(0);
  await journal.create(job);
  for (let changedMs = 1; ; changedMs++) {
    const failure = { kind: 'offline' as const, message: `${changedMs} ${message}` };
    await journal.write({ ...job, changedMs, halt: { reason: 'failed', failure } });
    tell(changedMs);
    if (changedMs === records) {
      void killAfter(turns);
    }
  }
}

async function killAfter(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise(setImmediate);
  }
  process.kill(process.pid, 'SIGKILL');
}

process.on('message', (order: Order) => {
  switch (order.order) {
    case 'create':
      void create(order.count).then(tell);
      break;
    case 'claim':
      void claim().then(tell);
      break;
    case 'write':
      void write(order);
      break;
  }
});
tell('ready');
