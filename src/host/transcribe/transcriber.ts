import * as path from 'node:path';
import { asFailure } from '../../core/failures/failure';
import {
  groupByInstructions,
  progressTitle,
  splitRetries,
  type AskWhen,
} from '../../core/jobs/batchDecisions';
import type { ChosenRecording } from '../../core/jobs/batchSummary';
import type { Job } from '../../core/jobs/job';
import type { Recording } from '../../core/ports';
import { defaultInstructions, type Instructions } from '../../core/request/request';
import type { JobOutcome } from '../jobs/activeJob';
import type { Jobs } from '../jobs/jobs';
import { withNoteIn } from '../jobs/withNoteIn';
import { localOrigin } from '../local/localApi';
import { chooseOtherFolder } from '../options/chooseFolder';
import type { HostLog } from '../platform/log';
import { logFailure } from '../platform/reportFailure';
import { mapWithProgress } from './mapWithProgress';
import { OpenQuestions } from './openQuestions';
import { askAboutExistingNote, planFor, planForUrl, type Plan } from './plan';
import { prepareOrders, type OrderParts } from './prepareOrders';
import { resultOf, type FailedResult, type Result } from './result';
import { showResult, showResults, showUnattendedResult, type RetryActions } from './showResults';
import { withJobProgress, type Begin } from './withJobProgress';

export interface TranscriberOptions extends OrderParts {
  readonly jobs: Jobs;
  readonly log: HostLog;
}

/** From files to notes: plans what to do, asks, runs the jobs, and shows what became of them. */
export class Transcriber {
  private readonly questions = new OpenQuestions();

  constructor(private readonly options: TranscriberOptions) {}

  /** Transcribes files, one or many. Shows failures of single recordings; throws what concerns all of them. */
  readonly transcribe = (files: readonly string[]): Promise<void> =>
    this.transcribeWith(files, defaultInstructions);

  /** Transcribes files with chosen options, even where there is a transcript. */
  readonly transcribeWith = async (files: readonly string[], instructions: Instructions): Promise<void> => {
    const [first] = files;
    if (files.length === 1 && first !== undefined) {
      await this.transcribeOne(first, () => planFor(first, instructions));
    } else if (first !== undefined) {
      await this.transcribeMany(files, 'ifLong', instructions);
    }
  };

  /**
   * Transcribes a recording on the web, which the service fetches itself.
   * @param url a direct link
   * @param folder for its note, an absolute path
   */
  readonly transcribeUrl = (
    url: string,
    folder: string,
    instructions: Instructions = defaultInstructions,
  ): Promise<void> => this.transcribeOne(url, () => planForUrl(url, folder, instructions));

  /** Transcribes all recordings of a folder, after a summary of what that means. */
  readonly transcribeFolder = (files: readonly string[]): Promise<void> =>
    this.transcribeMany(files, 'always', defaultInstructions);

  /** Goes on with halted jobs, and shows what became of them. */
  readonly retry = async (ids: readonly string[]): Promise<void> => {
    const { resumed, restarted } = splitRetries(this.options.jobs.resting(ids));
    const resumedIds = resumed.map(({ id }) => id);
    await this.show([
      ...(await this.follow(resumed, (onProgress) => this.options.jobs.retry(resumedIds, onProgress))),
      ...(await this.restart(restarted)),
    ]);
  };

  /** Writes the note of a transcript whose recording is gone, or is another one now. */
  readonly writeNoteAnyway = async (id: string): Promise<void> => {
    const { jobs } = this.options;
    const begin: Begin = (onProgress) => jobs.writeNoteAnyway(id, onProgress);
    await this.show(await this.follow(jobs.resting([id]), begin));
  };

  /** Lets the user choose another folder, and goes on with failed jobs whose notes are to be written there. */
  readonly saveElsewhere = async (ids: readonly string[]): Promise<void> => {
    const { clock, jobs } = this.options;
    const folder = await chooseOtherFolder('Folder for the Note');
    if (folder !== undefined) {
      const begin: Begin = (onProgress) =>
        jobs.retry(ids, onProgress, (job) => withNoteIn(folder, job, clock.now()));
      await this.show(await this.follow(jobs.resting(ids), begin));
    }
  };

  /** Shows what became of a job that went on by itself. */
  readonly showUnattended = async (outcome: JobOutcome): Promise<void> => {
    const [result] = this.resultsOf([outcome]);
    await (result && showUnattendedResult(result, outcome.job.batch === null, this.retryActions));
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
    saveElsewhere: (failed) => this.saveElsewhere(failed.flatMap(({ jobId }) => jobId ?? [])),
  };

  /** Transcribes recordings that have no job as they were chosen: those with the same instructions together. */
  private async transcribeAgain(failed: readonly FailedResult[]): Promise<void> {
    const onDisk = failed.filter(({ url }) => url === undefined);
    for (const { instructions, items } of groupByInstructions(onDisk)) {
      const files = items.map(({ file }) => file);
      await this.transcribeWith(files, instructions);
    }
    for (const { file, instructions, url } of failed) {
      await (url !== undefined && this.transcribeUrl(url, path.dirname(file), instructions));
    }
  }

  private async transcribeOne(name: string, makePlan: () => Promise<Plan>): Promise<void> {
    const plan = await this.questions.during([name], async () => {
      const made = await makePlan();
      const { existingNote } = made;
      return existingNote === undefined ? made : askAboutExistingNote(made, existingNote);
    });
    const results = plan === undefined ? undefined : await this.carryOut([plan], 'ifLong', []);
    const [result] = results ?? [];
    if (result !== undefined) {
      await showResult(result, this.retryActions, plan?.compare === true ? plan.existingNote : undefined);
    }
  }

  /** Transcribes what has no note yet: a question about each note would be a nuisance. */
  private async transcribeMany(
    files: readonly string[],
    askWhen: AskWhen,
    instructions: Instructions,
  ): Promise<void> {
    const planned = await this.questions.during(files, () =>
      mapWithProgress(files, this.options, (file) => this.planOrRefuse(file, instructions)),
    );
    if (planned === undefined) {
      return;
    }
    const refused = planned.filter((each) => 'failure' in each);
    const plans = planned.filter((each) => 'recording' in each);
    const withoutNote = plans.filter(({ existingNote }) => existingNote === undefined);
    const withNote = plans.filter(({ existingNote }) => existingNote !== undefined);
    const skipped: ChosenRecording[] = [
      ...withNote.map(
        ({ recording: { name } }) => ({ state: 'hasNote', name, durationSeconds: null }) as const,
      ),
      ...refused.map(({ failure }) => ({ state: 'failed', failure }) as const),
    ];
    const results = await this.carryOut(withoutNote, askWhen, skipped);
    // A user who closes the question for a key does not want a summary.
    if (results !== undefined) {
      await showResults([...results, ...refused], withNote.length, this.retryActions);
    }
  }

  /** One unusable file must not stop the others. */
  private async planOrRefuse(file: string, instructions: Instructions): Promise<Plan | FailedResult> {
    try {
      return await planFor(file, instructions);
    } catch (thrown) {
      const failure = asFailure(thrown);
      logFailure(this.options.log, file, failure);
      return { kind: 'failed', file, instructions, failure, jobId: undefined };
    }
  }

  /** Undefined when the user does not want it after all. */
  private async carryOut(
    plans: readonly Plan[],
    askWhen: AskWhen,
    skipped: readonly ChosenRecording[],
  ): Promise<readonly Result[] | undefined> {
    const { jobs } = this.options;
    if (plans.length === 0 && askWhen !== 'always') {
      return [];
    }
    const files = plans.map(({ recording }) => recording.path);
    const orders = await this.questions.during(files, () =>
      prepareOrders(plans, askWhen, skipped, this.options),
    );
    const [first] = orders ?? [];
    if (orders === undefined || first === undefined) {
      return undefined;
    }
    return this.follow(
      orders,
      (onProgress, signal) => jobs.order(orders, onProgress, signal),
      first.service === localOrigin,
    );
  }

  /** Starts halted jobs over, without the questions that were answered when they were chosen. */
  private async restart(halted: readonly Job[]): Promise<readonly Result[]> {
    if (halted.length === 0) {
      return [];
    }
    const planned = await mapWithProgress(
      halted,
      this.options,
      async ({ recording, instructions, force, id }) => {
        const made = await this.planAgain(recording, instructions);
        return 'failure' in made ? { ...made, jobId: id } : { ...made, force };
      },
    );
    if (planned === undefined) {
      return [];
    }
    const plans = planned.filter((each) => 'recording' in each);
    const results = await this.carryOut(plans, 'never', []);
    return [...(results ?? []), ...planned.filter((each) => 'failure' in each)];
  }

  private async planAgain(recording: Recording, instructions: Instructions): Promise<Plan | FailedResult> {
    const { url, path: file } = recording;
    return url === undefined
      ? this.planOrRefuse(file, instructions)
      : planForUrl(url, path.dirname(file), instructions);
  }

  /** Shows the progress of jobs until all of them have ended. */
  private async follow(
    chosen: readonly Pick<Job, 'recording'>[],
    begin: Begin,
    isLocal = false,
  ): Promise<readonly Result[]> {
    const { clock, jobs } = this.options;
    if (chosen.length === 0) {
      return [];
    }
    const title = progressTitle(
      chosen.map(({ recording }) => recording),
      isLocal,
    );
    return this.resultsOf(await withJobProgress({ title, total: chosen.length, begin }, jobs, clock));
  }

  private resultsOf(outcomes: readonly JobOutcome[]): readonly Result[] {
    for (const outcome of outcomes) {
      const { name } = outcome.job.recording;
      if (outcome.kind === 'failed' && outcome.failure.kind === 'cancelled') {
        this.options.log.info(`${name}: cancelled`);
      } else if (outcome.kind === 'failed') {
        logFailure(this.options.log, name, outcome.failure);
      }
    }
    return outcomes.map(resultOf);
  }

  private async show(results: readonly Result[]): Promise<void> {
    const [only] = results;
    if (results.length === 1 && only !== undefined) {
      await showResult(only, this.retryActions);
    } else if (results.length > 1) {
      await showResults(results, 0, this.retryActions);
    }
  }
}
