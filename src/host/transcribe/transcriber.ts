import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import { asFailure, Failure, speechServerHost } from '../../core/failures/failure';
import { hasTranscript, jobIdentity, mayRunAtService, type Job } from '../../core/jobs/job';
import { begunAt, type Found, type UsableRecording } from '../../core/jobs/batchSummary';
import { extentOf, hasExtras, isLong } from '../../core/request/estimate';
import { destinationText } from '../../core/request/destination';
import { defaultInstructions, type Instructions } from '../../core/request/request';
import { logFailure } from '../platform/reportFailure';
import { localOrigin } from '../local/localApi';
import type { HostLog } from '../platform/log';
import { readAskAboveMinutes, readPricePerHour } from '../platform/settings';
import type { JobOutcome } from '../jobs/activeJob';
import { withJobProgress } from './withJobProgress';
import type { JobOrder, Jobs, OrderedJob } from '../jobs/jobs';
import { mapWithProgress } from './mapWithProgress';
import { asSettingsWant, askAboutExistingNote, isFinished, planFor, planForUrl, type Plan } from './plan';
import {
  showResults,
  showResult,
  showResumedResult,
  type RetryActions,
  type FailedResult,
  type Result,
} from './showResults';
import type { Listener } from '../jobs/runner';
import { askToTranscribe } from './confirm';
import type { Clock, Recording } from '../../core/ports';
import type { ShowWait } from '../platform/messages';

/** Who does the work. */
interface ServiceChoice {
  /** The origin of the service that the settings name, with a key at hand; undefined as long as nobody has chosen. */
  chosen(): Promise<string | undefined>;
  /** The same, asking for what is missing; undefined when the user gave up. */
  choose(): Promise<string | undefined>;
}

export interface TranscriberOptions {
  readonly jobs: Jobs;
  readonly services: ServiceChoice;
  /** Length of a recording in seconds, as its headers say; null where they do not. */
  readonly durationOf: (file: string, signal: AbortSignal) => Promise<number | null>;
  readonly showWait: ShowWait;
  readonly clock: Clock;
  readonly log: HostLog;
}

/** What may be done, and how it stands. */
type Candidate = Plan & UsableRecording;

/** When a summary with length and price is shown before anything is begun. */
type Ask = 'always' | 'if it is much' | 'never';

/** Stands for the service of a job that needs none, since its transcript is there already. */
export const noService = 'steno:none';

/** From files to notes: looks, asks, has the jobs done, shows. */
export class Transcriber {
  /** Files with an open question, so that a second click does not ask a second time. */
  private readonly asking = new Set<string>();

  constructor(private readonly options: TranscriberOptions) {}

  /** Transcribes files, one or many. Failures of single recordings are shown; what concerns the call as a whole is thrown. */
  readonly transcribe = (files: readonly string[]): Promise<void> =>
    this.transcribeWith(files, defaultInstructions);

  /** The same with options that were chosen: anew then, whatever transcript there is already. */
  readonly transcribeWith = async (files: readonly string[], instructions: Instructions): Promise<void> => {
    const [first] = files;
    if (files.length === 1 && first !== undefined) {
      await this.transcribeOne(first, () => planFor(first, instructions));
    } else if (first !== undefined) {
      await this.transcribeMany(files, 'if it is much', instructions);
    }
  };

  /**
   * Transcribes a recording on the web, which the service fetches itself.
   * @param url a direct link
   * @param folder absolute path; where its note goes
   */
  readonly transcribeUrl = (
    url: string,
    folder: string,
    instructions: Instructions = defaultInstructions,
  ): Promise<void> => this.transcribeOne(url, () => planForUrl(url, folder, instructions));

  /** All recordings of a folder, after a summary of what that means. */
  readonly transcribeFolder = (files: readonly string[]): Promise<void> =>
    this.transcribeMany(files, 'always', defaultInstructions);

  /** Goes on with jobs that failed or were left, and shows how they come out. */
  readonly retry = async (ids: readonly string[]): Promise<void> => {
    const jobs = this.options.jobs.open(ids);
    // What was not submitted begins anew: with the recording as it is now, and where the settings say now.
    const begun = jobs.filter((job) => mayRunAtService(job) || hasTranscript(job));
    const fresh = jobs.filter((job) => !begun.includes(job));
    const results = [
      ...(begun.length === 0
        ? []
        : await this.goOn(begun, (again, listener) => again.retry(idsOf(begun), listener))),
      ...(fresh.length === 0 ? [] : await this.beginAnew(fresh)),
    ];
    await this.show(results);
  };

  /** Writes the note of a transcript whose recording is not what it was, or not there. */
  readonly writeNoteAnyway = async (id: string): Promise<void> => {
    const jobs = this.options.jobs.open([id]);
    await this.show(await this.goOn(jobs, (all, listener) => all.writeNoteAnyway(id, listener)));
  };

  /** Shows how a job came out on which work went on by itself. */
  readonly present = async (outcome: JobOutcome): Promise<void> => {
    await showResumedResult(this.resultOf(outcome), outcome.job.batch === null, this.retryActions);
  };

  /** What the buttons of a message do about recordings that failed. */
  private readonly retryActions: RetryActions = {
    retry: async (failed) => {
      await this.retry(failed.flatMap(({ jobId }) => jobId ?? []));
      await this.transcribeAgain(failed.filter(({ jobId }) => jobId === undefined));
    },
    writeNoteAnyway: async ({ jobId }) => {
      await (jobId !== undefined && this.writeNoteAnyway(jobId));
    },
  };

  /** What came to nothing without a job, as it was chosen: those with the same instructions together. */
  private async transcribeAgain(failed: readonly FailedResult[]): Promise<void> {
    const onDisk = failed.filter(({ url }) => url === undefined);
    const alike = new Map(onDisk.map(({ instructions }) => [JSON.stringify(instructions), instructions]));
    for (const [key, instructions] of alike) {
      const those = onDisk.filter((each) => JSON.stringify(each.instructions) === key);
      await this.transcribeWith(
        those.map(({ file }) => file),
        instructions,
      );
    }
    for (const { file, instructions, url } of failed) {
      await (url !== undefined && this.transcribeUrl(url, path.dirname(file), instructions));
    }
  }

  private async transcribeOne(name: string, look: () => Promise<Plan>): Promise<void> {
    const plan = await this.whileAsking([name], async () => {
      const found = await look();
      const { existingNote } = found;
      return existingNote === undefined ? found : askAboutExistingNote(found, existingNote);
    });
    const results = plan === undefined ? undefined : await this.transcribePlans([plan], 'if it is much', []);
    const [result] = results ?? [];
    if (result !== undefined) {
      await showResult(result, this.retryActions, plan?.compare === true ? plan.existingNote : undefined);
    }
  }

  /** Transcribes what has no note yet: questions about each would be a nuisance. */
  private async transcribeMany(
    files: readonly string[],
    ask: Ask,
    instructions: Instructions,
  ): Promise<void> {
    const looked = await this.whileAsking(files, () =>
      mapWithProgress(files, this.options, (file) => this.look(file, instructions)),
    );
    if (looked === undefined) {
      return;
    }
    const refused = looked.filter((found) => 'failure' in found);
    const plans = looked.filter((found) => 'recording' in found);
    const fresh = plans.filter(({ existingNote }) => existingNote === undefined);
    const noted = plans.filter(({ existingNote }) => existingNote !== undefined);
    const left: Found[] = [
      ...noted.map(({ recording: { name } }): Found => ({ state: 'noted', name, durationSeconds: null })),
      ...refused.map(({ failure }): Found => ({ state: 'failed', failure })),
    ];
    const results = await this.transcribePlans(fresh, ask, left);
    // Whoever closes the question for a key wants nothing, and is told nothing.
    if (results !== undefined) {
      await showResults([...results, ...refused], noted.length, this.retryActions);
    }
  }

  /** One unusable file must not stop the others. */
  private async look(file: string, instructions: Instructions): Promise<Plan | FailedResult> {
    try {
      return await planFor(file, instructions);
    } catch (thrown) {
      const failure = asFailure(thrown);
      logFailure(this.options.log, file, failure);
      return { kind: 'failed', file, instructions, failure, jobId: undefined };
    }
  }

  /** Undefined when the user wants nothing after all. */
  private async transcribePlans(
    plans: readonly Plan[],
    ask: Ask,
    left: readonly Found[],
  ): Promise<readonly Result[] | undefined> {
    const { jobs, clock } = this.options;
    if (plans.length === 0 && ask !== 'always') {
      return [];
    }
    const files = plans.map(({ recording }) => recording.path);
    const orders = await this.whileAsking(files, () => this.ordersFor(plans, ask, left));
    const [first] = orders ?? [];
    if (orders === undefined || first === undefined) {
      return undefined;
    }
    const title = `Transcribing ${describe(orders)}${first.service === localOrigin ? ' on this machine' : ''}`;
    const begin = (listener: Listener, signal: AbortSignal): Promise<readonly OrderedJob[]> =>
      jobs.order(orders, listener, signal);
    return (await withJobProgress({ title, total: orders.length, begin }, jobs, clock)).map(this.resultOf);
  }

  /** Who does it, how much it is, whether that is wanted. */
  private async ordersFor(
    plans: readonly Plan[],
    ask: Ask,
    left: readonly Found[],
  ): Promise<readonly JobOrder[] | undefined> {
    const chosen = await this.options.services.chosen();
    const candidates = await this.findOut(plans, ask, chosen);
    if (candidates === undefined) {
      return undefined;
    }
    const isAllFinished = candidates.every(({ state }) => state === 'transcribed');
    const service = chosen ?? (await this.choose(isAllFinished));
    if (service === undefined) {
      return undefined;
    }
    expectReachable(plans, service);
    const begun = begunAt(service, this.options.jobs.entries);
    const standing = candidates.map((each): Candidate => {
      return { ...each, state: begun.get(jobIdentity(each.recording, service)) ?? each.state };
    });
    const wanted = await askForWanted(standing, left, ask, service);
    const batch = plans.length > 1 ? randomUUID() : null;
    return wanted?.map(({ recording, notePath, instructions, force, durationSeconds }) => ({
      service,
      recording,
      notePath,
      force,
      batch,
      durationSeconds,
      instructions: asSettingsWant(instructions),
    }));
  }

  /** How long they are, and whether they are transcribed already; undefined when the user has stopped it. */
  private async findOut(
    plans: readonly Plan[],
    ask: Ask,
    chosen: string | undefined,
  ): Promise<readonly Candidate[] | undefined> {
    const durations = await mapWithProgress(plans, this.options, ({ recording }, signal) =>
      recording.url === undefined ? this.options.durationOf(recording.path, signal) : Promise.resolve(null),
    );
    if (durations === undefined) {
      return undefined;
    }
    // Hashing a large file takes seconds, so that is done only where its answer matters now.
    const isEarly = chosen === undefined || isAsked(durations, ask, chosen);
    const finished = isEarly ? await mapWithProgress(plans, this.options, isFinished) : [];
    return (
      finished &&
      plans.map((plan, index): Candidate => {
        const state = finished[index] === true ? 'transcribed' : 'fresh';
        return { ...plan, name: plan.recording.name, state, durationSeconds: durations[index] ?? null };
      })
    );
  }

  private choose(isAllFinished: boolean): Promise<string | undefined> {
    return isAllFinished ? Promise.resolve(noService) : this.options.services.choose();
  }

  private async goOn(
    jobs: readonly Job[],
    begin: (jobs: Jobs, listener: Listener) => Promise<readonly OrderedJob[]>,
  ): Promise<readonly Result[]> {
    const { clock, jobs: all } = this.options;
    const title = `Transcribing ${describe(jobs)}`;
    const followed = { title, total: jobs.length, begin: (listener: Listener) => begin(all, listener) };
    return (await withJobProgress(followed, all, clock)).map(this.resultOf);
  }

  /** The same again, without the questions that were answered when they were chosen. */
  private async beginAnew(jobs: readonly Job[]): Promise<readonly Result[]> {
    const looked = await mapWithProgress(
      jobs,
      this.options,
      async ({ recording, instructions, force, id }) => {
        const found = await this.lookAgain(recording, instructions);
        return 'failure' in found ? { ...found, jobId: id } : { ...found, force };
      },
    );
    if (looked === undefined) {
      return [];
    }
    const plans = looked.filter((found) => 'recording' in found);
    const results = await this.transcribePlans(plans, 'never', []);
    return [...(results ?? []), ...looked.filter((found) => 'failure' in found)];
  }

  private async lookAgain(recording: Recording, instructions: Instructions): Promise<Plan | FailedResult> {
    const { url, path: file } = recording;
    return url === undefined
      ? this.look(file, instructions)
      : planForUrl(url, path.dirname(file), instructions);
  }

  private async show(results: readonly Result[]): Promise<void> {
    const [only] = results;
    if (results.length === 1 && only !== undefined) {
      await showResult(only, this.retryActions);
    } else if (results.length > 1) {
      await showResults(results, 0, this.retryActions);
    }
  }

  private readonly resultOf = (outcome: JobOutcome): Result => {
    const { job } = outcome;
    if (outcome.kind === 'written') {
      const { recording, stage } = outcome.job;
      return { kind: 'written', file: recording.path, notePath: stage.note, warnings: outcome.warnings };
    }
    const { failure } = outcome;
    if (failure.kind === 'cancelled') {
      this.options.log.info(`${job.recording.name}: cancelled`);
    } else {
      logFailure(this.options.log, job.recording.name, failure);
    }
    // What was refused or forgotten is no job that could go on.
    return {
      kind: 'failed',
      file: job.recording.path,
      url: job.recording.url,
      instructions: job.instructions,
      failure,
      jobId: job.halt === null ? undefined : job.id,
    };
  };

  /** @throws Failure `alreadyRunning` when one of them has an open question */
  private async whileAsking<T>(files: readonly string[], work: () => Promise<T>): Promise<T> {
    const asked = files.find((file) => this.asking.has(file));
    if (asked !== undefined) {
      throw new Failure('alreadyRunning', 'Its question is open', { subject: path.basename(asked) });
    }
    files.forEach((file) => this.asking.add(file));
    try {
      return await work();
    } finally {
      files.forEach((file) => this.asking.delete(file));
    }
  }
}

/** What the user wants of it, after a summary of what that means where it is due; undefined for nothing. */
async function askForWanted(
  candidates: readonly Candidate[],
  left: readonly Found[],
  ask: Ask,
  service: string,
): Promise<readonly Candidate[] | undefined> {
  const durations = candidates.flatMap(({ state, durationSeconds }) =>
    state === 'fresh' ? [durationSeconds] : [],
  );
  if (!isAsked(durations, ask, service)) {
    return candidates;
  }
  const pricePerHour = service === localOrigin ? null : readPricePerHour();
  const extras = candidates.some(({ instructions }) => hasExtras(instructions.options));
  const found = [...candidates, ...left];
  const isWanted = await askToTranscribe(found, pricePerHour, destinationText(service), extras);
  return isWanted ? candidates.filter(({ state }) => state !== 'atWork') : undefined;
}

/** What is on the web cannot be fetched by the server on this machine. @throws Failure `beyondLocal` */
function expectReachable(plans: readonly Plan[], service: string): void {
  const onWeb =
    service === localOrigin ? plans.find(({ recording }) => recording.url !== undefined) : undefined;
  if (onWeb !== undefined) {
    throw new Failure('beyondLocal', 'The speech server on this machine fetches nothing from the network', {
      subject: onWeb.recording.name,
      host: speechServerHost,
    });
  }
}

/** Whether a summary is shown of recordings of these durations before they are transcribed there. */
function isAsked(durations: readonly (number | null)[], ask: Ask, service: string): boolean {
  const isPaid = service !== localOrigin && durations.length > 0;
  const isMuch = isPaid && isLong(extentOf(durations), readAskAboveMinutes());
  return ask === 'always' || (ask === 'if it is much' && isMuch);
}

function describe(jobs: readonly Pick<Job, 'recording'>[]): string {
  const [only] = jobs;
  return jobs.length === 1 && only !== undefined ? only.recording.name : `${jobs.length} recordings`;
}

const idsOf = (jobs: readonly Job[]): readonly string[] => jobs.map(({ id }) => id);
