import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../src/node/systemClock';
import type { JobOutcome } from '../../../../src/host/jobs/activeJob';
import { eventually } from '../../../support/eventually';
import { silentLog } from '../../../support/fakeJobs';
import { fastClock } from '../../../support/fastClock';
import { PlainWindow } from '../../../support/plainWindow';
import { assertSaved } from '../../../support/savedFiles';
import { seededRandom } from '../../../support/seededRandom';
import { smallBody } from '../../../support/server/bodies';
import { RandomFaults } from '../../../support/server/randomFaults';
import { startScriptedServer, type ScriptedServer } from '../../../support/server/scriptedServer';

const count = Number(process.env['STENO_FAULT_JOBS'] ?? 200);
const seed = Number(process.env['STENO_FAULT_SEED'] ?? 4);
const isTold = process.env['STENO_FAULT_JOBS'] !== undefined;

const speed = 200;
const jobsAtOnce = 12;
/** The part of all requests that go wrong. */
const share = 0.2;
/** A user who has to press Retry more often has a reason to complain. */
const maxRetries = 20;

interface File {
  readonly path: string;
  readonly sha256: string;
}

describe('Jobs under random faults', () => {
  let folder: string;

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'steno-faults-'))));

  after(() => rm(folder, { recursive: true, force: true }));

  async function makeFiles(): Promise<readonly File[]> {
    const random = seededRandom(seed);
    return Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const path = join(folder, `talk ${index + 1}.mp3`);
        const bytes = Buffer.alloc(5000 + Math.floor(random() * 60_000), `recording ${index + 1} `);
        // A file that begins like this does not count as text.
        bytes.fill(0, 0, 16);
        await writeFile(path, bytes);
        return { path, sha256: createHash('sha256').update(bytes).digest('hex') };
      }),
    );
  }

  /** Stops the server after a quarter and after half of the jobs, each time until some requests have failed. */
  async function restartTwice(server: ScriptedServer, refusals: () => number): Promise<void> {
    for (const done of [count / 4, count / 2]) {
      await server.when(() => server.jobs[Math.floor(done)]);
      await server.stop();
      const before = refusals();
      await eventually(() => assert.ok(refusals() >= before + 3));
      await server.start();
    }
  }

  /** Waits for jobs, and retries failed ones until all are done. @returns how often it retried */
  async function untilAllAreDone(
    window: PlainWindow,
    first: readonly Promise<JobOutcome>[],
  ): Promise<number> {
    let outcomes = await Promise.all(first);
    for (let retries = 0; ; retries++) {
      const failed = outcomes.flatMap((each) => (each.kind === 'failed' ? [each] : []));
      if (failed.length === 0) {
        return retries;
      }
      const kinds = failed.map(({ failure }) => failure.kind);
      assert.ok(retries < maxRetries, `still failing: ${kinds.join(', ')}`);
      const again = await window.jobs.retry(
        failed.map(({ job }) => job.id),
        () => undefined,
      );
      assert.equal(again.length, failed.length);
      outcomes = await Promise.all(again.map(({ settled }) => settled));
    }
  }

  it(`finish, each once, with one note each: ${count} jobs`, async function () {
    this.timeout(300_000);
    const clock = fastClock(systemClock, speed);
    const faults = new RandomFaults({ seed, share, now: () => clock.now() });
    const key = 'test-key-0123456789abcdef';
    const server = await startScriptedServer({
      keys: [key],
      listLag: 1,
      pace: { finishMs: 40 },
      now: () => clock.now(),
      results: smallBody(['A', 'Did it pass?'], ['B', 'Yes.']),
    });
    let refusals = 0;
    const warn = (message: string): void => void (refusals += message.includes('ECONNREFUSED') ? 1 : 0);
    const window = new PlainWindow({
      url: server.url,
      key,
      storage: join(folder, 'storage'),
      jobsAtOnce,
      clock,
      speed,
      random: seededRandom(seed),
      log: { ...silentLog, warn },
    });
    try {
      const files = await makeFiles();
      server.faultBy(faults.next);
      const begunMs = performance.now();
      const ordered = await window.transcribe(files.map(({ path }) => path));
      const restarts = restartTwice(server, () => refusals);
      const retries = await untilAllAreDone(
        window,
        ordered.map(({ settled }) => settled),
      );
      await restarts;
      if (isTold) {
        tell(server, faults, retries, performance.now() - begunMs);
      }
      await assertAllDoneOnce(server, files);
    } finally {
      window.close();
      await server.close();
    }
  });

  async function assertAllDoneOnce(server: ScriptedServer, files: readonly File[]): Promise<void> {
    assert.equal(server.jobs.length, count);
    for (const { path, sha256 } of files) {
      const [job, ...more] = server.jobsOf(sha256);
      assert.equal(more.length, 0, `${path} was transcribed more than once`);
      await assertSaved(path, path.replace('.mp3', '.transcript.md'), job?.body ?? {}, sha256);
    }
    assert.equal((await readdir(folder)).length, 3 * count + 1, 'a file too many');
    const left = await readdir(join(folder, 'storage', 'jobs'), { withFileTypes: true });
    assert.deepEqual(
      left.filter((entry) => entry.isFile()),
      [],
    );
    assert.deepEqual(await readdir(join(folder, 'storage', 'jobs', 'transcripts')), []);
  }

  function tell(server: ScriptedServer, faults: RandomFaults, retries: number, ms: number): void {
    faults.print(
      `        seed ${seed}: ${count} jobs, ${server.requests.length} requests, ${faults.total} faults, 2 restarts, ` +
        `${server.requestsOf('upload').length} uploads, ${server.requestsOf('submit').length} submits, ` +
        `${retries} retries by hand, ${(ms / 1000).toFixed(1)} s at ${speed} times the speed`,
    );
  }
});
