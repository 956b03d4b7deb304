import { execFile, fork, type ChildProcess } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import { AssemblyAI } from 'assemblyai';
import { parseBaseUrl } from '../../src/assemblyai/baseUrl';
import { AssemblyAiClient } from '../../src/assemblyai/client';
import { createDispatcher } from '../../src/assemblyai/dispatcher';
import { systemClock } from '../../src/node/systemClock';

const mebibyte = 1024 * 1024;
const largeBytes = 1024 * mebibyte;
const smallBytes = 256 * mebibyte;
const rounds = 5;

/** What Steno promises: no slower than this many times `curl -T`, and no more memory, whatever the size. */
const targets = { timesCurl: 2.5, peakMiB: 160, growthMiB: 16 };

/** One upload. */
interface Run {
  readonly ms: number;
  readonly peakMiB: number;
}

type Uploader = 'client' | 'sdk';

/** A server that counts and answers, in a process of its own so that it takes no time from the uploader's. */
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
    const baseUrl = parseBaseUrl(url);
    const network = { proxy: '', noProxy: [], proxyAuthorization: null, proxyStrictSSL: true };
    const dispatcher = createDispatcher(
      baseUrl,
      { ...network, proxySupport: 'off', systemCertificates: true },
      {},
    );
    const ignore = (): void => undefined;
    const client = new AssemblyAiClient({
      baseUrl,
      dispatcher,
      apiKey: 'key',
      userAgent: 'Steno/bench',
      clock: systemClock,
      random: Math.random,
      log: { debug: ignore, info: ignore, warn: console.error, error: console.error },
    });
    const recording = { path, name: basename(path), sizeBytes: size, modifiedMs: mtimeMs };
    const upload = await client.upload(recording, {
      signal: new AbortController().signal,
      onProgress: ignore,
    });
    await dispatcher.close();
    return upload.url;
  },
  sdk: (path, baseUrl) => new AssemblyAI({ apiKey: 'key', baseUrl }).files.upload(path),
};

/** The child's side: uploads once and prints how it went. */
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

/** curl's own time, without that of its start, like the others'. */
async function measureCurl(path: string, url: string): Promise<number> {
  const target = `${url}/v2/upload`;
  const { stdout } = await run('curl', ['-sS', '-o', '/dev/null', '-w', '%{time_total}', '-T', path, target]);
  return Number(stdout) * 1000;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
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

async function compare(large: string, small: string, url: string): Promise<void> {
  // Once each without counting: caches of disk and file system warm up.
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
  report(curl, client, sdk, smallClient);
}

function report(
  curl: readonly number[],
  client: readonly Run[],
  sdk: readonly Run[],
  smallClient: readonly Run[],
): void {
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

  // Of medians: single peaks differ by what the garbage collector had time for.
  const middle = (runs: readonly Run[]): number => median(runs.map(({ peakMiB }) => peakMiB));
  const growthMiB = middle(client) - middle(smallClient);
  const verdicts: readonly (readonly [what: string, isMet: boolean])[] = [
    [`time at most ${targets.timesCurl} x curl`, ms(client) <= targets.timesCurl * curlMs],
    [`peak memory at most ${targets.peakMiB} MiB`, peak(client) <= targets.peakMiB],
    [`growth from 256 MiB to 1 GiB at most ${targets.growthMiB} MiB`, growthMiB <= targets.growthMiB],
  ];
  for (const [what, isMet] of verdicts) {
    console.log(`${isMet ? 'met   ' : 'MISSED'} ${what}`);
  }
  process.exitCode = verdicts.every(([, isMet]) => isMet) ? 0 : 1;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'steno-bench-'));
  const { url, sink } = await startSink();
  try {
    const large = join(folder, 'large.bin');
    const small = join(folder, 'small.bin');
    await writeRandomFile(large, largeBytes);
    await writeRandomFile(small, smallBytes);
    await compare(large, small, url);
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
