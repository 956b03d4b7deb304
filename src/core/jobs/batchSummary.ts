import { describeFailure } from '../failures/describeFailure';
import type { Failure } from '../failures/failure';
import { estimateText, extentOf, type Extent } from '../request/estimate';
import { hasTranscript, jobIdentity, mayRunAtService } from './job';
import { stateOf, type JobEntry } from './jobEntry';
import { recordingCountText, formatDuration, oneLine, shortList } from '../text';

/** A recording that was chosen, as it was found. */
export type Found =
  | {
      /**
       * `fresh`: it is to be transcribed; `transcribed`: there is a finished transcript, and only the note is missing;
       * `noted`: it has a note; `submitted`: its transcript is only to be collected; `atWork`: that is going on.
       */
      readonly state: 'fresh' | 'transcribed' | 'noted' | 'submitted' | 'atWork';
      readonly name: string;
      /** Null where its headers do not tell. */
      readonly durationSeconds: number | null;
    }
  | { readonly state: 'failed'; readonly failure: Failure };

/** How the recordings stand of which there is a job at that service that is not done, by `jobIdentity`. */
export function begunAt(
  service: string,
  entries: readonly JobEntry[],
): ReadonlyMap<string, 'submitted' | 'atWork'> {
  return new Map(
    entries.flatMap((entry) => {
      const { job } = entry;
      const state = begunState(entry);
      return job.service !== service || state === undefined
        ? []
        : [[jobIdentity(job.recording, service), state] as const];
    }),
  );
}

function begunState(entry: JobEntry): 'submitted' | 'atWork' | undefined {
  const state = stateOf(entry);
  if (state === 'done') {
    return undefined;
  }
  if ((state === 'running' || state === 'waiting') && entry.owner !== 'nobody') {
    return 'atWork';
  }
  return mayRunAtService(entry.job) || hasTranscript(entry.job) ? 'submitted' : undefined;
}

/** What is said and asked before anything is paid for. */
export interface Summary {
  readonly question: string;
  readonly detail: string;
  /** The button that begins the work; undefined when there is nothing to do. */
  readonly answer: string | undefined;
}

/** A recording that can be transcribed, or is. */
export type UsableRecording = Exclude<Found, { state: 'failed' }>;

const mostListed = 10;
const mostFailures = 3;
const longestName = 80;

/**
 * What will be done with recordings that were chosen together, what it costs, and what is left out.
 *
 * @param pricePerHour US dollars, 0 where nobody knows; null on this machine
 * @param destination where the recordings go, as `destinationText` has it
 * @param hasExtras whether more is asked for than that price is for
 */
export function summaryOf(
  found: readonly Found[],
  pricePerHour: number | null,
  destination: string,
  hasExtras = false,
): Summary {
  const usable = found.filter((each) => each.state !== 'failed');
  const inState = (state: UsableRecording['state']): readonly UsableRecording[] =>
    usable.filter((each) => each.state === state);
  const [fresh, transcribed, submitted] = [inState('fresh'), inState('transcribed'), inState('submitted')];
  const [noted, atWork] = [inState('noted'), inState('atWork')];
  const failures = found.flatMap((each) => (each.state === 'failed' ? [each.failure] : []));
  const extent = extentOf(fresh.map(({ durationSeconds }) => durationSeconds));
  const sentences = [
    ...(fresh.length === 0
      ? []
      : [`${estimateText(extent, pricePerHour, hasExtras)}.`, goesTo(extent, destination)]),
    ...(transcribed.length === 0 ? [] : [describeTranscribed(transcribed.length)]),
    ...(submitted.length === 0 ? [] : [describeSubmitted(submitted.length)]),
    ...(noted.length === 0 ? [] : [describeNoted(noted.length)]),
    ...(atWork.length === 0 ? [] : [describeAtWork(atWork.length)]),
    ...describeFailures(failures),
  ];
  const paid = [...transcribed, ...submitted];
  const list = listOf([...fresh, ...paid]);
  const detail = [sentences.join('\n'), list].filter((part) => part !== '').join('\n\n');
  return { ...questionOf(fresh, paid), detail };
}

function goesTo({ count }: Extent, destination: string): string {
  return `${count === 1 ? 'It goes' : 'They go'} to ${destination}.`;
}

function questionOf(
  fresh: readonly UsableRecording[],
  paid: readonly UsableRecording[],
): Omit<Summary, 'detail'> {
  if (fresh.length > 0) {
    return { question: `Transcribe ${nameOrCount(fresh)}?`, answer: 'Transcribe' };
  }
  if (paid.length > 0) {
    const notes = paid.length === 1 ? 'note' : 'notes';
    return { question: `Write the ${notes} of ${nameOrCount(paid)}?`, answer: 'Write Notes' };
  }
  return { question: 'There is nothing left to transcribe', answer: undefined };
}

function nameOrCount(recordings: readonly UsableRecording[]): string {
  const [first] = recordings;
  return recordings.length === 1 && first !== undefined
    ? oneLine(first.name, longestName)
    : recordingCountText(recordings.length);
}

function describeTranscribed(count: number): string {
  return count === 1
    ? '1 is transcribed already: only its note is written.'
    : `${count} are transcribed already: only their notes are written.`;
}

function describeSubmitted(count: number): string {
  return count === 1
    ? '1 was submitted already: its transcript is only collected.'
    : `${count} were submitted already: their transcripts are only collected.`;
}

function describeAtWork(count: number): string {
  return count === 1
    ? '1 is at work already and is left out.'
    : `${count} are at work already and are left out.`;
}

function describeNoted(count: number): string {
  return count === 1
    ? '1 has a note already and is left out.'
    : `${count} have a note already and are left out.`;
}

function describeFailures(failures: readonly Failure[]): readonly string[] {
  const [first] = failures;
  if (first === undefined) {
    return [];
  }
  const sentences = [...new Set(failures.map((failure) => describeFailure(failure).sentence))];
  return [
    `${failures.length} cannot be used and ${failures.length === 1 ? 'is' : 'are'} left out:`,
    shortList(sentences, mostFailures),
  ];
}

function listOf(recordings: readonly UsableRecording[]): string {
  const lines = recordings.map(({ name, durationSeconds }) => {
    const duration = durationSeconds === null ? '' : `, ${formatDuration(durationSeconds)}`;
    return `${oneLine(name, longestName)}${duration}`;
  });
  return shortList(lines, mostListed);
}
