import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Log } from '../core/ports';
import { logLine } from '../core/text';
import { codeOf } from '../node/errorCode';
import { systemClock } from '../node/systemClock';
import { FolderInUse } from './jobs/lock';
import { readServerOptions, usage, UsageError, type ServerOptions } from './serverOptions';
import { startSpeechServer, sweepFolder, type SpeechServer } from './speechServer';
import { RecognitionThread } from './thread/recognitionThread';

// Frees memory sooner, in the recognition thread as well. At the end of ten hours of audio, 100 000 words pass through both:
// with this flag that takes 650 MB at most instead of 785 MB, and 5 % more time.
setFlagsFromString('--optimize-for-size');

const write = (level: string) => (message: string) =>
  void process.stderr.write(`${new Date().toISOString()} ${level} ${logLine(message)}\n`);

/** Never contains the key or the text of a recording. */
const log: Log = {
  debug: () => undefined,
  info: write('info'),
  warn: write('warning'),
  error: write('error'),
};

/** The API key. Makes a random one only for a terminal: other output may be kept in a file, and the key with it. */
function keyOf({ key }: ServerOptions): { readonly key: string; readonly isNew: boolean } {
  if (key === undefined && !process.stdout.isTTY) {
    throw new UsageError('An API key is needed: set STENO_LOCAL_KEY or use --key');
  }
  return key === undefined
    ? { key: randomBytes(24).toString('base64url'), isNew: true }
    : { key, isNew: false };
}

/** Resolves when the server has to end. */
function untilEnd({ endWithStdin, idleMinutes }: ServerOptions, server: SpeechServer): Promise<unknown> {
  // SIGHUP is sent when the terminal is closed.
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
    ends.push(server.untilIdle(idleMinutes * 60_000));
  }
  return Promise.race(ends);
}

async function main(): Promise<void> {
  const options = readServerOptions(process.argv.slice(2), process.env);
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
  const common = { dataFolder, retention, recogniser, clock: systemClock, log };
  if (options.isSweep) {
    await sweepFolder(common);
    return;
  }
  const { key, isNew } = keyOf(options);
  const server = await startSpeechServer({ ...common, port, key });
  process.stdout.write(`listening on ${server.url}\n${isNew ? `key: ${key}\n` : ''}`);
  recogniser.prepare();
  await untilEnd(options, server);
  await server.close();
  await recogniser.close();
  // An open standard input would keep the process alive.
  process.exit();
}

/** The exit code for an error; `usage` explains the codes. */
function exitCode(thrown: unknown): number {
  if (thrown instanceof UsageError) {
    return 2;
  }
  if (thrown instanceof FolderInUse) {
    return 3;
  }
  const code = codeOf(thrown);
  const isListening = thrown instanceof Error && 'syscall' in thrown && thrown.syscall === 'listen';
  return isListening && (code === 'EADDRINUSE' || code === 'EACCES') ? 4 : 1;
}

// The program that reads the output may end before this one.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
main().catch((thrown: unknown) => {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  process.stderr.write(`${message}\n`, () => process.exit(exitCode(thrown)));
});
