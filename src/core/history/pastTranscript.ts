import { fileOrHostOf, hostAndPathOf } from '../recordings/audioUrl';
import { oneLine, oneLineWithoutTags, withoutIcons } from '../text';
import { isDeletedUrl } from '../transcript/parseTranscript';

/** A transcript as the service lists it (AssemblyAI: `GET /v2/transcript`). */
export interface PastTranscript {
  readonly id: string;
  /** `queued`, `processing`, `completed`, `error`, or a value that is new in the API. */
  readonly status: string;
  readonly audioUrl: string;
  /** ms since 1970; null where the service does not say. */
  readonly createdMs: number | null;
  /** The reason why it failed. */
  readonly error: string | null;
}

/** The state of a transcript at the service, as it is shown. */
export type PastState = 'completed' | 'failed' | 'underWay' | 'deleted';

/** A transcript as an item of a list, in plain text. */
export interface PastRow {
  readonly state: PastState;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** What this machine knows about a transcript. */
export interface LocalFacts {
  /** Name of its recording or note on this machine. */
  readonly name: string | undefined;
  /** Whether it was deleted a moment ago. The service's list shows that only minutes later. */
  readonly isDeleted: boolean;
}

/** How many characters of an id are shown: enough to tell ids apart. */
const shownIdLength = 8;

/** The last moment of JavaScript's `Date`. */
const maxDateMs = 8.64e15;

/**
 * The state of a transcript at the service. An unknown status counts as failed where the service gives a reason for an
 * error, otherwise as under way.
 */
export function pastState({ status, audioUrl, error }: PastTranscript): PastState {
  if (isDeletedUrl(audioUrl)) {
    return 'deleted';
  }
  switch (status) {
    case 'completed':
      return 'completed';
    case 'error':
      return 'failed';
    case 'queued':
    case 'processing':
      return 'underWay';
    default:
      return (error ?? '') === '' ? 'underWay' : 'failed';
  }
}

/** The title of a transcript: the name of its recording where that is known, otherwise the beginning of its id. */
export function pastTitle({ id, audioUrl }: PastTranscript, knownName: string | undefined): string {
  const name = oneLine(knownName ?? fileOrHostOf(audioUrl) ?? '');
  return name === '' ? `Transcript ${oneLine(id.slice(0, shownIdLength))}` : name;
}

/** A transcript as an item of the list. @param formatDate formats ms since 1970 */
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

/**
 * A date with its time, such as `Nov 22, 2026, 9:30 AM`.
 *
 * @param ms since 1970
 * @param locale BCP 47 tag; the date is in ISO format where it is not valid
 * @param timeZone IANA name; this computer's time zone by default
 * @returns '' for a time that no `Date` can have
 */
export function formatDateTime(ms: number, locale: string, timeZone?: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const;
  try {
    return new Intl.DateTimeFormat(locale, options).format(ms);
  } catch {
    // The locale is not valid, or the time is out of range.
    return Math.abs(ms) <= maxDateMs ? new Date(ms).toISOString() : '';
  }
}
