import { errorReply, apiErrors, jsonReply, type Reply } from './replies';

/** What the list tells of a transcript. */
export interface ListedTranscript {
  readonly id: string;
  readonly status: string;
  /** ms since 1970. */
  readonly createdMs: number;
  readonly completedMs: number | undefined;
  readonly audioUrl: string;
  readonly error: string | undefined;
}

const defaultLimit = 10;
const mostRows = 200;

/** The API's way to write a moment: UTC, microseconds, no zone. */
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

/** Where the page begins and ends among the rows, newest first, or why there is no such page. */
function neighbours(
  newestFirst: readonly ListedTranscript[],
  query: URLSearchParams,
): { readonly afterPlace: number; readonly beforePlace: number } | Reply {
  const place = (name: string, otherwise: number): number => {
    const id = query.get(name);
    return id === null ? otherwise : newestFirst.findIndex((transcript) => transcript.id === id);
  };
  const afterPlace = place('after_id', newestFirst.length);
  const beforePlace = place('before_id', -1);
  if (afterPlace === -1 || (query.has('before_id') && beforePlace === -1)) {
    return apiErrors.unknownTranscript;
  }
  return afterPlace <= beforePlace
    ? errorReply(400, "'after_id' must be a newer transcript than 'before_id'")
    : { afterPlace, beforePlace };
}

/** Where the rows beside a page are, as far as there are any; what the API calls previous is older. */
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
 * `GET /v2/transcript`: newest first, `prev_url` leading to older rows, URLs built on this server's own base. With
 * `after_id` alone come the oldest of the newer rows, else the newest of the older ones.
 *
 * @param transcripts in order of their creation
 * @param url of the request
 */
export function listReply(transcripts: readonly ListedTranscript[], url: URL, base: string): Reply {
  const query = url.searchParams;
  const limit = Number(query.get('limit') ?? defaultLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > mostRows) {
    return errorReply(400, `limit must be between 1 and ${mostRows}`);
  }
  const status = query.get('status');
  const day = query.get('created_on');
  const newestFirst = transcripts
    .filter((transcript) => status === null || transcript.status === status)
    .filter((transcript) => day === null || apiDate(transcript.createdMs).startsWith(day))
    .reverse();
  const found = neighbours(newestFirst, query);
  if ('status' in found) {
    return found;
  }
  const between = newestFirst.slice(found.beforePlace + 1, found.afterPlace);
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
