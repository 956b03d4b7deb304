import { asFailure, Failure } from '../core/failures/failure';
import type { SpeechApi, Upload, UploadOptions } from '../core/jobs/speechApi';
import { findDelaysMs, mayHaveTakenEffect, triesFor } from '../core/jobs/retryTiming';
import type { TranscriptRequest } from '../core/request/request';
import type { TranscriptBody, TranscriptStatus } from '../core/transcript/model';
import { parseTranscriptBody } from '../core/transcript/parseTranscript';
import { Channel, type Answer, type ChannelOptions, type ChannelRequest } from './channel';
import { confirmDeleted } from './deletion';
import type { DownloadOptions } from './download';
import { fetchSubtitles, searchWords, transcriptPath, type Way, type WordMatch } from './exports';
import { parseListPage, type TranscriptPage } from './listPage';
import { saveRedactedAudio } from './redactedAudio';
import { Retry, type RetryOptions } from './retry';
import { uploadOnce, uploadTimeouts, type UploadTimeouts } from './upload';
import type { Recording } from '../core/ports';

export type { WordMatch } from './exports';

export interface AssemblyAiClientOptions extends ChannelOptions, RetryOptions, DownloadOptions {
  readonly uploadTimeouts?: UploadTimeouts;
  /** How long a cancelled submit waits for its answer, ms. */
  readonly submitGraceMs?: number;
}

export interface ListQuery {
  /** 1 to 200; AssemblyAI's default is 10. */
  readonly limit?: number;
  /** Only of that status. */
  readonly status?: TranscriptStatus;
  /** From the page before: where the next older rows are. */
  readonly olderUrl?: string;
}

const defaultSubmitGraceMs = 10_000;

/** A page of the list, and how many of them are read before a list counts as one without an end. */
const findRows = 100;
const mostFindPages = 50;

/** Slack for the server's `Date`, which has whole seconds, and for its way here. */
const clockSlackMs = 2000;

/**
 * AssemblyAI's pre-recorded HTTP API. Every method rejects with a `Failure`: `cancelled` as soon as its signal
 * is aborted, anything else after the tries that `triesFor` allows.
 */
export class AssemblyAiClient implements SpeechApi {
  readonly origin: string;
  readonly host: string;
  readonly local = undefined;
  private readonly channel: Channel;
  private readonly retry: Retry;
  private readonly way: Way;

  constructor(private readonly options: AssemblyAiClientOptions) {
    this.origin = options.baseUrl.origin;
    this.host = options.baseUrl.host;
    this.channel = new Channel(options);
    this.retry = new Retry(options);
    this.way = { channel: this.channel, retry: this.retry };
  }

  upload(recording: Recording, options: UploadOptions): Promise<Upload> {
    const { clock } = this.options;
    const timeouts = this.options.uploadTimeouts ?? uploadTimeouts;
    return this.retry.run('upload', options.signal, async () => {
      try {
        return await uploadOnce(this.channel, recording, options, timeouts, clock);
      } catch (thrown) {
        const failure = await this.refusalBehind(asFailure(thrown), options.signal);
        throw failure.kind === 'tooLarge' ? failure.with({ subject: recording.name }) : failure;
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
        // Returned, since a look that fails has to be the end: sent again unseen, the job might run twice.
        const found = await this.lookFor(request.audio_url, startedMs, signal).catch((thrown: unknown) =>
          this.unsure(failure, asFailure(thrown)),
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
      this.transcript((await this.sendFor('GET', transcriptId, signal)).json, transcriptId),
    );
  }

  /** Deletes the text and the uploaded file at the service; once more is no error. */
  async delete(transcriptId: string, signal: AbortSignal): Promise<void> {
    await this.retry.run('delete', signal, async () =>
      this.transcript((await this.sendFor('DELETE', transcriptId, signal)).json, transcriptId),
    );
  }

  /**
   * Deletes like `delete`, and reads back whether that is so: the service says yes before everything is gone.
   * @throws Failure `notDeleted` when the text can still be read
   */
  async deleteForSure(transcriptId: string, signal: AbortSignal): Promise<void> {
    await this.delete(transcriptId, signal);
    await confirmDeleted(
      () => this.get(transcriptId, signal),
      (ms) => this.retry.sleep(ms, signal),
      { host: this.host, transcriptId },
    );
  }

  /** Where words and phrases are in a transcript, by the service's own search; phrases have up to five words, and no commas. */
  wordSearch(
    transcriptId: string,
    words: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly WordMatch[]> {
    return searchWords(this.way, transcriptId, words, signal);
  }

  /** The captions of a finished transcript as the service cuts them. @param charsPerCaption at least 1 */
  subtitles(
    transcriptId: string,
    format: 'srt' | 'vtt',
    charsPerCaption: number | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    return fetchSubtitles(this.way, transcriptId, format, charsPerCaption, signal);
  }

  /**
   * Downloads the recording with personal information made unhearable, once the service has made it.
   * The address that the service names is another host's: it is not sent the key.
   * @param file absolute path of a file that does not exist yet; nothing is left there when it fails
   */
  saveRedactedAudio(transcriptId: string, file: string, signal: AbortSignal): Promise<void> {
    return saveRedactedAudio(this.way, this.options, transcriptId, file, signal);
  }

  /** The transcripts of this key's project, newest first, of the last 90 days. */
  async list(query: ListQuery, signal: AbortSignal): Promise<TranscriptPage> {
    return (await this.requestPage(query, signal)).page;
  }

  async find(audioUrl: string, sinceMs: number, signal: AbortSignal): Promise<TranscriptBody | undefined> {
    let query: ListQuery = { limit: findRows };
    for (let pages = 0; pages < mostFindPages; pages++) {
      const { page, serverMs } = await this.requestPage(query, signal);
      const nowMs = this.options.clock.now();
      // A clock that was set back since then does not tell when that was.
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
    throw new Failure('unexpectedAnswer', 'The list has no end', { host: this.channel.host });
  }

  /** Resolves when the service accepts the key. */
  async checkKey(signal: AbortSignal): Promise<void> {
    await this.list({ limit: 1 }, signal);
  }

  private async requestPage(
    query: ListQuery,
    signal: AbortSignal,
  ): Promise<{ page: TranscriptPage; serverMs: number | undefined }> {
    const path = query.olderUrl === undefined ? listPath(query) : this.ownPath(query.olderUrl, query.status);
    return this.retry.run('list', signal, async () => {
      const { json, serverMs } = await this.channel.send({ method: 'GET', path, signal });
      return { page: this.understood(() => parseListPage(json)), serverMs };
    });
  }

  /** The path of an URL that the service sent; on another host it would be sent the key. */
  private ownPath(text: string, status: TranscriptStatus | undefined): string {
    const { origin, path } = this.options.baseUrl;
    const url = URL.canParse(text, origin) ? new URL(text, origin) : undefined;
    if (url?.origin !== origin || !url.pathname.startsWith(`${path}/v2/`)) {
      throw new Failure('unexpectedAnswer', 'The list goes on at another host', { host: this.channel.host });
    }
    if (status !== undefined) {
      // It is not said that the address of a page repeats what the page was asked for.
      url.searchParams.set('status', status);
    }
    return url.pathname.slice(path.length) + url.search;
  }

  private async sendFor(
    method: 'GET' | 'DELETE',
    transcriptId: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    const path = transcriptPath(transcriptId, this.host);
    return this.channel.send({ method, path, signal, transcriptId });
  }

  /**
   * Sends what cannot be taken back: when it is cancelled on the way, its answer is still waited for a while,
   * since a job that nobody knows of would run and be billed.
   */
  private async sendWithGrace(request: ChannelRequest): Promise<Answer> {
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
      return await this.channel.send({ ...request, signal: abandoned.signal });
    } catch (thrown) {
      throw unsureIfCancelled(asFailure(thrown));
    } finally {
      signal.removeEventListener('abort', startGrace);
      answered.abort();
    }
  }

  private transcript(json: unknown, transcriptId?: string): TranscriptBody {
    return this.understood(() => parseTranscriptBody(json), transcriptId);
  }

  /** Adds the host to what a parser has to say. */
  private understood<T>(parse: () => T, transcriptId?: string): T {
    try {
      return parse();
    } catch (thrown) {
      throw asFailure(thrown).with({ host: this.channel.host, transcriptId });
    }
  }

  private async lookFor(
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
   * A submit that nobody could look for fails as it did itself. How the look failed tells nothing about the job: a
   * refused connection or key would be taken for a refused job, which may be sent again.
   */
  private unsure(submit: Failure, look: Failure): Failure {
    if (look.kind === 'cancelled') {
      return unsureIfCancelled(look);
    }
    this.options.log.warn(`Could not look for the job: ${look.kind}, ${look.message}`);
    return submit.with({ transcriptId: look.transcriptId, cause: look });
  }

  /**
   * A connection that breaks in the middle of an upload may be a refusal whose answer got lost: one cheap
   * request tells a bad key from a bad network.
   */
  private async refusalBehind(failure: Failure, signal: AbortSignal): Promise<Failure> {
    if (failure.kind !== 'network') {
      return failure;
    }
    try {
      await this.channel.send({ method: 'GET', path: listPath({ limit: 1 }), signal });
      return failure;
    } catch (thrown) {
      const refusal = asFailure(thrown);
      return triesFor('upload', refusal) === 1 ? refusal : failure;
    }
  }
}

/** Cancelled when the job may exist already, which its user has to know. */
function unsureIfCancelled(failure: Failure): Failure {
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
