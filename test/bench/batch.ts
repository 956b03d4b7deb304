import { fork, type ChildProcess } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../../src/node/systemClock';
import { silentLog } from '../support/fakeJobs';
import { PlainWindow } from '../support/plainWindow';
import { seededRandom } from '../support/seededRandom';
import type { Peaks } from '../support/server/account';
import { startScriptedServer, type ScriptedServer } from '../support/server/scriptedServer';
import { median } from './support/statistics';
import { reportTargets } from './support/targets';

const files = 100;
const jobsAtOnce = 5;
const fileBytes = 1_000_000;
/** The service takes from `minJobMs` to `minJobMs + spreadMs` for a recording. */
const minJobMs = 3000;
const spreadMs = 4000;
const sampleMs = 1000;
const key = 'test-key';

/** What Steno promises: how much longer than the service alone a batch may take, and by how much its memory may grow. */
const targets = { overIdeal: 0.15, growthMiB: 4 };

/** How long each job takes at the service, in the order of their arrival. */
const jobsMs: readonly number[] = (() => {
  const random = seededRandom(5);
  return Array.from({ length: files }, () => Math.round(minJobMs + spreadMs * random()));
})();

/** What the server counted. */
interface Seen {
  readonly peaks: Peaks;
  readonly requests: number;
  readonly uploads: number;
  readonly jobs: number;
}

/** Memory after a garbage collection, in MiB. */
interface Sample {
  readonly heap: number;
  readonly rss: number;
}

/** Runs the service in a child process, so that its memory does not count. */
async function runServer(): Promise<void> {
  const server = await startScriptedServer({ keys: [key], pace: 'manual', concurrency: jobsAtOnce });
  process.once('message', () => process.send?.(seenBy(server)));
  process.send?.(server.url);
  for (const [index, ms] of jobsMs.entries()) {
    const job = await server.when(() => server.jobs[index]);
    server.advance(job.id);
    setTimeout(() => server.complete(job.id), ms);
  }
}

function seenBy(server: ScriptedServer): Seen {
  const { peaks, requests, jobs } = server;
  return {
    peaks,
    requests: requests.length,
    uploads: server.requestsOf('upload').length,
    jobs: jobs.length,
  };
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as unknown[];
  return message;
}

/** The time for all jobs if each started when another one ended, and nothing else took any time. */
function idealMs(): number {
  const free = Array<number>(jobsAtOnce).fill(0);
  for (const ms of jobsMs) {
    const first = free.indexOf(Math.min(...free));
    free[first] = (free[first] ?? 0) + ms;
  }
  return Math.max(...free);
}

async function sampleMemory(signal: AbortSignal): Promise<readonly Sample[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const samples: Sample[] = [];
  while (!signal.aborted) {
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    samples.push({ heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20 });
    await delay(sampleMs, undefined, { signal }).catch(() => undefined);
  }
  return samples;
}

/** Transcribes all files, and measures how long that takes and how much memory is in use meanwhile. */
async function transcribeAll(
  folder: string,
  url: string,
): Promise<{ readonly ms: number; readonly samples: readonly Sample[] }> {
  const paths = Array.from({ length: files }, (_, index) => join(folder, `talk ${index + 1}.mp3`));
  for (const path of paths) {
    await writeFile(path, randomFillSync(Buffer.alloc(fileBytes)));
  }
  const storage = join(folder, 'storage');
  const window = new PlainWindow({
    url,
    key,
    storage,
    jobsAtOnce,
    clock: systemClock,
    speed: 1,
    random: Math.random,
    log: silentLog,
  });
  const ended = new AbortController();
  const sampling = sampleMemory(ended.signal);
  const begunMs = performance.now();
  const ordered = await window.transcribe(paths);
  const outcomes = await Promise.all(ordered.map(({ settled }) => settled));
  const ms = performance.now() - begunMs;
  ended.abort();
  window.close();
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length;
  if (failed > 0) {
    throw new Error(`${failed} jobs failed`);
  }
  return { ms, samples: await sampling };
}

/** @returns the exit code */
function report(ms: number, samples: readonly Sample[], seen: Seen): number {
  const over = ms / idealMs() - 1;
  const quarter = Math.floor(samples.length / 4);
  const heapOf = (from: number): number =>
    median(samples.slice(from, from + quarter).map(({ heap }) => heap));
  const [second, last] = [heapOf(quarter), heapOf(samples.length - quarter)];
  const peakRss = Math.max(...samples.map(({ rss }) => rss));
  const { peaks } = seen;
  const seconds = (time: number): string => `${(time / 1000).toFixed(1)} s`;
  const mib = (size: number): string => `${size.toFixed(1)} MiB`;

  console.log(`${files} recordings, ${jobsAtOnce} at once, ${seconds(minJobMs)} to ${seconds(minJobMs + spreadMs)} each at the service
time        ${seconds(ms)}, ideally ${seconds(idealMs())}
in flight   at most ${peaks.together}: ${peaks.uploads} uploads, ${peaks.jobs} jobs
requests    ${seen.requests}, ${(seen.requests / files).toFixed(1)} for each; ${seen.uploads} uploads, ${seen.jobs} jobs
memory      heap ${mib(second)} in the second quarter, ${mib(last)} in the last; at most ${mib(peakRss)} in all
`);
  return reportTargets([
    {
      text: `at most ${targets.overIdeal * 100} % over the ideal: ${(over * 100).toFixed(1)} %`,
      isMet: over <= targets.overIdeal,
    },
    {
      text: `at most ${jobsAtOnce} in flight: ${peaks.together}`,
      isMet: peaks.together <= jobsAtOnce,
    },
    {
      text: `heap growth at most ${targets.growthMiB} MiB: ${mib(last - second)}`,
      isMet: last - second <= targets.growthMiB,
    },
    {
      text: 'one upload and one job for each recording',
      isMet: seen.uploads === files && seen.jobs === files,
    },
  ]);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'steno-batch-'));
  const server = fork(__filename, ['server']);
  try {
    const url = String(await nextMessage(server));
    const { ms, samples } = await transcribeAll(folder, url);
    server.send('report');
    process.exitCode = report(ms, samples, (await nextMessage(server)) as Seen);
  } finally {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

(process.argv[2] === 'server' ? runServer() : main()).catch((thrown: unknown) => {
  console.error(thrown);
  process.exitCode = 1;
});
