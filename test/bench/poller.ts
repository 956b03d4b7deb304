import { setTimeout as delay } from 'node:timers/promises';
import { AssemblyAI } from 'assemblyai';
import type { AssemblyAiClient } from '../../src/assemblyai/client';
import { systemClock } from '../../src/node/systemClock';
import { Poller } from '../../src/core/jobs/poller';
import { requestFor } from '../../src/core/request/request';
import { silentLog } from '../support/fakeJobs';
import { seededRandom } from '../support/seededRandom';
import { startScriptedServer, type ScriptedServer } from '../support/server/scriptedServer';
import { benchClient } from './support/benchClient';
import { median, quantile } from './support/statistics';
import { reportTargets } from './support/targets';

/** About how long the jobs take. A batch has one job of each. */
const jobSeconds: readonly number[] = [4, 8, 15, 30, 60];
const batches = 12;
/** Jobs start within this time, and their lengths vary by this share, so that they do not run in step. */
const startSpreadMs = 3000;
const lengthVariation = 0.2;

/** The median lag that Steno promises for recordings of less than five minutes. */
const targetLagMs = 1000;
const durationSeconds = 120;

const key = 'test-key';
const random = seededRandom(5);

/** A signal that is never aborted. */
const newSignal = (): AbortSignal => new AbortController().signal;

/** Resolves when it notices that the job has ended. */
type Wait = (transcriptId: string, batch: number) => Promise<unknown>;

/** The measurements of one job. */
interface Measurement {
  /** The name of the way to wait. */
  readonly way: string;
  /** About how long the job took. */
  readonly seconds: number;
  readonly requests: number;
  /** Time from the end of the job until it was noticed. */
  readonly lagMs: number;
}

/** The ways to wait, by their names in the table. */
function waysAt(url: string, api: AssemblyAiClient): ReadonlyMap<string, Wait> {
  const newPoller = (): Poller =>
    new Poller({ api, clock: systemClock, random: Math.random, log: silentLog });
  const waitWith =
    (pollers: readonly Poller[]): Wait =>
    (transcriptId, batch) => {
      const job = { transcriptId, sinceMs: Date.now(), durationSeconds };
      const poller = pollers[batch % pollers.length] ?? newPoller();
      return poller.untilFinal(job, newSignal(), () => undefined);
    };
  const sdk = new AssemblyAI({ apiKey: key, baseUrl: url });
  return new Map<string, Wait>([
    [`Steno, ${jobSeconds.length} at once`, waitWith(Array.from({ length: batches }, newPoller))],
    [`Steno, ${jobSeconds.length * batches} at once`, waitWith([newPoller()])],
    ['AssemblyAI SDK', (id) => sdk.transcripts.waitUntilReady(id)],
  ]);
}

/** Makes the server complete a job after some time. Starts all queued jobs, because they start in the order of their arrival. */
async function completeAfter(server: ScriptedServer, id: string, ms: number): Promise<void> {
  server.jobs.filter(({ body }) => body['status'] === 'queued').forEach((job) => server.advance(job.id));
  await delay(ms);
  server.complete(id);
}

async function waitForJob(
  server: ScriptedServer,
  api: AssemblyAiClient,
  [way, wait]: readonly [string, Wait],
  seconds: number,
  batch: number,
): Promise<Measurement> {
  const ms = 1000 * seconds * (1 + lengthVariation * (random() - 0.5));
  await delay(startSpreadMs * random());
  const { id } = await api.submit(requestFor('https://example.test/recording.mp3'), newSignal());
  const [noticedMs] = await Promise.all([
    wait(id, batch).then(() => Date.now()),
    completeAfter(server, id, ms),
  ]);
  const endedMs = server.jobs.find((job) => job.id === id)?.completedMs ?? Number.NaN;
  const requests = server.requestsOf('get').filter(({ path }) => path.endsWith(id)).length;
  return { way, seconds, requests, lagMs: noticedMs - endedMs };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** The figures in a row of the table. */
interface Figures {
  /** Mean number of requests per job. */
  readonly requests: number;
  /** Median lag. */
  readonly medianMs: number;
  /** Lag that nine of ten jobs stay below. */
  readonly lateMs: number;
}

function figures(jobs: readonly Measurement[]): Figures {
  const lags = jobs.map(({ lagMs }) => lagMs);
  return {
    requests: mean(jobs.map(({ requests }) => requests)),
    medianMs: median(lags),
    lateMs: quantile(lags, 0.9),
  };
}

/**
 * Prints the table.
 *
 * @param ways names of the ways to wait: Steno's usual way first, the SDK last
 * @returns the exit code
 */
function report(measurements: readonly Measurement[], ways: readonly string[]): number {
  const columns = (...cells: readonly string[]): string => cells.map((cell) => cell.padStart(14)).join('');
  const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const head = columns('job takes', 'requests', 'lag, median', 'lag, 90 %', 'of the SDK’s', '');
  console.log(
    `Waiting for ${measurements.length} jobs at one server: requests per job, and lag until its end is noticed\n`,
  );
  console.log(''.padEnd(22) + head);
  for (const seconds of [...jobSeconds, undefined]) {
    const jobs = measurements.filter((job) => seconds === undefined || job.seconds === seconds);
    const of = (way: string): Figures => figures(jobs.filter((job) => job.way === way));
    const sdk = of(ways.at(-1) ?? '');
    for (const way of ways) {
      const { requests, medianMs, lateMs } = of(way);
      const ratios = [
        `${(requests / sdk.requests).toFixed(2)} x req.`,
        `${(medianMs / sdk.medianMs).toFixed(2)} x lag`,
      ];
      const takes = seconds === undefined ? 'all' : `${seconds} s`;
      const cells = [takes, requests.toFixed(1), inSeconds(medianMs), inSeconds(lateMs), ...ratios];
      console.log(way.padEnd(22) + columns(...cells));
    }
    console.log('');
  }
  const lagMs = figures(measurements.filter(({ way }) => way === ways[0])).medianMs;
  return reportTargets([
    { text: `median lag at most ${inSeconds(targetLagMs)}`, isMet: lagMs <= targetLagMs },
  ]);
}

async function main(): Promise<void> {
  const server = await startScriptedServer({ pace: 'manual', concurrency: 1000 });
  const { client, close } = benchClient(server.url, key, silentLog);
  try {
    const ways = waysAt(server.url, client);
    const jobs = [...ways].flatMap((way) =>
      jobSeconds.flatMap((seconds) =>
        Array.from({ length: batches }, (_, batch) => waitForJob(server, client, way, seconds, batch)),
      ),
    );
    process.exitCode = report(await Promise.all(jobs), [...ways.keys()]);
  } finally {
    await close();
    await server.close();
  }
}

main().catch((thrown: unknown) => {
  console.error(thrown);
  process.exitCode = 1;
});
