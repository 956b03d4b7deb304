import { extentOf, isLong } from '../request/estimate';
import type { Instructions } from '../request/request';
import type { UsableRecording } from './batchSummary';
import { hasTranscript, jobIdentity, mayRunAtService, type Job } from './job';
import { stateOf, type JobEntry } from './jobEntry';

/** When to ask the user, with length and price, before a batch begins. */
export type AskWhen = 'always' | 'ifLong' | 'never';

/** What decides whether to ask. */
export interface Question {
  /** Of the recordings that must be transcribed, seconds; null where the headers do not tell. */
  readonly durations: readonly (number | null)[];
  readonly askWhen: AskWhen;
  /** Whether the work costs money. */
  readonly isPaid: boolean;
  /** From the settings; 0 for always. */
  readonly askAboveMinutes: number;
}

/** Whether to ask the user before a batch begins. */
export function isQuestionDue({ durations, askWhen, isPaid, askAboveMinutes }: Question): boolean {
  const costs = isPaid && durations.length > 0;
  const isMuch = costs && isLong(extentOf(durations), askAboveMinutes);
  return askWhen === 'always' || (askWhen === 'ifLong' && isMuch);
}

/** The durations of those recordings that must be transcribed, seconds. */
export function durationsToTranscribe(
  recordings: readonly Pick<UsableRecording, 'state' | 'durationSeconds'>[],
): readonly (number | null)[] {
  return recordings.filter(({ state }) => state === 'fresh').map(({ durationSeconds }) => durationSeconds);
}

/** The state of each recording that has an unfinished job at the service, by `jobIdentity`. */
export function statesAt(
  service: string,
  entries: readonly JobEntry[],
): ReadonlyMap<string, 'submitted' | 'atWork'> {
  return new Map(
    entries.flatMap((entry) => {
      const { job } = entry;
      const state = openState(entry);
      return job.service !== service || state === undefined
        ? []
        : [[jobIdentity(job.recording, service), state] as const];
    }),
  );
}

function openState(entry: JobEntry): 'submitted' | 'atWork' | undefined {
  const state = stateOf(entry);
  if (state === 'done') {
    return undefined;
  }
  if ((state === 'running' || state === 'waiting') && entry.owner !== 'none') {
    return 'atWork';
  }
  return isPaidFor(entry.job) ? 'submitted' : undefined;
}

/** Whether the service has a job, or may have it, so that starting over would be paid for again. */
function isPaidFor(job: Job): boolean {
  return mayRunAtService(job) || hasTranscript(job);
}

/** How halted jobs are tried again. */
export interface Retries {
  /** Go on where they are: they are paid for. */
  readonly resumed: readonly Job[];
  /** Start over: with the recording as it is now, and the note where the settings want it now. */
  readonly restarted: readonly Job[];
}

/** Decides which halted jobs go on where they are, and which start over. */
export function splitRetries(jobs: readonly Job[]): Retries {
  return {
    resumed: jobs.filter(isPaidFor),
    restarted: jobs.filter((job) => !isPaidFor(job)),
  };
}

/** Items with the same instructions. */
export interface InstructionsGroup<T> {
  readonly instructions: Instructions;
  readonly items: readonly T[];
}

/** Groups items by their instructions, in the order of the first item of each group. */
export function groupByInstructions<T extends { readonly instructions: Instructions }>(
  items: readonly T[],
): readonly InstructionsGroup<T>[] {
  const groups = new Map<string, InstructionsGroup<T>>();
  for (const item of items) {
    const { instructions } = item;
    const key = JSON.stringify(instructions);
    groups.set(key, { instructions, items: [...(groups.get(key)?.items ?? []), item] });
  }
  return [...groups.values()];
}

/** What a progress notification is called. */
export function progressTitle(recordings: readonly { readonly name: string }[], isLocal = false): string {
  const [only] = recordings;
  const what = recordings.length === 1 && only !== undefined ? only.name : `${recordings.length} recordings`;
  return `Transcribing ${what}${isLocal ? ' on this machine' : ''}`;
}
