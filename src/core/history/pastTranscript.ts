import { fileOrHostOf, hostAndPathOf } from '../recordings/audioUrl';
import { isDeletedUrl } from '../transcript/parseTranscript';
import { oneLine, oneLineWithoutTags, withoutIcons } from '../text';

/** A transcript as the service lists it. */
export interface PastTranscript {
  readonly id: string;
  /** `queued`, `processing`, `completed`, `error`, or what the API may add. */
  readonly status: string;
  readonly audioUrl: string;
  /** ms since 1970. */
  readonly createdMs: number | null;
  readonly error: string | null;
}

/** How a transcript at the service stands, for people. */
export type PastState = 'completed' | 'failed' | 'underWay' | 'deleted';

/** A transcript as a line of a list: plain text throughout. */
export interface PastRow {
  readonly state: PastState;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** What is known of a transcript beyond the list. */
export interface LocalFacts {
  /** What this machine calls its recording or note. */
  readonly name: string | undefined;
  /** Whether it was deleted just now: the service's list lags behind by minutes. */
  readonly isDeleted: boolean;
}

/** Ids are told apart by their beginning. */
const idBeginning = 8;

/** The last moment that JavaScript has. */
const latestMs = 8.64e15;

/** How a transcript at the service stands; a status that is not known is not known to be over. */
export function pastState({ status, audioUrl }: PastTranscript): PastState {
  if (isDeletedUrl(audioUrl)) {
    return 'deleted';
  }
  switch (status) {
    case 'completed':
      return 'completed';
    case 'error':
      return 'failed';
    default:
      return 'underWay';
  }
}

/** What a transcript is called: after its recording where that is known, else by its id. */
export function pastTitle({ id, audioUrl }: PastTranscript, knownName: string | undefined): string {
  const name = oneLine(knownName ?? fileOrHostOf(audioUrl) ?? '');
  return name === '' ? `Transcript ${oneLine(id.slice(0, idBeginning))}` : name;
}

/** How a transcript reads in the list. @param formatDate of ms since 1970 */
export function pastRow(
  past: PastTranscript,
  { name, isDeleted }: LocalFacts,
  formatDate: (ms: number) => string,
): PastRow {
  const state = isDeleted ? 'deleted' : pastState(past);
  const date = past.createdMs === null ? [] : [formatDate(past.createdMs)];
  const reason = state === 'failed' ? oneLineWithoutTags(past.error ?? '') : '';
  const details = [reason, hostAndPathOf(past.audioUrl) ?? '', oneLine(past.id)];
  return {
    state,
    label: withoutIcons(pastTitle(past, name)),
    description: withoutIcons([...date, stateText(past, state)].join(', ')),
    detail: withoutIcons(details.filter((text) => text !== '').join(' · ')),
  };
}

function stateText({ status }: PastTranscript, state: PastState): string {
  switch (state) {
    case 'completed':
      return 'completed';
    case 'failed':
      return 'failed';
    case 'deleted':
      return 'deleted there';
    case 'underWay':
      return oneLine(status) || 'under way';
  }
}

/** Day and time for people. @param timeZone the one of this computer where it is left out */
export function formatDateTime(ms: number, locale: string, timeZone?: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const;
  try {
    return new Intl.DateTimeFormat(locale, options).format(ms);
  } catch {
    // A language that nobody speaks here, or a moment that no calendar has.
    return Math.abs(ms) <= latestMs ? new Date(ms).toISOString() : '';
  }
}
