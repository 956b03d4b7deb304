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

const files = 100;
const jobsAtOnce = 5;
const fileBytes = 1_000_000;
/** How long the service takes for a recording: from that, to that plus the spread. */
const leastJobMs = 3000;
const spreadMs = 4000;
const sampleMs = 1000;
const key = 'test-key';

/** What Steno promises: how much longer than the service needs by itself, and what memory a batch gathers on its way. */
const targets = { overIdeal: 0.15, growthMiB: 4 };

/** How long each job takes, in the order of their arrival. */
const jobsMs: readonly number[] = (() => {
  const random = seededRandom(5);
  return Array.from({ length: files }, () => Math.round(leastJobMs + spreadMs * random()));
})();

/** What the server saw. */
interface Seen {
  readonly peaks: Peaks;
  readonly requests: number;
  readonly uploads: number;
  readonly jobs: number;
}

/** Memory after a collection, in MiB. */
interface Sample {
  readonly heap: number;
  readonly rss: number;
}

/** A server in a process of its own, whose memory is not the window's. */
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

/** With so many at once, each beginning when another one ends, and nothing else taking any time. */
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

/** Transcribes all files; returns how long that took, and the memory on the way. */
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

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function report(ms: number, samples: readonly Sample[], seen: Seen): void {
  const over = ms / idealMs() - 1;
  const quarter = Math.floor(samples.length / 4);
  const heapOf = (from: number): number =>
    median(samples.slice(from, from + quarter).map(({ heap }) => heap));
  const [second, last] = [heapOf(quarter), heapOf(samples.length - quarter)];
  const peakRss = Math.max(...samples.map(({ rss }) => rss));
  const { peaks } = seen;
  const seconds = (time: number): string => `${(time / 1000).toFixed(1)} s`;
  const mib = (size: number): string => `${size.toFixed(1)} MiB`;

  console.log(`${files} recordings, ${jobsAtOnce} at once, ${seconds(leastJobMs)} to ${seconds(leastJobMs + spreadMs)} each at the service
time        ${seconds(ms)}, ideally ${seconds(idealMs())}
in flight   at most ${peaks.together}: ${peaks.uploads} uploads, ${peaks.jobs} jobs
requests    ${seen.requests}, ${(seen.requests / files).toFixed(1)} for each; ${seen.uploads} uploads, ${seen.jobs} jobs
memory      heap ${mib(second)} in the second quarter, ${mib(last)} in the last; at most ${mib(peakRss)} in all
`);
  const verdicts: readonly (readonly [what: string, isMet: boolean])[] = [
    [
      `at most ${targets.overIdeal * 100} % over the ideal: ${(over * 100).toFixed(1)} %`,
      over <= targets.overIdeal,
    ],
    [`at most ${jobsAtOnce} in flight: ${peaks.together}`, peaks.together <= jobsAtOnce],
    [
      `heap growth at most ${targets.growthMiB} MiB: ${mib(last - second)}`,
      last - second <= targets.growthMiB,
    ],
    [`one upload and one job each`, seen.uploads === files && seen.jobs === files],
  ];
  for (const [what, isMet] of verdicts) {
    console.log(`${isMet ? 'met   ' : 'MISSED'} ${what}`);
  }
  process.exitCode = verdicts.every(([, isMet]) => isMet) ? 0 : 1;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'steno-batch-'));
  const server = fork(__filename, ['server']);
  try {
    const url = String(await nextMessage(server));
    const { ms, samples } = await transcribeAll(folder, url);
    server.send('report');
    report(ms, samples, (await nextMessage(server)) as Seen);
  } finally {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

(process.argv[2] === 'server' ? runServer() : main()).catch((thrown: unknown) => {
  console.error(thrown);
  process.exitCode = 1;
});
