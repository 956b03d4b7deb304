import { Failure } from '../../src/core/failures/failure';
import { Poller, type WatchedJob } from '../../src/core/jobs/poller';
import type { SpeechApi } from '../../src/core/jobs/speechApi';
import type { TranscriptBody } from '../../src/core/transcript/model';
import { ListedApi, silentLog } from './fakeJobs';
import { seededRandom } from './seededRandom';
import { VirtualClock } from './virtualClock';

const short = { transcriptId: 'job', durationSeconds: 120 };

/** What the service says of a job, the next time it is asked. */
export type Answer = (transcriptId: string, signal: AbortSignal, nowMs: number) => Promise<TranscriptBody>;

/** A poller at a service that answers as told, and when it was asked. */
export class PollerBench {
  readonly clock = new VirtualClock();
  readonly startMs = this.clock.now();
  readonly looks: { readonly transcriptId: string; readonly atMs: number }[] = [];
  readonly seen: (string | undefined)[] = [];
  readonly api = new ListedApi([]);
  readonly poller: Poller;
  private readonly controllers: AbortController[] = [];

  constructor(answer: Answer, random = seededRandom(7)) {
    const get: SpeechApi['get'] = (transcriptId, signal) => {
      const atMs = this.clock.now();
      this.looks.push({ transcriptId, atMs });
      return answer(transcriptId, signal, atMs);
    };
    const { api, clock } = this;
    this.poller = new Poller({ api: Object.assign(api, { get }), clock, random, log: silentLog });
  }

  /** Waits for a job that was submitted so long ago, ms. */
  wait(job: Partial<WatchedJob> = {}, agoMs = 0): Promise<TranscriptBody> {
    const controller = new AbortController();
    this.controllers.push(controller);
    const sinceMs = this.clock.now() - agoMs;
    return this.poller.untilFinal({ ...short, sinceMs, ...job }, controller.signal, (body) =>
      this.seen.push(body?.status),
    );
  }

  /** Begins to wait for that many jobs. */
  waitForMany(
    count: number,
    agoMs: (index: number) => number = () => 0,
  ): Promise<PromiseSettledResult<TranscriptBody>[]> {
    const indices = Array.from({ length: count }, (_, index) => index);
    return Promise.allSettled(
      indices.map((index) => this.wait({ transcriptId: `job-${index}` }, agoMs(index))),
    );
  }

  /** Cancels all waits. */
  abort(): void {
    this.controllers.forEach((controller) => controller.abort());
  }

  /** Waits for that many jobs, and gives up after so long. */
  async watchMany(count: number, forMs: number, agoMs?: (index: number) => number): Promise<void> {
    const waits = this.waitForMany(count, agoMs);
    await this.clock.advance(forMs);
    this.abort();
    await waits;
  }

  /** From one look to the next, ms; the first one from the beginning. */
  get delaysMs(): number[] {
    return this.looks.map(({ atMs }, index) => atMs - (this.looks[index - 1]?.atMs ?? this.startMs));
  }
}

/** A job as the API tells of it, with as little as a client must live with. */
export function body(
  id: string,
  status: TranscriptBody['status'],
  throttled: boolean | null = null,
): TranscriptBody {
  return { id, status, throttled };
}

/** Answers one after another, the last one forever. */
export function inTurn(...answers: readonly (TranscriptBody['status'] | 'throttled' | Failure)[]): Answer {
  let asked = 0;
  return (id) => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (answer === undefined || answer instanceof Failure) {
      return Promise.reject(answer ?? new Error('Nothing to answer'));
    }
    return Promise.resolve(
      answer === 'throttled'
        ? body(id, 'queued', true)
        : body(id, answer, answer === 'queued' ? false : null),
    );
  };
}

/** Every job is at work, for ever. */
export const processing: Answer = (id) => Promise.resolve(body(id, 'processing'));
/** Every job is held back, for ever. */
export const throttled: Answer = (id) => Promise.resolve(body(id, 'queued', true));

/** The same so many times. */
export function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}
