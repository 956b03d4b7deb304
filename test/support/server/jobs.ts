import type { JsonObject } from '../../../src/core/json';
import {
  completedBody,
  deletedBody,
  failedBody,
  processingBody,
  queuedBody,
} from '../../../src/local/api/bodies';
import { newness } from './bodies';
import { resultsFor, withoutFeatures } from './features';
import { modelResults } from './models';

/** How a job ends: with results laid over its body, or with the text of `error`. */
export type JobPlan = { readonly results: JsonObject } | { readonly error: string };

/**
 * When a job moves on: at its n-th GET, only when the test says so, or after real time (for demonstrations).
 */
export type Pace = { readonly polls: number } | 'manual' | { readonly finishMs: number };

export interface Job {
  readonly id: string;
  readonly plan: JobPlan;
  readonly parameters: JsonObject;
  /** ms since 1970. */
  readonly createdMs: number;
  completedMs: number | undefined;
  body: JsonObject;
  isDeleted: boolean;
  /** Lists that still show this job as it was before it was deleted, as the API's do for minutes. */
  deletionHidden: number;
  /** What it was made of, also when that is deleted. */
  readonly audioUrl: string;
  /** How often its redacted audio was requested. */
  redactedAudioPolls: number;
  /** GETs so far. */
  polls: number;
  /** Lists that still leave this job out, as the API's do for some seconds. */
  hiddenFromLists: number;
}

export interface JobsOptions {
  readonly pace: Pace;
  /** Jobs processing at once, of one key. */
  readonly concurrency: number;
  readonly newness: boolean;
  /** The model of jobs that name none. */
  readonly defaultModel: string;
  readonly now: () => number;
}

/** The jobs of one key: a queue in order of arrival, of which several are processed at the same time. */
export class Jobs {
  /** In order of arrival. */
  readonly all: Job[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(private readonly options: JobsOptions) {}

  find(id: string): Job | undefined {
    return this.all.find((job) => job.id === id);
  }

  add(id: string, parameters: JsonObject, plan: JobPlan, hiddenFromLists: number): Job {
    const job: Job = {
      id,
      plan,
      parameters,
      hiddenFromLists,
      polls: 0,
      isDeleted: false,
      deletionHidden: 0,
      audioUrl: String(parameters['audio_url']),
      redactedAudioPolls: 0,
      createdMs: this.options.now(),
      completedMs: undefined,
      body: queuedBody(id, parameters),
    };
    this.all.push(job);
    const { pace } = this.options;
    if (typeof pace === 'object' && 'finishMs' in pace) {
      this.after(pace.finishMs / 4, () => this.start(job));
    }
    return job;
  }

  /** Counts a GET, which moves the job on where polls set the pace. */
  poll(job: Job): void {
    job.polls += 1;
    const { pace } = this.options;
    if (typeof pace !== 'object' || !('polls' in pace)) {
      return;
    }
    if (job.polls > 1 || pace.polls <= 2) {
      this.start(job);
    }
    if (job.polls >= pace.polls) {
      this.finish(job);
    }
  }

  /** One step: queued → processing → final. Returns the new status. */
  advance(job: Job): string {
    if (job.body['status'] === 'queued') {
      this.start(job);
    } else {
      this.finish(job);
    }
    return String(job.body['status']);
  }

  /** @param deletionHidden lists that do not show it yet */
  delete(job: Job, deletionHidden: number): void {
    job.deletionHidden = job.isDeleted ? job.deletionHidden : deletionHidden;
    job.isDeleted = true;
    job.body = deletedBody({ ...withoutFeatures(job.body), language_confidence: null });
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
  }

  private start(job: Job): void {
    if (job.body['status'] !== 'queued') {
      return;
    }
    const isFirstInLine = this.all.find((each) => each.body['status'] === 'queued') === job;
    const processing = this.all.filter((each) => each.body['status'] === 'processing').length;
    if (processing >= this.options.concurrency || !isFirstInLine) {
      job.body = { ...job.body, throttled: processing >= this.options.concurrency };
      return;
    }
    job.body = processingBody(job.body);
    const { pace } = this.options;
    if (typeof pace === 'object' && 'finishMs' in pace) {
      this.after((pace.finishMs * 3) / 4, () => {
        this.finish(job);
        this.all.forEach((each) => this.start(each));
      });
    }
  }

  private finish(job: Job): void {
    if (job.body['status'] !== 'processing') {
      return;
    }
    job.completedMs = this.options.now();
    const body =
      'error' in job.plan
        ? failedBody(job.body, job.plan.error)
        : completedBody(job.body, this.resultsOf(job.parameters, job.plan.results));
    job.body = { ...body, ...(this.options.newness ? newness : {}) };
  }

  private resultsOf(parameters: JsonObject, results: JsonObject): JsonObject {
    return {
      ...modelResults(parameters, results, this.options.defaultModel),
      ...resultsFor(parameters, results),
    };
  }

  private after(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      action();
    }, ms);
    this.timers.add(timer);
  }
}
