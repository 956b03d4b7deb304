import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Log } from '../core/ports';
import { startHttpServer, type HttpLimits } from './http/httpServer';
import { JobQueue, type JobQueueOptions, type Retention } from './jobs/jobQueue';
import { lockFolder } from './jobs/lock';
import type { Recogniser } from './recognition/recogniser';
import { TranscriptStore } from './jobs/transcriptStore';
import { UploadStore } from './jobs/uploadStore';

/** How to start the speech server. */
export interface SpeechServerOptions {
  /** 0: any free port. */
  readonly port: number;
  /** The API key that requests must send. */
  readonly key: string;
  /** Folder for uploads and transcripts. Only one server at a time can use it. */
  readonly dataFolder: string;
  readonly retention: Retention;
  readonly recogniser: Recogniser;
  readonly clock: Clock;
  readonly log: Log;
  /** Limits other than the defaults. */
  readonly limits?: Partial<HttpLimits>;
}

/** A running speech server: the HTTP server and its jobs. */
export interface SpeechServer {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Resolves when there were no jobs and no requests for this long. Rejects when the server is closed. */
  untilIdle(ms: number): Promise<void>;
  /** Stops the jobs and the HTTP server and unlocks the folder. */
  close(): Promise<void>;
}

const sweepIntervalMs = 3_600_000;

/** The longest time that Node's timers support. */
const maxSleepMs = 2 ** 31 - 1;

async function openStores(dataFolder: string): Promise<Pick<JobQueueOptions, 'transcripts' | 'uploads'>> {
  return {
    transcripts: await TranscriptStore.open(join(dataFolder, 'transcripts')),
    uploads: await UploadStore.open(join(dataFolder, 'uploads')),
  };
}

/**
 * Removes old uploads and transcripts from a folder.
 *
 * @throws FolderInUse when a server is using the folder
 */
export async function sweepFolder(
  options: Omit<SpeechServerOptions, 'port' | 'key' | 'limits'>,
): Promise<void> {
  const { dataFolder, recogniser, clock, log } = options;
  const unlock = await lockFolder(dataFolder);
  try {
    const common = { recogniser, now: () => clock.now(), newId: randomUUID, log };
    await new JobQueue({ ...common, ...(await openStores(dataFolder)) }).sweep(options.retention);
  } finally {
    await unlock();
  }
}

/** Sweeps now and then until the signal is aborted. */
async function sweepRepeatedly(
  jobs: JobQueue,
  { retention, clock, log }: SpeechServerOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await jobs
      .sweep(retention)
      .catch((thrown: unknown) => log.warn(`Old files could not be removed: ${String(thrown)}`));
    await clock.sleep(sweepIntervalMs, signal).catch(() => undefined);
  }
}

/**
 * Starts a server on a folder and goes on with its unfinished jobs.
 *
 * @throws FolderInUse when another server is using the folder
 * @throws Error of Node when the port is not available or the folder is not accessible
 */
export async function startSpeechServer(options: SpeechServerOptions): Promise<SpeechServer> {
  const { dataFolder, clock, log } = options;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(dataFolder);
  const closing = new AbortController();
  try {
    const { transcripts, uploads } = await openStores(dataFolder);
    const common = { now: () => clock.now(), newId: randomUUID, uploads, log };
    const jobs = new JobQueue({ ...common, transcripts, recogniser: options.recogniser });
    const { port, key, limits = {} } = options;
    // Listen before any job starts: if the port is not available, a started job would count as one that crashed the server.
    const server = await startHttpServer({ ...common, port, key, jobs, limits });
    await jobs.resume();
    const sweeping = sweepRepeatedly(jobs, options, closing.signal);
    return {
      url: server.url,
      untilIdle: async (ms) => {
        let idleSinceMs = clock.now();
        while (idleSinceMs + ms > clock.now()) {
          const remainingMs = idleSinceMs + ms - clock.now();
          await clock.sleep(Math.min(remainingMs, maxSleepMs), closing.signal);
          const isBusy = jobs.isBusy || server.openRequests > 0;
          idleSinceMs = isBusy ? clock.now() : Math.max(idleSinceMs, server.lastRequestMs);
        }
      },
      close: async () => {
        closing.abort();
        await server.close();
        await jobs.close();
        await sweeping;
        await unlock();
      },
    };
  } catch (thrown) {
    await unlock();
    throw thrown;
  }
}
