import { asFailure, Failure } from '../core/failures/failure';
import { redact } from '../node/redact';
import { isJsonObject, readAmount, readObjects, readText, type JsonObject } from '../core/json';
import { isTranscriptId } from '../core/transcript/parseTranscript';
import type { BaseUrl } from './baseUrl';
import { HttpClient, type HttpClientOptions, type HttpRequest } from './httpClient';
import { ChatAnswer, type ChatEnd } from './chatAnswer';
import type { RequestFacts } from './httpFailures';
import { gatewayFailure, isErrorBody, errorBodyFailure } from './gatewayFailures';
import { Retry, type RetryOptions } from './retry';
import { readServerSentEvents } from './serverSentEvents';
import { oneLine } from '../core/text';

export interface GatewayOptions extends HttpClientOptions, RetryOptions {
  /** How long a model may think without a word, ms. */
  readonly thinkingMs?: number;
}

/** A language model that the gateway offers. */
export interface GatewayModel {
  readonly id: string;
  readonly name: string;
  /** One line; '' where there is none. */
  readonly description: string;
  /** Tokens; null where the gateway does not say. */
  readonly contextLength: number | null;
  /** Whether its answers come word by word: of the gateway's models, OpenAI's do. */
  readonly streams: boolean;
}

/** What is said to a model. */
interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** The most that is answered. */
  readonly maxTokens: number;
  readonly streams: boolean;
}

/** An answer of which the first piece is here. */
interface BegunAnswer {
  readonly start: string;
  readonly rest: AsyncGenerator<string, void, void>;
}

/** Without streaming, the gateway is silent until the whole answer is there. */
const defaultThinkingMs = 300_000;

const longestDescription = 300;

/** AssemblyAI's LLM Gateway. Every method rejects with a `Failure`; `paidAccountNeeded` where the account has no access. */
export class Gateway {
  private readonly http: HttpClient;
  private readonly retry: Retry;

  constructor(private readonly options: GatewayOptions) {
    this.http = new HttpClient(options);
    this.retry = new Retry(options);
  }

  /** The models of the account's region, as the gateway lists them. */
  models(signal: AbortSignal): Promise<readonly GatewayModel[]> {
    return this.try('list', signal, async () => {
      const { json } = await this.http.fetchJson({ method: 'GET', path: '/models', signal });
      const list = isJsonObject(json) ? json['data'] : json;
      if (!Array.isArray(list)) {
        throw this.unexpected('The answer is no list of models');
      }
      return readObjects(list).flatMap(readModel);
    });
  }

  /**
   * The answer in the pieces in which it comes: one, where the model does not stream. Each answer is billed, so it is
   * asked for again only where the gateway did not take the question. Who stops reading ends the connection.
   *
   * @returns how it ended, as the generator's value
   */
  async *chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<string, ChatEnd, void> {
    const begun = await this.ask(request, signal);
    const answer = new ChatAnswer();
    const pieces = joined(begun);
    // The gateway does not stream all models, whatever was asked for.
    const isStream = !/^[{[<]/.test(begun.start);
    let isEmpty = true;
    for await (const json of isStream ? this.events(pieces) : this.whole(pieces)) {
      if (isErrorBody(json)) {
        throw errorBodyFailure(json, this.facts(), this.options.clock.now(), this.redact);
      }
      const text = answer.add(json);
      if (text !== '') {
        isEmpty = false;
        yield text;
      }
    }
    const { chatEnd } = answer;
    if (isEmpty && chatEnd.finishReason === null) {
      throw this.unexpected('The answer has no text');
    }
    return chatEnd;
  }

  /**
   * Runs features of `speech_understanding` on a finished transcript, again only where the gateway did not take that.
   * @param request what would stand under `speech_understanding.request` of a submit
   * @returns the answer: `speech_understanding.response`, and what it rewrote of the transcript
   */
  async understand(transcriptId: string, request: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    if (!isTranscriptId(transcriptId)) {
      throw new Failure('invalidRequest', 'This is no transcript id', { host: this.http.host });
    }
    const content = { transcript_id: transcriptId, speech_understanding: { request } };
    return this.try('understand', signal, async () => {
      const post = this.post('/understanding', content, signal);
      const { json } = await this.http.fetchJson({ ...post, transcriptId });
      if (!isJsonObject(json)) {
        throw this.unexpected('The answer is no JSON object');
      }
      if (isErrorBody(json)) {
        throw errorBodyFailure(json, this.facts(transcriptId), this.options.clock.now(), this.redact);
      }
      return json;
    });
  }

  private readonly redact = (text: string): string => redact(text, this.options.apiKey);

  private async ask(request: ChatRequest, signal: AbortSignal): Promise<BegunAnswer> {
    const { model, messages, maxTokens, streams } = request;
    const content: JsonObject = {
      model,
      messages,
      max_tokens: maxTokens,
      ...(streams ? { stream: true } : {}),
    };
    try {
      return await this.try('chat', signal, () =>
        opening(this.http.streamText(this.post('/chat/completions', content, signal))),
      );
    } catch (thrown) {
      const failure = asFailure(thrown);
      // Which models stream is nowhere said for sure.
      if (!streams || failure.status !== 400 || !/\bstream/i.test(failure.message)) {
        throw failure;
      }
      this.options.log.info(`${model} does not stream: ${failure.message}`);
      return this.ask({ ...request, streams: false }, signal);
    }
  }

  private try<T>(
    operation: 'list' | 'chat' | 'understand',
    signal: AbortSignal,
    attempt: () => Promise<T>,
  ): Promise<T> {
    return this.retry.run(operation, signal, async () => {
      try {
        return await attempt();
      } catch (thrown) {
        throw gatewayFailure(asFailure(thrown));
      }
    });
  }

  private post(path: string, json: JsonObject, signal: AbortSignal): HttpRequest {
    const content = JSON.stringify(json);
    const { thinkingMs = defaultThinkingMs } = this.options;
    return {
      method: 'POST',
      path,
      body: { contentType: 'application/json', lengthBytes: Buffer.byteLength(content), content },
      signal,
      headersTimeoutMs: thinkingMs,
      bodyTimeoutMs: thinkingMs,
    };
  }

  /** The JSON of each event, up to the end that the gateway announces; a stream that just stops there is broken off. */
  private async *events(pieces: AsyncIterable<string>): AsyncGenerator<JsonObject, void, void> {
    let isFinished = false;
    let isEmpty = true;
    for await (const { type, data } of readServerSentEvents(pieces)) {
      if (data.trim() === '[DONE]') {
        return;
      }
      const json = parseObject(data);
      if (json === undefined) {
        throw this.unexpected('A piece of the answer is no JSON');
      }
      isEmpty = false;
      isFinished ||= readObjects(json['choices']).some(
        (choice) => typeof choice['finish_reason'] === 'string',
      );
      yield type === 'error' && !isErrorBody(json) ? { error: json } : json;
    }
    if (!isFinished) {
      throw isEmpty
        ? this.unexpected('The answer has no text')
        : new Failure('network', 'The answer broke off', this.facts());
    }
  }

  private async *whole(pieces: AsyncIterable<string>): AsyncGenerator<JsonObject, void, void> {
    let text = '';
    for await (const piece of pieces) {
      text += piece;
    }
    const json = parseObject(text);
    if (json === undefined) {
      throw this.unexpected('The answer is no JSON');
    }
    yield json;
  }

  private facts(transcriptId?: string): RequestFacts {
    return { host: this.http.host, transcriptId };
  }

  private unexpected(message: string): Failure {
    return new Failure('unexpectedAnswer', message, this.facts());
  }
}

function readModel(model: JsonObject): GatewayModel[] {
  const id = readText(model['id']);
  const parameters = model['supported_parameters'];
  const listsStream = Array.isArray(parameters) && parameters.includes('stream');
  return id === ''
    ? []
    : [
        {
          id,
          name: readText(model['name']) || id,
          description: oneLine(readText(model['description']), longestDescription),
          contextLength: readAmount(model['context_length']),
          streams: listsStream || /^openai$/i.test(readText(model['creator'])) || /^(gpt-|o\d)/.test(id),
        },
      ];
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Reads until something has come that tells what it is; a byte order mark and white space do not. */
async function opening(pieces: AsyncGenerator<string, void, void>): Promise<BegunAnswer> {
  let start = '';
  while (start === '') {
    const next = await pieces.next();
    if (next.done === true) {
      break;
    }
    start = next.value.replace(/^[\ufeff\s]+/, '');
  }
  return { start, rest: pieces };
}

async function* joined({ start, rest }: BegunAnswer): AsyncGenerator<string, void, void> {
  try {
    yield start;
    yield* rest;
  } finally {
    // Also where nobody wants more than the start.
    await rest.return();
  }
}

/** Where the gateway of a service is: beside AssemblyAI's API in the same region; a custom server has it under its own address. */
export function gatewayBaseUrl(service: BaseUrl): BaseUrl {
  const host = service.host.replace(/^api\./, 'llm-gateway.');
  const isAssemblyAi = /^api\.(eu\.)?assemblyai\.com$/.test(service.host);
  return isAssemblyAi
    ? { origin: service.origin.replace('://api.', '://llm-gateway.'), host, path: '/v1' }
    : { ...service, path: `${service.path}/v1` };
}
