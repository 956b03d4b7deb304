import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startLocalServer, type ServerLimits } from './http/server';
import { JobQueue, type JobQueueOptions, type Retention } from './jobs/jobQueue';
import { lockFolder } from './jobs/lock';
import type { Recogniser } from './jobs/recogniser';
import { TranscriptStore } from './jobs/transcriptStore';
import { UploadStore } from './jobs/uploadStore';
import type { Clock, Log } from '../core/ports';

export interface ServiceOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly key: string;
  /** Where uploads and transcripts are kept; one server at a time works there. */
  readonly dataFolder: string;
  readonly retention: Retention;
  readonly recogniser: Recogniser;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<ServerLimits>;
}

/** A server with its jobs. */
export interface Service {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Resolves after so long a time without a job and without a request. */
  untilIdle(ms: number): Promise<void>;
  close(): Promise<void>;
}

const sweepEveryMs = 3_600_000;

/** Node's timers count no further. */
const longestSleepMs = 2 ** 31 - 1;

/** What is kept in a folder. */
async function openStores(dataFolder: string): Promise<Pick<JobQueueOptions, 'transcripts' | 'uploads'>> {
  return {
    transcripts: await TranscriptStore.open(join(dataFolder, 'transcripts')),
    uploads: await UploadStore.open(join(dataFolder, 'uploads')),
  };
}

/**
 * Removes what is old in a folder that no server is using.
 *
 * @throws FolderInUse
 */
export async function sweepFolder(options: Omit<ServiceOptions, 'port' | 'key' | 'limits'>): Promise<void> {
  const { dataFolder, recogniser, clock, log } = options;
  const unlock = await lockFolder(dataFolder);
  try {
    const common = { recogniser, now: () => clock.now(), newId: randomUUID, log };
    await new JobQueue({ ...common, ...(await openStores(dataFolder)) }).sweep(options.retention);
  } finally {
    await unlock();
  }
}

/** Repeats something until the signal is aborted. */
async function repeat(
  everyMs: number,
  action: () => Promise<void>,
  { clock, log }: ServiceOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await action().catch((thrown: unknown) => log.warn(`Sweeping: ${String(thrown)}`));
    await clock.sleep(everyMs, signal).catch(() => undefined);
  }
}

/**
 * Starts a server on the jobs of a folder and takes up those that are not finished.
 *
 * @throws FolderInUse, and of Node when the port or the folder cannot be had
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { dataFolder, clock, log } = options;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(dataFolder);
  const closing = new AbortController();
  try {
    const { transcripts, uploads } = await openStores(dataFolder);
    const common = { now: () => clock.now(), newId: randomUUID, uploads, log };
    const jobs = new JobQueue({ ...common, transcripts, recogniser: options.recogniser });
    const { port, key, limits = {} } = options;
    // The port first: a job that is begun and not ended counts as one that killed its server.
    const server = await startLocalServer({ ...common, port, key, jobs, limits });
    await jobs.resume();
    const sweeping = repeat(sweepEveryMs, () => jobs.sweep(options.retention), options, closing.signal);
    return {
      url: server.url,
      untilIdle: async (ms) => {
        let quietSinceMs = clock.now();
        while (quietSinceMs + ms > clock.now()) {
          const leftMs = quietSinceMs + ms - clock.now();
          await clock.sleep(Math.min(leftMs, longestSleepMs), closing.signal);
          const isBusy = jobs.isBusy || server.openRequests > 0;
          quietSinceMs = isBusy ? clock.now() : Math.max(quietSinceMs, server.lastRequestMs);
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
