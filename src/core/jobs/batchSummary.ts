import { describeFailure } from '../failures/describeFailure';
import type { Failure } from '../failures/failure';
import { estimateText, extentOf, type Extent } from '../request/estimate';
import { recordingCountText, formatDuration, oneLine, shortList } from '../text';

/** A recording that was chosen, and how it stands. */
export type ChosenRecording =
  | {
      /**
       * `fresh`: must be transcribed; `transcribed`: has a finished transcript, only the note is missing; `hasNote`: has
       * a note; `submitted`: its transcript only has to be collected; `atWork`: a window works on it.
       */
      readonly state: 'fresh' | 'transcribed' | 'hasNote' | 'submitted' | 'atWork';
      readonly name: string;
      /** Null where its headers do not tell. */
      readonly durationSeconds: number | null;
    }
  | { readonly state: 'failed'; readonly failure: Failure };

/** What the user is told and asked before anything is paid for. */
export interface Summary {
  readonly question: string;
  readonly detail: string;
  /** The label of the button that begins the work; undefined when there is nothing to do. */
  readonly answer: string | undefined;
}

/** A chosen recording that can be transcribed, or is. */
export type UsableRecording = Exclude<ChosenRecording, { state: 'failed' }>;

const maxListed = 10;
const maxFailures = 3;
const longestName = 80;

/**
 * Says what will be done with recordings that were chosen together, what it costs, and which are left out.
 *
 * @param pricePerHour US dollars, 0 where it is not known; null on this machine
 * @param destination where the recordings go, as `destinationText` says it
 * @param hasExtras whether the options ask for more than the price includes
 */
export function summaryOf(
  chosen: readonly ChosenRecording[],
  pricePerHour: number | null,
  destination: string,
  hasExtras = false,
): Summary {
  const usable = chosen.filter((each) => each.state !== 'failed');
  const inState = (state: UsableRecording['state']): readonly UsableRecording[] =>
    usable.filter((each) => each.state === state);
  const [fresh, transcribed, submitted] = [inState('fresh'), inState('transcribed'), inState('submitted')];
  const [withNote, atWork] = [inState('hasNote'), inState('atWork')];
  const failures = chosen.flatMap((each) => (each.state === 'failed' ? [each.failure] : []));
  const extent = extentOf(fresh.map(({ durationSeconds }) => durationSeconds));
  const sentences = [
    ...(fresh.length === 0
      ? []
      : [`${estimateText(extent, pricePerHour, hasExtras)}.`, goesTo(extent, destination)]),
    ...(transcribed.length === 0 ? [] : [describeTranscribed(transcribed.length)]),
    ...(submitted.length === 0 ? [] : [describeSubmitted(submitted.length)]),
    ...(withNote.length === 0 ? [] : [describeWithNote(withNote.length)]),
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

function describeWithNote(count: number): string {
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
    shortList(sentences, maxFailures),
  ];
}

function listOf(recordings: readonly UsableRecording[]): string {
  const lines = recordings.map(({ name, durationSeconds }) => {
    const duration = durationSeconds === null ? '' : `, ${formatDuration(durationSeconds)}`;
    return `${oneLine(name, longestName)}${duration}`;
  });
  return shortList(lines, maxListed);
}
