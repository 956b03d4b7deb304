import { Failure } from '../core/failures/failure';

/** A row of AssemblyAI's list of transcripts. */
interface TranscriptRow {
  readonly id: string;
  /** `queued`, `processing`, `completed`, `error`, or a value that is new in the API. */
  readonly status: string;
  /** `http://deleted_by_user` after it was deleted. */
  readonly audioUrl: string;
  /** ms since 1970. */
  readonly createdMs: number | null;
  /** ms since 1970. */
  readonly completedMs: number | null;
  /** Reason of status `error`. */
  readonly error: string | null;
}

/** A page of the list, newest first. */
export interface TranscriptPage {
  readonly rows: readonly TranscriptRow[];
  /** Address of the page with the next older rows; null on the last page. */
  readonly olderUrl: string | null;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * The API's times are UTC without a time zone (`2024-03-11T21:29:59.936851`), which JavaScript would read as local
 * time.
 */
function utcMs(value: unknown): number | null {
  const date = text(value);
  const ms = date === null ? Number.NaN : Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(date) ? date : `${date}Z`);
  return Number.isNaN(ms) ? null : ms;
}

function row(value: unknown): TranscriptRow[] {
  if (!isObject(value) || typeof value['id'] !== 'string') {
    return [];
  }
  return [
    {
      id: value['id'],
      status: text(value['status']) ?? '',
      audioUrl: text(value['audio_url']) ?? '',
      createdMs: utcMs(value['created']),
      completedMs: utcMs(value['completed']),
      error: text(value['error']),
    },
  ];
}

/**
 * Reads a response of `GET /v2/transcript`. Rows without an id are left out.
 *
 * @throws Failure `unexpectedAnswer`
 */
export function parseListPage(json: unknown): TranscriptPage {
  if (!isObject(json) || !Array.isArray(json['transcripts'])) {
    throw new Failure('unexpectedAnswer', 'The answer is not a list of transcripts');
  }
  const details = isObject(json['page_details']) ? json['page_details'] : {};
  // The "previous" page of the API is the one with older rows.
  return { rows: json['transcripts'].flatMap(row), olderUrl: text(details['prev_url']) };
}
