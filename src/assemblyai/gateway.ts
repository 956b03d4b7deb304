import { asFailure, Failure } from '../core/failures/failure';
import { isJsonObject, readAmount, readObjects, readText, type JsonObject } from '../core/json';
import { parseJson } from '../core/parseJson';
import { oneLine } from '../core/text';
import { isTranscriptId } from '../core/transcript/parseTranscript';
import { transcriptBytes } from '../node/readFiles';
import { redact, redactPieces } from '../node/redact';
import type { BaseUrl } from './baseUrl';
import { ChatAnswer, type ChatEnd } from './chatAnswer';
import { errorBodyFailure, gatewayFailure, isErrorBody } from './gatewayFailures';
import { HttpClient, type HttpClientOptions, type HttpRequest } from './httpClient';
import type { RequestFacts } from './httpFailures';
import { Retry, type RetryOptions } from './retry';
import { readServerSentEvents } from './serverSentEvents';

/** What the client of the LLM Gateway needs. */
export interface GatewayOptions extends HttpClientOptions, RetryOptions {
  /** How long a model may take without sending anything, in ms. */
  readonly thinkingMs?: number;
}

/** A language model of the gateway. */
export interface GatewayModel {
  readonly id: string;
  readonly name: string;
  /** One line; '' for none. */
  readonly description: string;
  /** How much it can read and write together, in tokens; null where the gateway does not say. */
  readonly contextLength: number | null;
  /**
   * Whether it streams its answers: the gateway lists `stream` among its parameters, or it is one of OpenAI's models.
   */
  readonly streams: boolean;
}

/** A message of a chat. */
interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** A question to a language model. */
export interface ChatRequest {
  /** Id of the model. */
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** Maximum length of the answer, in tokens. */
  readonly maxTokens: number;
  /** Whether to ask for a stream. */
  readonly streams: boolean;
}

/** A response whose first piece has arrived. */
interface BegunResponse {
  readonly start: string;
  readonly rest: AsyncGenerator<string, void, void>;
}

/** Without streaming, the gateway sends nothing until the answer is complete. */
const defaultThinkingMs = 300_000;

const maxDescriptionLength = 300;

/**
 * A client of AssemblyAI's LLM Gateway (https://www.assemblyai.com/docs/llm-gateway/chat-completions). All methods
 * reject with a `Failure`, which is `paidAccountNeeded` if the account has no access.
 */
export class Gateway {
  private readonly http: HttpClient;
  private readonly retry: Retry;

  constructor(private readonly options: GatewayOptions) {
    this.http = new HttpClient(options);
    this.retry = new Retry(options);
  }

  /** The models that the gateway lists for the account's region. */
  models(signal: AbortSignal): Promise<readonly GatewayModel[]> {
    return this.try('list', signal, async () => {
      const { json } = await this.http.fetchJson({ method: 'GET', path: '/models', signal });
      const list = isJsonObject(json) ? json['data'] : json;
      if (!Array.isArray(list)) {
        throw this.unexpected('The answer is not a list of models');
      }
      return readObjects(list).flatMap(readModel);
    });
  }

  /**
   * Asks a model and yields its answer piece by piece; in one piece if the model does not stream. As every answer is
   * billed, the question is only repeated if the gateway cannot have received it. Ending the iteration closes the
   * connection.
   *
   * @returns how the answer ended
   */
  async *chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<string, ChatEnd, void> {
    const response = await this.ask(request, signal);
    const answer = new ChatAnswer();
    // Once more, since escapes and the ends of events may have hidden the key.
    yield* redactPieces(this.texts(response, answer), this.options.apiKey);
    return answer.chatEnd;
  }

  /** The text of an answer, piece by piece. */
  private async *texts(response: BegunResponse, answer: ChatAnswer): AsyncGenerator<string, void, void> {
    const pieces = piecesOf(response);
    // Even if a stream was requested, the gateway sends the answers of some models as JSON.
    const isStream = !/^[{[<]/.test(response.start);
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
    if (isEmpty && answer.chatEnd.finishReason === null) {
      throw this.unexpected('The answer has no text');
    }
  }

  /**
   * Runs features of `speech_understanding` on a finished transcript. Only repeated if the gateway cannot have received
   * the request.
   * @param request the value of `speech_understanding.request`
   * @returns the body of the response: `speech_understanding.response`, and the fields of the transcript that changed
   */
  async understand(transcriptId: string, request: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    if (!isTranscriptId(transcriptId)) {
      throw new Failure('invalidRequest', 'This is not a transcript ID', { host: this.http.host });
    }
    const content = { transcript_id: transcriptId, speech_understanding: { request } };
    return this.try('understand', signal, async () => {
      const post = this.post('/understanding', content, signal);
      const { json } = await this.http.fetchJson({ ...post, transcriptId, maxBytes: transcriptBytes });
      if (!isJsonObject(json)) {
        throw this.unexpected('The answer is not a JSON object');
      }
      if (isErrorBody(json)) {
        throw errorBodyFailure(json, this.facts(transcriptId), this.options.clock.now(), this.redact);
      }
      return json;
    });
  }

  private readonly redact = (text: string): string => redact(text, this.options.apiKey);

  private async ask(request: ChatRequest, signal: AbortSignal): Promise<BegunResponse> {
    const { model, messages, maxTokens, streams } = request;
    const content: JsonObject = {
      model,
      messages,
      max_tokens: maxTokens,
      ...(streams ? { stream: true } : {}),
    };
    try {
      return await this.try('chat', signal, () =>
        begin(this.http.streamText(this.post('/chat/completions', content, signal))),
      );
    } catch (thrown) {
      const failure = asFailure(thrown);
      // The list of models may be wrong about streaming.
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

  /**
   * The JSON of each event up to the end of the answer.
   * @throws Failure `network` for a stream that ends before that
   */
  private async *events(pieces: AsyncIterable<string>): AsyncGenerator<JsonObject, void, void> {
    let isFinished = false;
    let isEmpty = true;
    for await (const { type, data } of readServerSentEvents(pieces)) {
      if (data.trim() === '[DONE]') {
        return;
      }
      const json = parseObject(data);
      if (json === undefined) {
        // A sign of life, such as an event without data. The other pieces are paid for and count.
        this.options.log.debug('Passed over a piece of the answer that is no JSON object');
        continue;
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
      throw this.unexpected('The answer is not JSON');
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
          description: oneLine(readText(model['description']), maxDescriptionLength),
          contextLength: readAmount(model['context_length']),
          streams: listsStream || /^openai$/i.test(readText(model['creator'])) || /^(gpt-|o\d)/.test(id),
        },
      ];
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const json: unknown = parseJson(text);
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a response up to its first character that is neither whitespace nor a byte order mark. */
async function begin(pieces: AsyncGenerator<string, void, void>): Promise<BegunResponse> {
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

/** All pieces of a response. */
async function* piecesOf({ start, rest }: BegunResponse): AsyncGenerator<string, void, void> {
  try {
    yield start;
    yield* rest;
  } finally {
    // Also if the iteration ends after the start.
    await rest.return();
  }
}

/**
 * The base URL of a service's LLM Gateway: AssemblyAI's own of the same region, or `/v1` below the base URL of another
 * service.
 */
export function gatewayBaseUrl(service: BaseUrl): BaseUrl {
  const host = service.host.replace(/^api\./, 'llm-gateway.');
  const isAssemblyAi = /^api\.(eu\.)?assemblyai\.com$/.test(service.host);
  return isAssemblyAi
    ? { origin: service.origin.replace('://api.', '://llm-gateway.'), host, path: '/v1' }
    : { ...service, path: `${service.path}/v1` };
}
