import { errorReply, apiErrors, jsonReply, type Reply } from './replies';

/** What the list says about a transcript. */
export interface ListedTranscript {
  readonly id: string;
  readonly status: string;
  /** ms since 1970. */
  readonly createdMs: number;
  /** ms since 1970; undefined as long as the job has not ended. */
  readonly completedMs: number | undefined;
  readonly audioUrl: string;
  readonly error: string | undefined;
}

const defaultLimit = 10;
const maxLimit = 200;

/** A time as the list writes it: UTC with microseconds, without a zone. */
function apiDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000`;
}

function row(transcript: ListedTranscript, base: string): unknown {
  const { id, status, createdMs, completedMs, audioUrl, error } = transcript;
  return {
    id,
    resource_url: `${base}/v2/transcript/${id}`,
    status,
    created: apiDate(createdMs),
    completed: completedMs === undefined ? null : apiDate(completedMs),
    audio_url: audioUrl,
    error: error ?? null,
  };
}

/** The rows between which the page lies, as indexes into the list, or an error reply. */
function pageBounds(
  newestFirst: readonly ListedTranscript[],
  query: URLSearchParams,
): { readonly afterIndex: number; readonly beforeIndex: number } | Reply {
  const indexOf = (name: string, otherwise: number): number => {
    const id = query.get(name);
    return id === null ? otherwise : newestFirst.findIndex((transcript) => transcript.id === id);
  };
  const afterIndex = indexOf('after_id', newestFirst.length);
  const beforeIndex = indexOf('before_id', -1);
  if (afterIndex === -1 || (query.has('before_id') && beforeIndex === -1)) {
    return apiErrors.unknownTranscript;
  }
  return afterIndex <= beforeIndex
    ? errorReply(400, "'after_id' must be a newer transcript than 'before_id'")
    : { afterIndex, beforeIndex };
}

/** URLs of the pages with older and newer rows, if there are any. The API calls older pages previous. */
function neighbourUrls(
  newestFirst: readonly ListedTranscript[],
  page: readonly ListedTranscript[],
  address: string,
): { readonly prev_url: string | null; readonly next_url: string | null } {
  const [newest, oldest] = [page[0], page.at(-1)];
  const hasOlder = oldest !== undefined && oldest !== newestFirst.at(-1);
  const hasNewer = newest !== undefined && newest !== newestFirst[0];
  return {
    prev_url: hasOlder ? `${address}&before_id=${oldest.id}` : null,
    next_url: hasNewer ? `${address}&after_id=${newest.id}` : null,
  };
}

/**
 * The reply to `GET /v2/transcript`: one page of transcripts, newest first, where `prev_url` leads to older ones. With
 * `after_id` alone, the page holds the oldest of the newer transcripts; otherwise the newest that match.
 *
 * @param transcripts oldest first
 * @param url of the request
 * @param base start of the URLs in the reply, without a slash at its end
 */
export function listReply(transcripts: readonly ListedTranscript[], url: URL, base: string): Reply {
  const query = url.searchParams;
  const limit = Number(query.get('limit') ?? defaultLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
    return errorReply(400, `limit must be between 1 and ${maxLimit}`);
  }
  const status = query.get('status');
  const day = query.get('created_on');
  const newestFirst = transcripts
    .filter((transcript) => status === null || transcript.status === status)
    .filter((transcript) => day === null || apiDate(transcript.createdMs).startsWith(day))
    .reverse();
  const bounds = pageBounds(newestFirst, query);
  if ('status' in bounds) {
    return bounds;
  }
  const between = newestFirst.slice(bounds.beforeIndex + 1, bounds.afterIndex);
  const onlyAfter = query.has('after_id') && !query.has('before_id');
  const page = onlyAfter ? between.slice(-limit) : between.slice(0, limit);
  return jsonReply(200, {
    page_details: {
      limit,
      result_count: page.length,
      current_url: `${base}${url.pathname}${url.search}`,
      ...neighbourUrls(newestFirst, page, `${base}/v2/transcript?limit=${limit}`),
    },
    transcripts: page.map((transcript) => row(transcript, base)),
  });
}
