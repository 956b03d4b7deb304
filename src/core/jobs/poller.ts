import { asFailure, type Failure } from '../failures/failure';
import type { TranscriptBody } from '../transcript/model';
import { Pace } from './pace';
import { firstPollDelayMs, localPollDelayMs, pollDelayMs } from './pollTiming';
import type { SpeechApi } from './speechApi';
import { mayPass } from './retryTiming';
import { isThrottled } from './slots';
import type { Clock, Log } from '../ports';

/** What is known of a job that is waited for. */
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

/** What the looks at one job have told so far. */
interface Watch {
  /** Where its wait counts from, ms since 1970. */
  readonly sinceMs: number;
  /** Undefined before the service was first reached. */
  readonly body: TranscriptBody | undefined;
}

/** Waits for jobs of one service. All of them share one, so that many jobs do not ask more than the service allows. */
export class Poller {
  private readonly pace: Pace;

  constructor(private readonly options: PollerOptions) {
    this.pace = new Pace(options.clock, options.random);
  }

  /**
   * Looks at a job until it is completed or failed at the service. Bad connections are waited out.
   *
   * @param onSeen called after each look but the last; undefined when the service could not be reached
   * @returns the job as the last look showed it, completed or failed
   * @throws Failure with the id of the transcript: `cancelled` by the signal, or what is for good
   */
  async untilFinal(
    job: WatchedJob,
    signal: AbortSignal,
    onSeen: (body: TranscriptBody | undefined) => void,
  ): Promise<TranscriptBody> {
    const { api, clock } = this.options;
    const { transcriptId } = job;
    let watch: Watch = { sinceMs: job.sinceMs, body: undefined };
    try {
      await clock.sleep(this.firstDelayMs(job), signal);
      for (;;) {
        const body = await this.look(transcriptId, signal);
        if (body?.status === 'completed' || body?.status === 'error') {
          return body;
        }
        onSeen(body);
        watch = seen(watch, body, clock.now());
        await clock.sleep(this.delayMs(job, watch), signal);
      }
    } catch (thrown) {
      throw asFailure(thrown).with({ transcriptId, host: api.host });
    }
  }

  /** The job as it stands, or undefined while the service cannot be reached. */
  private async look(transcriptId: string, signal: AbortSignal): Promise<TranscriptBody | undefined> {
    const { api, log } = this.options;
    try {
      return await this.pace.look(() => api.get(transcriptId, signal), signal);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!isTransient(failure)) {
        throw failure;
      }
      log.warn(`Could not ask for ${transcriptId}: ${failure.message}`);
      return undefined;
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

/** A look that found nobody tells nothing new. From the first that sees the job processing, its wait counts anew. */
function seen(watch: Watch, body: TranscriptBody | undefined, nowMs: number): Watch {
  if (body === undefined) {
    return watch;
  }
  const began = watch.body?.status === 'queued' && body.status === 'processing';
  return { sinceMs: began ? nowMs : watch.sinceMs, body };
}

/** What a running job outlives: it goes on at the service, only the connection is bad. */
function isTransient(failure: Failure): boolean {
  return mayPass(failure) || (failure.kind === 'unexpectedAnswer' && failure.status !== 403);
}
