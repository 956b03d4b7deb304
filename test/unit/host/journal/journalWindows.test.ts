import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { renderJob } from '../../../../src/core/jobs/journalFormat';
import { seededRandom } from '../../../support/seededRandom';
import type { Order } from './journalProgram';
import { JournalStage, nameOf } from './journalStage';
import { jobNumber } from '../jobs/someJobs';

let stage: JournalStage;

beforeEach(() => {
  stage = new JournalStage();
});

afterEach(() => stage.remove());

describe('Journal of many windows', function () {
  this.timeout(60_000);
  const windows = 8;
  const jobs = 50;
  let children: ChildProcess[] = [];

  afterEach(() => {
    children.forEach((child) => child.kill('SIGKILL'));
    children = [];
  });

  async function start(id: string, within = stage.folder): Promise<ChildProcess> {
    const child = fork(require.resolve('./journalProgram'), [within, id]);
    children.push(child);
    assert.deepEqual(await once(child, 'message'), ['ready', undefined]);
    return child;
  }

  async function allDo(order: Order): Promise<readonly (readonly string[])[]> {
    const ready = await Promise.all(Array.from({ length: windows }, (_, id) => start(`window ${id}`)));
    return Promise.all(
      ready.map(async (child) => {
        const answer = once(child, 'message') as Promise<[readonly string[]]>;
        child.send(order);
        return (await answer)[0];
      }),
    );
  }

  const ids = Array.from({ length: jobs }, (_, number) => jobNumber(number).id).sort();

  it('gives each job of a window that is gone to one of them', async () => {
    for (let number = 0; number < jobs; number++) {
      stage.put(nameOf(jobNumber(number)), renderJob(jobNumber(number), 'dead'));
    }
    const claimed = await allDo({ order: 'claim' });
    assert.deepEqual(claimed.flat().sort(), ids);
    const owners = new Map(
      (await stage.journalOf('mine').list()).open.map(({ job, owner }) => [job.id, owner]),
    );
    claimed.forEach((own, id) => own.forEach((job) => assert.equal(owners.get(job), `window ${id}`)));
    assert.deepEqual(
      stage.openFiles,
      ids.map((id) => `${id}.2.json`),
    );
  });

  it('lets one of them create each job', async () => {
    const created = await allDo({ order: 'create', count: jobs });
    assert.deepEqual(created.flat().sort(), ids);
    assert.deepEqual(
      stage.openFiles,
      ids.map((id) => `${id}.1.json`),
    );
  });

  it('has the old record or the new one when a window is killed while it writes', async () => {
    const random = seededRandom(1);
    const message = 'x'.repeat(100_000);
    const kill = async (round: number): Promise<void> => {
      const place = stage.pathOf(String(round));
      const child = await start('dead', place);
      let told = 0;
      child.on('message', (changedMs: number) => (told = changedMs));
      const turns = Math.floor(random() * 2000);
      child.send({ order: 'write', message, records: 1 + (round % 3), turns } satisfies Order);
      // Not its exit, which may come before the last that it told.
      await once(child, 'close');
      const [record, ...others] = readdirSync(place).filter((name) => name.endsWith('.json'));
      assert.deepEqual(others, []);
      linkSync(join(place, record!), stage.pathOf(record!));
      const [entry] = (await stage.journalOf('mine').list()).open;
      rmSync(stage.pathOf(record!));
      assert.ok(entry?.job.halt?.reason === 'failed', `Round ${round}: ${stage.aside.join()}`);
      const { changedMs, halt } = entry.job;
      assert.ok(changedMs === told || changedMs === told + 1, `${changedMs} after ${told}`);
      assert.equal(halt.failure.message, `${changedMs} ${message}`);
    };
    for (let round = 0; round < 40; round++) {
      await kill(round);
    }
  });
});
