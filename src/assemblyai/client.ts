import { asFailure, Failure, type FailureKind } from '../core/failures/failure';
import type { Recording, SpeechApi, Upload, UploadOptions } from '../core/jobs/ports';
import {
  lookDelaysMs,
  mayHaveTakenEffect,
  mostTries,
  retryDelayMs,
  triesFor,
  type Operation,
} from '../core/jobs/retryTiming';
import type { TranscriptRequest } from '../core/request/request';
import type { TranscriptBody } from '../core/transcript/model';
import { isTranscriptId, parseTranscriptBody } from '../core/transcript/parseTranscript';
import { abortFailure, Channel, type Answer, type ChannelOptions, type ChannelRequest } from './channel';
import { parseListPage, type TranscriptPage } from './listPage';
import { uploadOnce, uploadTimeouts, type UploadTimeouts } from './upload';

export interface AssemblyAiClientOptions extends ChannelOptions {
  /** Numbers in [0, 1), for the waits between tries. */
  readonly random: () => number;
  readonly uploadTimeouts?: UploadTimeouts;
  /** How long a cancelled submit waits for its answer, ms. */
  readonly submitGraceMs?: number;
}

export interface ListQuery {
  /** 1 to 200; AssemblyAI's default is 10. */
  readonly limit?: number;
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
  readonly #channel: Channel;

  constructor(private readonly options: AssemblyAiClientOptions) {
    this.origin = options.baseUrl.origin;
    this.host = options.baseUrl.host;
    this.#channel = new Channel(options);
  }

  upload(recording: Recording, options: UploadOptions): Promise<Upload> {
    const { clock } = this.options;
    const timeouts = this.options.uploadTimeouts ?? uploadTimeouts;
    return this.#retry('upload', options.signal, async () => {
      try {
        return await uploadOnce(this.#channel, recording, options, timeouts, clock);
      } catch (thrown) {
        const failure = await this.#refusalBehind(asFailure(thrown), options.signal);
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
    const outcome = await this.#retry('submit', signal, async () => {
      if (tries++ > 0) {
        await beforeRetry?.();
      }
      try {
        return this.#transcript(
          (await this.#sendWithGrace({ method: 'POST', path: '/v2/transcript', body, signal })).json,
        );
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (!mayHaveTakenEffect(failure)) {
          throw failure;
        }
        this.options.log.warn(`submit: ${failure.kind}, ${failure.message}; looking for the job`);
        // Returned, since a look that fails has to be the end: sent again unseen, the job might run twice.
        const found = await this.#lookFor(request.audio_url, startedMs, signal).catch((blind: unknown) =>
          this.#unsure(failure, asFailure(blind)),
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
    return this.#retry('get', signal, async () =>
      this.#transcript((await this.#sendFor('GET', transcriptId, signal)).json, transcriptId),
    );
  }

  /** Deletes the text and the uploaded file at the service; once more is no error. */
  async delete(transcriptId: string, signal: AbortSignal): Promise<void> {
    await this.#retry('delete', signal, async () =>
      this.#transcript((await this.#sendFor('DELETE', transcriptId, signal)).json, transcriptId),
    );
  }

  /** The transcripts of this key's project, newest first, of the last 90 days. */
  async list(query: ListQuery, signal: AbortSignal): Promise<TranscriptPage> {
    return (await this.#list(query, signal)).page;
  }

  async find(audioUrl: string, sinceMs: number, signal: AbortSignal): Promise<TranscriptBody | undefined> {
    let query: ListQuery = { limit: findRows };
    for (let pages = 0; pages < mostFindPages; pages++) {
      const { page, serverMs } = await this.#list(query, signal);
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
    throw new Failure('unexpectedAnswer', 'The list has no end', { host: this.#channel.host });
  }

  /** Resolves when the service accepts the key. */
  async checkKey(signal: AbortSignal): Promise<void> {
    await this.list({ limit: 1 }, signal);
  }

  async #list(
    query: ListQuery,
    signal: AbortSignal,
  ): Promise<{ page: TranscriptPage; serverMs: number | undefined }> {
    const path = query.olderUrl === undefined ? listPath(query.limit) : this.#ownPath(query.olderUrl);
    return this.#retry('list', signal, async () => {
      const { json, serverMs } = await this.#channel.send({ method: 'GET', path, signal });
      return { page: this.#understood(() => parseListPage(json)), serverMs };
    });
  }

  /** The path of an URL that the service sent; on another host it would be sent the key. */
  #ownPath(text: string): string {
    const { origin, path } = this.options.baseUrl;
    const url = URL.canParse(text, origin) ? new URL(text, origin) : undefined;
    if (url?.origin !== origin || !url.pathname.startsWith(`${path}/v2/`)) {
      throw new Failure('unexpectedAnswer', 'The list goes on at another host', { host: this.#channel.host });
    }
    return url.pathname.slice(path.length) + url.search;
  }

  async #sendFor(method: 'GET' | 'DELETE', transcriptId: string, signal: AbortSignal): Promise<Answer> {
    if (!isTranscriptId(transcriptId)) {
      throw new Failure('invalidRequest', 'This is no transcript id', { host: this.#channel.host });
    }
    return this.#channel.send({ method, path: `/v2/transcript/${transcriptId}`, signal, transcriptId });
  }

  /**
   * Sends what cannot be taken back: when it is cancelled on the way, its answer is still waited for a while,
   * since a job that nobody knows of would run and be billed.
   */
  async #sendWithGrace(request: ChannelRequest): Promise<Answer> {
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
      return await this.#channel.send({ ...request, signal: abandoned.signal });
    } catch (thrown) {
      throw unsureIfCancelled(asFailure(thrown));
    } finally {
      signal.removeEventListener('abort', startGrace);
      answered.abort();
    }
  }

  #transcript(json: unknown, transcriptId?: string): TranscriptBody {
    return this.#understood(() => parseTranscriptBody(json), transcriptId);
  }

  /** Adds the host to what a parser has to say. */
  #understood<T>(parse: () => T, transcriptId?: string): T {
    try {
      return parse();
    } catch (thrown) {
      throw asFailure(thrown).with({ host: this.#channel.host, transcriptId });
    }
  }

  async #lookFor(
    audioUrl: string,
    sinceMs: number,
    signal: AbortSignal,
  ): Promise<TranscriptBody | undefined> {
    for (const delayMs of lookDelaysMs) {
      await this.#sleep(delayMs, signal);
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
  #unsure(submit: Failure, look: Failure): Failure {
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
  async #refusalBehind(failure: Failure, signal: AbortSignal): Promise<Failure> {
    if (failure.kind !== 'network') {
      return failure;
    }
    try {
      await this.#channel.send({ method: 'GET', path: listPath(1), signal });
      return failure;
    } catch (thrown) {
      const refusal = asFailure(thrown);
      return triesFor('upload', refusal) === 1 ? refusal : failure;
    }
  }

  async #retry<T>(operation: Operation, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const { log, random } = this.options;
    const failed = new Map<FailureKind, number>();
    for (let tried = 1; ; tried++) {
      try {
        if (signal.aborted) {
          throw abortFailure(signal);
        }
        return await attempt();
      } catch (thrown) {
        const failure = asFailure(thrown);
        const alike = (failed.get(failure.kind) ?? 0) + 1;
        failed.set(failure.kind, alike);
        if (alike >= triesFor(operation, failure) || tried === mostTries) {
          throw failure;
        }
        const delayMs = retryDelayMs(failure, tried, random());
        log.warn(`${operation}: ${failure.kind}, ${failure.message}; try ${tried + 1} in ${delayMs} ms`);
        await this.#sleep(delayMs, signal);
      }
    }
  }

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.options.clock.sleep(ms, signal);
    } catch (thrown) {
      throw signal.aborted ? abortFailure(signal) : thrown;
    }
  }
}

/** Cancelled when the job may exist already, which its user has to know. */
function unsureIfCancelled(failure: Failure): Failure {
  return failure.kind === 'cancelled'
    ? new Failure('cancelledWhileSubmitting', failure.message, { cause: failure, host: failure.host })
    : failure;
}

function listPath(limit: number | undefined): string {
  return limit === undefined ? '/v2/transcript' : `/v2/transcript?limit=${limit}`;
}
