import { describeFailure } from '../failures/describeFailure';
import type { Failure } from '../failures/failure';
import { oneLine } from '../failures/vendorWords';
import { countText, estimateText, extentOf, formatDuration } from '../request/estimate';

/** A recording that was chosen, as it was found. */
export type Found =
  | {
      /**
       * `fresh`: it is to be transcribed; `transcribed`: there is a finished transcript, and only the note is missing;
       * `noted`: it has a note.
       */
      readonly state: 'fresh' | 'transcribed' | 'noted';
      readonly name: string;
      /** Null where its headers do not tell. */
      readonly durationSeconds: number | null;
    }
  | { readonly state: 'failed'; readonly failure: Failure };

/** What is said and asked before anything is paid for. */
export interface Summary {
  readonly question: string;
  readonly detail: string;
  /** The button that begins the work; undefined when there is nothing to do. */
  readonly answer: string | undefined;
}

type Usable = Exclude<Found, { state: 'failed' }>;

const mostListed = 10;
const mostFailures = 3;
const longestName = 80;

/**
 * What will be done with recordings that were chosen together, what it costs, and what is left out.
 *
 * @param pricePerHour US dollars, 0 where nobody knows; null on this machine
 */
export function summaryOf(found: readonly Found[], pricePerHour: number | null): Summary {
  const usable = found.filter((each) => each.state !== 'failed');
  const inState = (state: Usable['state']): readonly Usable[] =>
    usable.filter((each) => each.state === state);
  const [fresh, transcribed, noted] = [inState('fresh'), inState('transcribed'), inState('noted')];
  const failures = found.flatMap((each) => (each.state === 'failed' ? [each.failure] : []));
  const extent = extentOf(fresh.map(({ durationSeconds }) => durationSeconds));
  const sentences = [
    ...(fresh.length === 0 ? [] : [`${estimateText(extent, pricePerHour)}.`]),
    ...(transcribed.length === 0 ? [] : [describeTranscribed(transcribed.length)]),
    ...(noted.length === 0 ? [] : [describeNoted(noted.length)]),
    ...describeFailures(failures),
  ];
  const list = listOf([...fresh, ...transcribed]);
  const detail = [sentences.join('\n'), list].filter((part) => part !== '').join('\n\n');
  return { ...questionOf(fresh, transcribed), detail };
}

function questionOf(fresh: readonly Usable[], transcribed: readonly Usable[]): Omit<Summary, 'detail'> {
  if (fresh.length > 0) {
    return { question: `Transcribe ${nameOrCount(fresh)}?`, answer: 'Transcribe' };
  }
  if (transcribed.length > 0) {
    const notes = transcribed.length === 1 ? 'note' : 'notes';
    return { question: `Write the ${notes} of ${nameOrCount(transcribed)}?`, answer: 'Write Notes' };
  }
  return { question: 'There is nothing left to transcribe', answer: undefined };
}

function nameOrCount(recordings: readonly Usable[]): string {
  const [first] = recordings;
  return recordings.length === 1 && first !== undefined
    ? oneLine(first.name, longestName)
    : countText(recordings.length);
}

function describeTranscribed(count: number): string {
  return count === 1
    ? '1 is transcribed already: only its note is written.'
    : `${count} are transcribed already: only their notes are written.`;
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
  const rest = sentences.length - mostFailures;
  return [
    `${failures.length} cannot be used and ${failures.length === 1 ? 'is' : 'are'} left out:`,
    ...sentences.slice(0, mostFailures),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
}

function listOf(recordings: readonly Usable[]): string {
  const rest = recordings.length - mostListed;
  const names = recordings.slice(0, mostListed).map(({ name, durationSeconds }) => {
    const duration = durationSeconds === null ? '' : `, ${formatDuration(durationSeconds)}`;
    return `${oneLine(name, longestName)}${duration}`;
  });
  return [...names, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}
