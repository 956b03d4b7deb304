import { asFailure, Failure } from '../failures/failure';
import type { TranscriptBody } from '../transcript/model';
import { Pace } from './pace';
import { firstPollDelayMs, localPollDelayMs, pollDelayMs } from './pollTiming';
import type { SpeechApi } from './speechApi';
import { mayPass } from './retryTiming';
import { isThrottled } from './slots';
import type { Clock, Log } from '../ports';

/** What a poller has to know about a job. */
export interface WatchedJob {
  readonly transcriptId: string;
  /** When it was submitted, ms since 1970. */
  readonly sinceMs: number;
  /** Of the recording; null where it is not known. */
  readonly durationSeconds: number | null;
}

export interface PollerOptions {
  readonly api: SpeechApi;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** What polling a job has told so far. */
interface Watch {
  /** When its wait began, ms since 1970. */
  readonly sinceMs: number;
  /** Undefined before the service was first reached. */
  readonly body: TranscriptBody | undefined;
  /** The answers that cannot be read, since the last other one. */
  readonly unreadable: { readonly count: number; readonly sinceMs: number } | undefined;
}

/**
 * How long answers that cannot be read are waited out, in ms. A gateway may send such while it is restarted; after that, more
 * of the same tell nothing new, and the user has to know.
 */
const unreadableMs = 15 * 60_000;
/** So many of them at least: a machine that sleeps asks no more, while time goes on. */
const minUnreadable = 20;

/** Polls the jobs of one service. All of them share one poller, so that many jobs do not ask more than the service allows. */
export class Poller {
  private readonly pace: Pace;

  constructor(private readonly options: PollerOptions) {
    this.pace = new Pace(options.clock, options.random);
  }

  /**
   * Polls a job until it is completed or failed at the service. Bad connections are waited out.
   *
   * @param onPolled called after each poll but the last; with undefined when the service could not be reached
   * @returns the completed or failed job
   * @throws Failure with the id of the transcript: `cancelled` by the signal, or one that will not pass
   */
  async untilFinal(
    job: WatchedJob,
    signal: AbortSignal,
    onPolled: (body: TranscriptBody | undefined) => void,
  ): Promise<TranscriptBody> {
    const { api, clock } = this.options;
    const { transcriptId } = job;
    let watch: Watch = { sinceMs: job.sinceMs, body: undefined, unreadable: undefined };
    try {
      await clock.sleep(this.firstDelayMs(job), signal);
      for (;;) {
        const answer = await this.poll(transcriptId, signal);
        const body = answer instanceof Failure ? undefined : answer;
        if (body?.status === 'completed' || body?.status === 'error') {
          return body;
        }
        onPolled(body);
        watch = watchAfter(watch, answer, clock.now());
        await clock.sleep(this.delayMs(job, watch), signal);
      }
    } catch (thrown) {
      throw asFailure(thrown).with({ transcriptId, host: api.host });
    }
  }

  /** The job as it stands, or why that is not known, if that may pass. */
  private async poll(transcriptId: string, signal: AbortSignal): Promise<TranscriptBody | Failure> {
    const { api, log } = this.options;
    try {
      return await this.pace.poll(() => api.get(transcriptId, signal), signal);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!isTransient(failure)) {
        throw failure;
      }
      log.warn(`Could not ask for ${transcriptId}: ${failure.message}`);
      return failure;
    }
  }

  private firstDelayMs({ sinceMs }: WatchedJob): number {
    const { api, clock, random } = this.options;
    return api.local === undefined ? firstPollDelayMs(clock.now() - sinceMs, random()) : 0;
  }

  private delayMs({ durationSeconds }: WatchedJob, { sinceMs, body }: Watch): number {
    const { api, clock, random } = this.options;
    const elapsedMs = clock.now() - sinceMs;
    const isHeldBack = body !== undefined && isThrottled(body);
    return api.local === undefined
      ? pollDelayMs({ elapsedMs, durationSeconds, isHeldBack }, random())
      : localPollDelayMs;
  }
}

/**
 * A poll without an answer tells nothing new. The wait is counted again from the first poll that finds the job processing.
 *
 * @throws the Failure of an answer that cannot be read, after `unreadableMs` and `minUnreadable` of them
 */
function watchAfter(watch: Watch, answer: TranscriptBody | Failure, nowMs: number): Watch {
  if (answer instanceof Failure) {
    if (answer.kind !== 'unexpectedAnswer') {
      return { ...watch, unreadable: undefined };
    }
    const { count, sinceMs } = watch.unreadable ?? { count: 0, sinceMs: nowMs };
    if (count + 1 >= minUnreadable && nowMs - sinceMs >= unreadableMs) {
      throw answer;
    }
    return { ...watch, unreadable: { count: count + 1, sinceMs } };
  }
  const began = watch.body?.status === 'queued' && answer.status === 'processing';
  return { sinceMs: began ? nowMs : watch.sinceMs, body: answer, unreadable: undefined };
}

/** Whether a job outlives a failure: it goes on at the service, only the connection is bad. */
function isTransient(failure: Failure): boolean {
  return mayPass(failure) || (failure.kind === 'unexpectedAnswer' && failure.status !== 403);
}
