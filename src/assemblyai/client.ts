import { asFailure, Failure } from '../core/failures/failure';
import { isAssemblyAi } from '../core/failures/phrases';
import { findDelaysMs, mayHaveTakenEffect, triesFor } from '../core/jobs/retryTiming';
import { maxUploadBytes, type SpeechApi, type Upload, type UploadOptions } from '../core/jobs/speechApi';
import type { Recording } from '../core/ports';
import type { TranscriptRequest } from '../core/request/request';
import type { TranscriptBody, TranscriptStatus } from '../core/transcript/model';
import { parseTranscriptBody } from '../core/transcript/parseTranscript';
import { transcriptBytes } from '../node/readFiles';
import { transcriptPath, type ApiAccess } from './apiAccess';
import type { DownloadOptions } from './download';
import { HttpClient, type HttpClientOptions, type HttpRequest, type JsonResponse } from './httpClient';
import { parseListPage, type TranscriptPage } from './listPage';
import { saveRedactedAudio } from './redactedAudio';
import { Retry, type RetryOptions } from './retry';
import { fetchSubtitles } from './subtitles';
import { uploadOnce, uploadTimeouts, type UploadTimeouts } from './upload';
import { verifyDeleted } from './verifyDeleted';
import { findWords, type WordMatch } from './wordSearch';

/** What a client needs; `uploadTimeouts` and `submitGraceMs` have defaults. */
export interface AssemblyAiClientOptions extends HttpClientOptions, RetryOptions, DownloadOptions {
  readonly uploadTimeouts?: UploadTimeouts;
  /** How long a cancelled submit still waits for its response, in ms. */
  readonly submitGraceMs?: number;
}

/** Which page of the list of transcripts to load. */
export interface ListQuery {
  /** Rows per page, 1 to 200; AssemblyAI's default is 10. */
  readonly limit?: number;
  /** Only transcripts with this status. */
  readonly status?: TranscriptStatus;
  /** `TranscriptPage.olderUrl` of the page before. */
  readonly olderUrl?: string;
}

const defaultSubmitGraceMs = 10_000;

/** How many rows per page `find` loads, and how many pages at most. */
const findRows = 100;
const maxFindPages = 50;

/** Tolerance for the server's `Date` header, which has whole seconds and takes time to arrive. */
const clockSlackMs = 2000;

/**
 * A client of AssemblyAI's API for recordings (https://www.assemblyai.com/docs). All methods reject with a `Failure`:
 * `cancelled` as soon as the signal is aborted, any other after as many tries as `triesFor` allows.
 */
export class AssemblyAiClient implements SpeechApi {
  readonly origin: string;
  readonly host: string;
  readonly local = undefined;
  private readonly http: HttpClient;
  private readonly retry: Retry;
  private readonly access: ApiAccess;

  constructor(private readonly options: AssemblyAiClientOptions) {
    this.origin = options.baseUrl.origin;
    this.host = options.baseUrl.host;
    this.http = new HttpClient(options);
    this.retry = new Retry(options);
    this.access = { http: this.http, retry: this.retry };
  }

  upload(recording: Recording, options: UploadOptions): Promise<Upload> {
    const { clock } = this.options;
    let timeouts = this.options.uploadTimeouts ?? uploadTimeouts;
    return this.retry.run('upload', options.signal, async () => {
      try {
        return await uploadOnce(this.http, recording, options, timeouts, clock);
      } catch (thrown) {
        const failure = await this.causeOfBreak(asFailure(thrown), options.signal);
        if (failure.kind === 'uploadUnanswered') {
          timeouts = { ...timeouts, responseMs: timeouts.responseMs * 2 };
        }
        throw aboutRecording(failure, recording);
      }
    });
  }

  async submit(
    request: TranscriptRequest,
    signal: AbortSignal,
    beforeRetry?: () => Promise<void>,
  ): Promise<TranscriptBody> {
    const startedMs = this.options.clock.now();
    const content = JSON.stringify(request);
    const body = {
      contentType: 'application/json',
      lengthBytes: Buffer.byteLength(content),
      content,
    };
    let tries = 0;
    const outcome = await this.retry.run('submit', signal, async () => {
      if (tries++ > 0) {
        await beforeRetry?.();
      }
      try {
        return this.transcript(
          (await this.sendWithGrace({ method: 'POST', path: '/v2/transcript', body, signal })).json,
        );
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (!mayHaveTakenEffect(failure)) {
          throw failure;
        }
        this.options.log.warn(`submit: ${failure.kind}, ${failure.message}; looking for the job`);
        // A failure is returned, not thrown, so that it ends the retries: another submit might make the job run twice.
        const found = await this.findSubmitted(request.audio_url, startedMs, signal).catch(
          (thrown: unknown) => this.uncertainFailure(failure, asFailure(thrown)),
        );
        if (found === undefined) {
          throw failure;
        }
        return found;
      }
    });
    if (outcome instanceof Failure) {
      throw outcome;
    }
    return outcome;
  }

  async get(transcriptId: string, signal: AbortSignal): Promise<TranscriptBody> {
    return this.retry.run('get', signal, async () =>
      this.transcript((await this.requestTranscript('GET', transcriptId, signal)).json, transcriptId),
    );
  }

  /** Deletes the text and the uploaded recording at the service. Deleting again is no error. */
  async delete(transcriptId: string, signal: AbortSignal): Promise<void> {
    await this.retry.run('delete', signal, async () =>
      this.transcript((await this.requestTranscript('DELETE', transcriptId, signal)).json, transcriptId),
    );
  }

  /**
   * Like `delete`, and checks afterwards: the service confirms a deletion before all is gone.
   * @throws Failure `notDeleted` if the text can still be read
   */
  async deleteForSure(transcriptId: string, signal: AbortSignal): Promise<void> {
    await this.delete(transcriptId, signal);
    await verifyDeleted(
      () => this.get(transcriptId, signal),
      (ms) => this.retry.sleep(ms, signal),
      { host: this.host, transcriptId },
    );
  }

  /** Finds words and phrases in a transcript with the service's own search. @param words see `findWords` */
  wordSearch(
    transcriptId: string,
    words: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly WordMatch[]> {
    return findWords(this.access, transcriptId, words, signal);
  }

  /** The captions of a finished transcript. @param charsPerCaption at least 1; undefined for the service's default */
  subtitles(
    transcriptId: string,
    format: 'srt' | 'vtt',
    charsPerCaption: number | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    return fetchSubtitles(this.access, transcriptId, format, charsPerCaption, signal);
  }

  /**
   * Downloads the redacted recording, once the service has made it. It is on another host, which does not get the key.
   * @param file absolute path of a file that does not exist yet; after a failure there is none
   */
  saveRedactedAudio(transcriptId: string, file: string, signal: AbortSignal): Promise<void> {
    return saveRedactedAudio(this.access, this.options, transcriptId, file, signal);
  }

  /** Lists the transcripts of the key's project from the last 90 days, newest first. */
  async list(query: ListQuery, signal: AbortSignal): Promise<TranscriptPage> {
    return (await this.requestPage(query, signal)).page;
  }

  async find(audioUrl: string, sinceMs: number, signal: AbortSignal): Promise<TranscriptBody | undefined> {
    let query: ListQuery = { limit: findRows };
    for (let pages = 0; pages < maxFindPages; pages++) {
      const { page, serverMs } = await this.requestPage(query, signal);
      const nowMs = this.options.clock.now();
      // If the clock was set back meanwhile, `sinceMs` says nothing.
      const sinceServerMs =
        sinceMs > nowMs ? -Infinity : sinceMs + ((serverMs ?? nowMs) - nowMs) - clockSlackMs;
      const recent = page.rows.filter(({ createdMs }) => (createdMs ?? Infinity) >= sinceServerMs);
      const row = recent.find((each) => each.audioUrl === audioUrl);
      if (row !== undefined) {
        return this.get(row.id, signal);
      }
      if (page.olderUrl === null || recent.length < page.rows.length) {
        return undefined;
      }
      query = { olderUrl: page.olderUrl };
    }
    throw new Failure('unexpectedAnswer', 'The list has no end', { host: this.http.host });
  }

  /** Resolves if the service accepts the key. */
  async checkKey(signal: AbortSignal): Promise<void> {
    await this.list({ limit: 1 }, signal);
  }

  private async requestPage(
    query: ListQuery,
    signal: AbortSignal,
  ): Promise<{ page: TranscriptPage; serverMs: number | undefined }> {
    const path = query.olderUrl === undefined ? listPath(query) : this.ownPath(query.olderUrl, query.status);
    return this.retry.run('list', signal, async () => {
      const { json, serverMs } = await this.http.fetchJson({ method: 'GET', path, signal });
      return { page: this.withFacts(() => parseListPage(json)), serverMs };
    });
  }

  /** The path of a URL that the service sent. It must be of the same origin, since the request will contain the key. */
  private ownPath(text: string, status: TranscriptStatus | undefined): string {
    const { origin, path } = this.options.baseUrl;
    const url = URL.canParse(text, origin) ? new URL(text, origin) : undefined;
    if (url?.origin !== origin || !url.pathname.startsWith(`${path}/v2/`)) {
      throw new Failure('unexpectedAnswer', 'The list goes on at another host', { host: this.http.host });
    }
    if (status !== undefined) {
      // It is not documented that the URL of the next page repeats the status.
      url.searchParams.set('status', status);
    }
    return url.pathname.slice(path.length) + url.search;
  }

  private async requestTranscript(
    method: 'GET' | 'DELETE',
    transcriptId: string,
    signal: AbortSignal,
  ): Promise<JsonResponse> {
    const path = transcriptPath(transcriptId, this.host);
    return this.http.fetchJson({ method, path, signal, transcriptId, maxBytes: transcriptBytes });
  }

  /**
   * Sends a request that starts a job. If it is cancelled meanwhile, this still waits for the response for a while,
   * since a job whose id is not known would run and be billed.
   */
  private async sendWithGrace(request: HttpRequest): Promise<JsonResponse> {
    const { clock, submitGraceMs = defaultSubmitGraceMs } = this.options;
    const { signal } = request;
    const abandoned = new AbortController();
    const answered = new AbortController();
    const startGrace = (): void => {
      clock.sleep(submitGraceMs, answered.signal).then(
        () => abandoned.abort(signal.reason),
        () => undefined,
      );
    };
    signal.addEventListener('abort', startGrace, { once: true });
    try {
      return await this.http.fetchJson({ ...request, signal: abandoned.signal });
    } catch (thrown) {
      throw uncertainIfCancelled(asFailure(thrown));
    } finally {
      signal.removeEventListener('abort', startGrace);
      answered.abort();
    }
  }

  private transcript(json: unknown, transcriptId?: string): TranscriptBody {
    return this.withFacts(() => parseTranscriptBody(json), transcriptId);
  }

  /** Parses, and adds the host to failures. */
  private withFacts<T>(parse: () => T, transcriptId?: string): T {
    try {
      return parse();
    } catch (thrown) {
      throw asFailure(thrown).with({ host: this.http.host, transcriptId });
    }
  }

  private async findSubmitted(
    audioUrl: string,
    sinceMs: number,
    signal: AbortSignal,
  ): Promise<TranscriptBody | undefined> {
    for (const delayMs of findDelaysMs) {
      await this.retry.sleep(delayMs, signal);
      const found = await this.find(audioUrl, sinceMs, signal);
      if (found !== undefined) {
        this.options.log.info(`The submit got no answer, yet it made ${found.id}`);
        return found;
      }
    }
    return undefined;
  }

  /**
   * The failure of a submit whose job could not be searched for: that of the submit itself. The failure of the search
   * must not stand in for it, since a refused connection or key would mean that the job was refused and may be
   * submitted again.
   */
  private uncertainFailure(submit: Failure, search: Failure): Failure {
    if (search.kind === 'cancelled') {
      return uncertainIfCancelled(search);
    }
    this.options.log.warn(`Could not look for the job: ${search.kind}, ${search.message}`);
    return submit.with({ transcriptId: search.transcriptId, cause: search });
  }

  /**
   * Finds out why an upload broke off or was not answered: the service may have refused it, and the response got lost. One
   * cheap request tells a bad key from a bad network.
   */
  private async causeOfBreak(failure: Failure, signal: AbortSignal): Promise<Failure> {
    if (failure.kind !== 'network' && failure.kind !== 'uploadUnanswered') {
      return failure;
    }
    try {
      await this.http.fetchJson({ method: 'GET', path: listPath({ limit: 1 }), signal });
      return failure;
    } catch (thrown) {
      const refusal = asFailure(thrown);
      return triesFor('upload', refusal) === 1 ? refusal : failure;
    }
  }
}

/** The failure of an upload, with the recording's name where its sentence has one. */
function aboutRecording(failure: Failure, { name, sizeBytes }: Recording): Failure {
  if (failure.kind === 'tooLarge' && isAssemblyAi(failure) && sizeBytes <= maxUploadBytes) {
    return new Failure('tooLargeForProxy', failure.message, failure).with({ subject: name });
  }
  return ['tooLarge', 'uploadUnanswered'].includes(failure.kind) ? failure.with({ subject: name }) : failure;
}

/** For a cancelled submit, a failure that says that the job may exist. */
function uncertainIfCancelled(failure: Failure): Failure {
  return failure.kind === 'cancelled'
    ? new Failure('cancelledWhileSubmitting', failure.message, { cause: failure, host: failure.host })
    : failure;
}

function listPath({ limit, status }: ListQuery): string {
  const query = new URLSearchParams({
    ...(limit === undefined ? {} : { limit: String(limit) }),
    ...(status === undefined ? {} : { status }),
  });
  return query.size === 0 ? '/v2/transcript' : `/v2/transcript?${query.toString()}`;
}
