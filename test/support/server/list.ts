import type { Job } from './jobs';

/** The API's way to write a moment: UTC, microseconds, no zone. */
function apiDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000`;
}

export type ListAnswer =
  { readonly status: 200; readonly body: unknown } | { readonly status: 400; readonly error: string };

function row(job: Job, base: string): unknown {
  return {
    id: job.id,
    resource_url: `${base}/v2/transcript/${job.id}`,
    status: job.body['status'],
    created: apiDate(job.createdMs),
    completed: job.completedMs === undefined ? null : apiDate(job.completedMs),
    audio_url: job.body['audio_url'],
    error: job.body['error'] ?? null,
  };
}

/** Jobs between the two ids, newest first: with `after_id` the oldest of the newer ones, else the newest of the older ones. */
function pageOf(newestFirst: readonly Job[], query: URLSearchParams, limit: number): readonly Job[] {
  const place = (name: string): number => newestFirst.findIndex((job) => job.id === query.get(name));
  const after = query.has('after_id') ? place('after_id') : newestFirst.length;
  const before = query.has('before_id') ? place('before_id') : -1;
  const between = newestFirst.slice(before + 1, after);
  return query.has('after_id') && !query.has('before_id') ? between.slice(-limit) : between.slice(0, limit);
}

function refusal(newestFirst: readonly Job[], query: URLSearchParams, limit: number): string | undefined {
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
    return 'limit must be between 1 and 200';
  }
  const ids = ['after_id', 'before_id'].map((name) => query.get(name));
  const [after, before] = ids.map((id) => newestFirst.findIndex((job) => job.id === id));
  if (ids.some((id) => id !== null && newestFirst.every((job) => job.id !== id))) {
    return 'Transcript lookup error, transcript id not found';
  }
  if (ids[0] !== null && ids[1] !== null && after! <= before!) {
    return "'after_id' must be a newer transcript than 'before_id'";
  }
  return undefined;
}

/** `GET /v2/transcript`: newest first, `prev_url` leading to older rows, URLs built on this server's own base. */
export function listJobs(jobs: readonly Job[], url: URL, base: string): ListAnswer {
  const query = url.searchParams;
  const limit = Number(query.get('limit') ?? 10);
  const status = query.get('status');
  const day = query.get('created_on');
  const newestFirst = jobs
    .filter((job) => status === null || job.body['status'] === status)
    .filter((job) => day === null || apiDate(job.createdMs).startsWith(day))
    .reverse();
  const error = refusal(newestFirst, query, limit);
  if (error !== undefined) {
    return { status: 400, error };
  }
  const page = pageOf(newestFirst, query, limit);
  const first = page[0];
  const last = page.at(-1);
  const link = (name: string, id: string): string => `${base}/v2/transcript?limit=${limit}&${name}=${id}`;
  const hasOlder = last !== undefined && last !== newestFirst.at(-1);
  const hasNewer = first !== undefined && first !== newestFirst[0];
  return {
    status: 200,
    body: {
      page_details: {
        limit,
        result_count: page.length,
        current_url: `${base}${url.pathname}${url.search}`,
        prev_url: hasOlder ? link('before_id', last.id) : null,
        next_url: hasNewer ? link('after_id', first.id) : null,
      },
      transcripts: page.map((job) => row(job, base)),
    },
  };
}
