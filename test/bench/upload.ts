import { execFile, fork, type ChildProcess } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import { AssemblyAI } from 'assemblyai';
import { benchClient } from './support/benchClient';
import { median } from './support/statistics';
import { reportTargets } from './support/targets';

const mebibyte = 1024 * 1024;
const largeBytes = 1024 * mebibyte;
const smallBytes = 256 * mebibyte;
const rounds = 5;

/** What Steno promises: time compared with `curl -T`, memory, and how much more memory a larger file may take. */
const targets = { timesCurl: 2.5, peakMiB: 160, growthMiB: 16 };

/** The measurements of one upload. */
interface Run {
  readonly ms: number;
  readonly peakMiB: number;
}

type Uploader = 'client' | 'sdk';

/** A server that counts bytes. It has its own process, so that it takes no CPU time from the uploader's. */
function runSink(): void {
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () =>
      response.end(JSON.stringify({ upload_url: `https://cdn.example.test/upload/${bytes}` })),
    );
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

const uploaders: Readonly<Record<Uploader, (path: string, url: string) => Promise<string>>> = {
  client: async (path, url) => {
    const { size, mtimeMs } = await stat(path);
    const ignore = (): void => undefined;
    const log = { debug: ignore, info: ignore, warn: console.error, error: console.error };
    const { client, close } = benchClient(url, 'key', log);
    const recording = { path, name: basename(path), sizeBytes: size, modifiedMs: mtimeMs };
    const upload = await client.upload(recording, {
      signal: new AbortController().signal,
      onProgress: ignore,
    });
    await close();
    return upload.url;
  },
  sdk: (path, baseUrl) => new AssemblyAI({ apiKey: 'key', baseUrl }).files.upload(path),
};

/** Runs in a child process: uploads once and prints the measurements. */
async function runUploader(name: Uploader, path: string, url: string): Promise<void> {
  const begun = performance.now();
  const uploadUrl = await uploaders[name](path, url);
  const ms = performance.now() - begun;
  if (!uploadUrl.endsWith(`/${(await stat(path)).size}`)) {
    throw new Error(`Not all bytes arrived: ${uploadUrl}`);
  }
  console.log(JSON.stringify({ ms, peakMiB: process.resourceUsage().maxRSS / 1024 } satisfies Run));
}

const run = promisify(execFile);

async function measure(name: Uploader, path: string, url: string): Promise<Run> {
  const { stdout } = await run(process.execPath, [__filename, name, path, url]);
  return JSON.parse(stdout) as Run;
}

/** The time that curl reports, in ms. Like that of the other uploaders, it does not include the start of the process. */
async function measureCurl(path: string, url: string): Promise<number> {
  const target = `${url}/v2/upload`;
  const { stdout } = await run('curl', ['-sS', '-o', '/dev/null', '-w', '%{time_total}', '-T', path, target]);
  return Number(stdout) * 1000;
}

async function writeRandomFile(path: string, bytes: number): Promise<void> {
  const block = randomFillSync(Buffer.alloc(16 * mebibyte));
  const file = await open(path, 'w');
  for (let written = 0; written < bytes; written += block.length) {
    block.writeDoubleLE(written, 0);
    await file.write(block);
  }
  await file.close();
}

async function startSink(): Promise<{ readonly url: string; readonly sink: ChildProcess }> {
  const sink = fork(__filename, ['sink']);
  const port = await new Promise<number>((resolve, reject) => {
    sink.once('message', (message) => resolve(Number(message)));
    sink.once('error', reject);
  });
  return { url: `http://127.0.0.1:${port}`, sink };
}

/** @returns the exit code */
async function compare(large: string, small: string, url: string): Promise<number> {
  // The first uploads do not count: they warm up the caches of the disk and the file system.
  await measureCurl(large, url);
  await measure('client', small, url);
  const curl: number[] = [];
  const client: Run[] = [];
  const sdk: Run[] = [];
  const smallClient: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    curl.push(await measureCurl(large, url));
    client.push(await measure('client', large, url));
    sdk.push(await measure('sdk', large, url));
    smallClient.push(await measure('client', small, url));
  }
  return report(curl, client, sdk, smallClient);
}

function report(
  curl: readonly number[],
  client: readonly Run[],
  sdk: readonly Run[],
  smallClient: readonly Run[],
): number {
  const curlMs = median(curl);
  const row = (name: string, ms: number, peakMiB?: number): void => {
    const peak = peakMiB === undefined ? '' : `${peakMiB.toFixed(0)} MiB`;
    const columns = [`${ms.toFixed(0)} ms`, `${(ms / curlMs).toFixed(2)} x curl`, peak];
    console.log(name.padEnd(28) + columns.map((column) => column.padStart(13)).join(''));
  };
  const peak = (runs: readonly Run[]): number => Math.max(...runs.map(({ peakMiB }) => peakMiB));
  const ms = (runs: readonly Run[]): number => median(runs.map((each) => each.ms));

  console.log(`Upload of 1 GiB to this machine: median time of ${rounds}, highest peak memory\n`);
  row('curl -T', curlMs);
  row('Steno, SHA-256 included', ms(client), peak(client));
  row('AssemblyAI SDK', ms(sdk), peak(sdk));
  console.log(`\nSteno with 256 MiB: peak memory ${peak(smallClient).toFixed(0)} MiB`);

  // Compares medians, because single peaks depend on when the garbage collector runs.
  const medianPeak = (runs: readonly Run[]): number => median(runs.map(({ peakMiB }) => peakMiB));
  const growthMiB = medianPeak(client) - medianPeak(smallClient);
  return reportTargets([
    {
      text: `time at most ${targets.timesCurl} x curl`,
      isMet: ms(client) <= targets.timesCurl * curlMs,
    },
    {
      text: `peak memory at most ${targets.peakMiB} MiB`,
      isMet: peak(client) <= targets.peakMiB,
    },
    {
      text: `growth from 256 MiB to 1 GiB at most ${targets.growthMiB} MiB`,
      isMet: growthMiB <= targets.growthMiB,
    },
  ]);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'steno-bench-'));
  const { url, sink } = await startSink();
  try {
    const large = join(folder, 'large.bin');
    const small = join(folder, 'small.bin');
    await writeRandomFile(large, largeBytes);
    await writeRandomFile(small, smallBytes);
    process.exitCode = await compare(large, small, url);
  } finally {
    sink.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

const [mode, path = '', url = ''] = process.argv.slice(2);
if (mode === 'sink') {
  runSink();
} else {
  (mode === 'client' || mode === 'sdk' ? runUploader(mode, path, url) : main()).catch((thrown: unknown) => {
    console.error(thrown);
    process.exitCode = 1;
  });
}
