import { setTimeout as delay } from 'node:timers/promises';
import { AssemblyAI } from 'assemblyai';
import { parseBaseUrl } from '../../src/assemblyai/baseUrl';
import { AssemblyAiClient } from '../../src/assemblyai/client';
import { createDispatcher } from '../../src/assemblyai/dispatcher';
import { systemClock } from '../../src/node/systemClock';
import { Poller } from '../../src/core/jobs/poller';
import { requestFor } from '../../src/core/request/request';
import { silentLog } from '../support/fakeJobs';
import { seededRandom } from '../support/seededRandom';
import { startScriptedServer, type ScriptedServer } from '../support/server/scriptedServer';

/** How long jobs take, about; one of each is a batch. */
const jobSeconds: readonly number[] = [4, 8, 15, 30, 60];
const batches = 12;
/** Over which the batches begin, and by how much jobs differ, so that nothing is in step. */
const startSpreadMs = 3000;
const differing = 0.2;

/** What Steno promises for recordings under five minutes, in the median. */
const targetLagMs = 1000;
const durationSeconds = 120;

const key = 'test-key';
const random = seededRandom(5);

/** A signal that nobody aborts. */
const newSignal = (): AbortSignal => new AbortController().signal;

/** Resolves as soon as it has seen that the job is done. */
type Wait = (transcriptId: string, batch: number) => Promise<unknown>;

/** One job, as it was waited for. */
interface Waited {
  readonly way: string;
  readonly seconds: number;
  readonly requests: number;
  /** From its end to when that was seen. */
  readonly lagMs: number;
}

function connect(url: string): { readonly client: AssemblyAiClient; readonly close: () => Promise<void> } {
  const baseUrl = parseBaseUrl(url);
  const network = { proxy: '', noProxy: [], proxyAuthorization: null, proxyStrictSSL: true };
  const dispatcher = createDispatcher(
    baseUrl,
    { ...network, proxySupport: 'off', systemCertificates: true },
    {},
  );
  const client = new AssemblyAiClient({
    baseUrl,
    dispatcher,
    apiKey: key,
    userAgent: 'Steno/bench',
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  return { client, close: () => dispatcher.close() };
}

/** All ways to wait, by what they are called in the table. */
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

/** Lets the server do a job in that time. Jobs begin in the order of their arrival, so those before it begin as well. */
async function work(server: ScriptedServer, id: string, ms: number): Promise<void> {
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
): Promise<Waited> {
  const ms = 1000 * seconds * (1 + differing * (random() - 0.5));
  await delay(startSpreadMs * random());
  const { id } = await api.submit(requestFor('https://example.test/recording.mp3'), newSignal());
  const [seenMs] = await Promise.all([wait(id, batch).then(() => Date.now()), work(server, id, ms)]);
  const endedMs = server.jobs.find((job) => job.id === id)?.completedMs ?? Number.NaN;
  const requests = server.requestsOf('get').filter(({ path }) => path.endsWith(id)).length;
  return { way, seconds, requests, lagMs: seenMs - endedMs };
}

function quantile(numbers: readonly number[], part: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(part * numbers.length)] ?? Number.NaN;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

interface Figures {
  readonly requests: number;
  readonly medianMs: number;
  readonly lateMs: number;
}

function figures(jobs: readonly Waited[]): Figures {
  const lags = jobs.map(({ lagMs }) => lagMs);
  return {
    requests: mean(jobs.map(({ requests }) => requests)),
    medianMs: quantile(lags, 0.5),
    lateMs: quantile(lags, 0.9),
  };
}

function report(waited: readonly Waited[], ways: readonly string[]): void {
  const columns = (...cells: readonly string[]): string => cells.map((cell) => cell.padStart(14)).join('');
  const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const head = columns('job takes', 'requests', 'lag, median', 'lag, 90 %', 'of the SDK’s', '');
  console.log(
    `Waiting for ${waited.length} jobs at one server: requests per job, and how late its end is seen\n`,
  );
  console.log(''.padEnd(22) + head);
  for (const seconds of [...jobSeconds, undefined]) {
    const jobs = waited.filter((job) => seconds === undefined || job.seconds === seconds);
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
  const lagMs = figures(waited.filter(({ way }) => way === ways[0])).medianMs;
  const isMet = lagMs <= targetLagMs;
  console.log(`${isMet ? 'met   ' : 'MISSED'} lag at most ${inSeconds(targetLagMs)} in the median`);
  process.exitCode = isMet ? 0 : 1;
}

async function main(): Promise<void> {
  const server = await startScriptedServer({ pace: 'manual', concurrency: 1000 });
  const { client, close } = connect(server.url);
  try {
    const ways = waysAt(server.url, client);
    const jobs = [...ways].flatMap((way) =>
      jobSeconds.flatMap((seconds) =>
        Array.from({ length: batches }, (_, batch) => waitForJob(server, client, way, seconds, batch)),
      ),
    );
    report(await Promise.all(jobs), [...ways.keys()]);
  } finally {
    await close();
    await server.close();
  }
}

main().catch((thrown: unknown) => {
  console.error(thrown);
  process.exitCode = 1;
});
