import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { FolderInUse } from './jobs/lock';
import { readOptions, usage, UsageError, type ServerOptions } from './options';
import { startService, sweepFolder, type Service } from './service';
import { RecognitionThread } from './thread/recognitionThread';
import type { Clock, Log } from '../core/ports';

// Gives memory back sooner, in the thread as well: the 100 000 words of ten hours pass through both at the end, which takes
// 650 MB at the most instead of 785, for a twentieth more time.
setFlagsFromString('--optimize-for-size');

const clock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    // Node rejects with an error of its own that holds the reason.
    await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
};

const write = (level: string) => (message: string) =>
  void process.stderr.write(`${new Date().toISOString()} ${level} ${message}\n`);

/** Never the key, never the text of a recording. */
const log: Log = {
  debug: () => undefined,
  info: write('info'),
  warn: write('warning'),
  error: write('error'),
};

/** Without a key a terminal gets a random one; what is not a terminal would keep it in some file. */
function keyOf({ key }: ServerOptions): { readonly key: string; readonly isNew: boolean } {
  if (key === undefined && !process.stdout.isTTY) {
    throw new UsageError('A key is needed: set STENO_LOCAL_KEY, or pass --key');
  }
  return key === undefined
    ? { key: randomBytes(24).toString('base64url'), isNew: true }
    : { key, isNew: false };
}

/** Resolves as soon as the server is to end. */
function untilEnd({ endWithStdin, idleMinutes }: ServerOptions, service: Service): Promise<unknown> {
  // A terminal that is closed hangs up.
  const ends: Promise<unknown>[] = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(
    (signal) => new Promise((resolve) => process.once(signal, resolve)),
  );
  if (endWithStdin) {
    const { stdin } = process;
    ends.push(
      new Promise((resolve) =>
        stdin.once('close', resolve).once('end', resolve).on('error', resolve).resume(),
      ),
    );
  }
  if (idleMinutes > 0) {
    ends.push(service.untilIdle(idleMinutes * 60_000));
  }
  return Promise.race(ends);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const recogniser = new RecognitionThread(() => new Worker(join(__dirname, 'worker.js')), log);
  const retention = {
    uploadsMs: options.keepUploadsHours * 3_600_000,
    transcriptsMs: options.keepTranscriptsDays * 86_400_000,
  };
  const { dataFolder, port } = options;
  const common = { dataFolder, retention, recogniser, clock, log };
  if (options.isSweep) {
    await sweepFolder(common);
    return;
  }
  const { key, isNew } = keyOf(options);
  const service = await startService({ ...common, port, key });
  process.stdout.write(`listening on ${service.url}\n${isNew ? `key: ${key}\n` : ''}`);
  recogniser.prepare();
  await untilEnd(options, service);
  await service.close();
  await recogniser.close();
  // Standard input may still be open.
  process.exit();
}

/** What the program ends with when it fails; see `usage`. */
function exitCode(thrown: unknown): number {
  if (thrown instanceof UsageError) {
    return 2;
  }
  if (thrown instanceof FolderInUse) {
    return 3;
  }
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  const isListening = thrown instanceof Error && 'syscall' in thrown && thrown.syscall === 'listen';
  return isListening && (code === 'EADDRINUSE' || code === 'EACCES') ? 4 : 1;
}

// Whoever read them may have gone first.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
main().catch((thrown: unknown) => {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  process.stderr.write(`${message}\n`, () => process.exit(exitCode(thrown)));
});
