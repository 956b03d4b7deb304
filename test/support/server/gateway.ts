import { isJsonObject, readObjects, type JsonObject } from '../../../src/core/json';
import { isFinal } from '../../../src/local/api/bodies';
import { jsonReply, type Reply } from '../../../src/local/api/replies';
import type { Jobs } from './jobs';
import type { GatewayRoute } from './routes';
import type { Pieces, ScriptedReply } from './scriptedReply';
import { understandingBody, understandingRefusals } from './understanding';

/** What a model answers: a text, or its pieces as they arrive. If they end in an error, the connection is cut. */
export type ScriptedAnswer = string | Pieces<string> | AnswerScript | RawAnswer;

interface AnswerScript {
  readonly text: string | Pieces<string>;
  /** Such as `length` where the answer may not be longer. */
  readonly finishReason: string;
}

/** The raw bytes of a response, for responses that the gateway would not send. */
interface RawAnswer {
  readonly raw: Pieces<string | Uint8Array>;
  /** Default `text/event-stream`. */
  readonly contentType?: string;
}

/** What the gateway lists when a test says nothing else; the last one has as little as can be. */
export const gatewayModels: readonly JsonObject[] = [
  {
    id: 'gpt-5.2',
    name: 'GPT-5.2',
    description: 'A model that streams.',
    default_parameters: { temperature: null, top_p: null },
    supported_parameters: ['max_tokens', 'temperature', 'tools'],
    top_provider: { is_moderated: false, context_length: 400_000, max_completion_tokens: 128_000 },
    context_length: 400_000,
    pricing: { global: { prompt: 1.75e-6, completions: 1.4e-5 } },
    creator: 'openai',
    retirement_date: 0,
    available_regions: ['us'],
    providers: ['openai'],
    default_provider: 'openai',
  },
  {
    id: 'claude-haiku-4-5-20251001',
    name: 'Claude Haiku 4.5',
    description: 'A model that answers in one piece.',
    context_length: 200_000,
    supported_parameters: ['max_tokens', 'temperature'],
    creator: 'anthropic',
    available_regions: ['us', 'eu'],
  },
  { id: 'qwen3-32B', name: null, description: null, context_length: null, pricing: null },
];

const tag = '{{ transcript }}';
const charactersOfToken = 4;
const rateHeaders = {
  'x-ratelimit-limit': '30',
  'x-ratelimit-remaining': '29',
  'x-ratelimit-reset': '60',
};

/** An error in the gateway's own shape. */
export function gatewayErrorReply(
  status: number,
  message: string,
  errors: readonly string[] = [],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const reply = jsonReply(status, { code: status, message, request_id: 'request-1', metadata: { errors } });
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** How the gateway refuses accounts without access. */
export function gatewayAccessReply(status: number, error: string): Reply {
  return jsonReply(status, { error, status: 'error', request_id: 'request-1' });
}

async function* textOf(answer: string | Pieces<string>): AsyncGenerator<string> {
  if (typeof answer === 'string') {
    yield* answer.match(/\s*\S+\s*/g) ?? [];
  } else {
    yield* answer;
  }
}

const tokens = (text: string): number => Math.ceil(text.length / charactersOfToken);

/** A scripted LLM Gateway: the answers of models are set in advance. */
export class ScriptedGateway {
  readonly answers: ScriptedAnswer[] = [];

  constructor(private readonly models: readonly JsonObject[]) {}

  act(route: GatewayRoute, body: unknown, jobs: Jobs): ScriptedReply {
    if (route === 'models') {
      return jsonReply(200, { data: this.models });
    }
    if (!isJsonObject(body)) {
      return gatewayErrorReply(400, 'Invalid JSON body');
    }
    return route === 'chat' ? this.chat(body, jobs) : this.understand(route, body, jobs);
  }

  private chat(asked: JsonObject, jobs: Jobs): ScriptedReply {
    const model = this.models.find(({ id }) => id === asked['model']);
    const messages = readObjects(asked['messages']);
    const id = asked['transcript_id'];
    const transcript = id === undefined ? '' : spokenText(id, jobs);
    if (model === undefined) {
      return gatewayErrorReply(400, `model ${String(asked['model'])} is not supported`);
    }
    if (messages.length === 0 && typeof asked['prompt'] !== 'string') {
      return gatewayErrorReply(400, 'Invalid request', ['messages or prompt is required']);
    }
    if (typeof transcript !== 'string') {
      return transcript;
    }
    const request = { ...asked, messages: withTranscript(messages, transcript) };
    const input = tokens(JSON.stringify(request));
    return input > Number(model['context_length'] ?? Infinity)
      ? gatewayErrorReply(400, 'model context limit exceeded')
      : this.answer(request, String(model['creator']), input);
  }

  private answer(request: JsonObject, creator: string, input: number): ScriptedReply {
    const answer = this.answers.shift() ?? 'This is what the script says.';
    if (typeof answer === 'object' && 'raw' in answer) {
      const headers = { 'content-type': answer.contentType ?? 'text/event-stream' };
      return { status: 200, headers, pieces: answer.raw };
    }
    const script: AnswerScript =
      typeof answer === 'object' && 'text' in answer
        ? answer
        : { text: answer, finishReason: creator === 'anthropic' ? 'end_turn' : 'stop' };
    // Asked to stream a model that cannot, it answers in one piece.
    return request['stream'] === true && creator === 'openai'
      ? streamed(script, input)
      : whole(script, request, input);
  }

  private understand(
    route: 'understanding' | 'understanding/validate',
    body: JsonObject,
    jobs: Jobs,
  ): ScriptedReply {
    const errors = understandingRefusals(body);
    if (errors.length > 0) {
      return gatewayErrorReply(400, 'Invalid request', errors);
    }
    if (route === 'understanding/validate') {
      return jsonReply(200, {});
    }
    const id = body['transcript_id'];
    const text = spokenText(id, jobs);
    if (typeof text !== 'string') {
      return text;
    }
    const transcript = jobs.find(String(id))?.body ?? {};
    return jsonReply(200, understandingBody(body, transcript));
  }
}

/** The text of a transcript of this key, or the error. */
function spokenText(id: unknown, jobs: Jobs): string | Reply {
  const job = jobs.find(String(id));
  if (job === undefined) {
    return gatewayErrorReply(404, 'transcript not found');
  }
  if (job.isDeleted) {
    return gatewayErrorReply(404, 'transcript deleted');
  }
  return isFinal(job.body['status']) && typeof job.body['text'] === 'string'
    ? job.body['text']
    : gatewayErrorReply(400, 'transcript is not completed');
}

/** Replaces the first tag of the first message that has one by the transcript. */
function withTranscript(messages: readonly JsonObject[], transcript: string): readonly JsonObject[] {
  const at = messages.findIndex(({ content }) => typeof content === 'string' && content.includes(tag));
  return messages.map((message, index) =>
    index === at
      ? { ...message, content: String(message['content']).replace(tag, () => transcript) }
      : message,
  );
}

function whole({ text, finishReason }: AnswerScript, request: JsonObject, input: number): ScriptedReply {
  async function* body(): AsyncGenerator<string> {
    let content = '';
    for await (const piece of textOf(text)) {
      content += piece;
    }
    const output = tokens(content);
    yield JSON.stringify({
      request_id: 'request-1',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finishReason }],
      request,
      usage: { input_tokens: input, output_tokens: output, total_tokens: input + output },
      http_status_code: 200,
      response_time: 1_234_567_890,
      llm_status_code: 200,
    });
  }
  return { status: 200, headers: { 'content-type': 'application/json', ...rateHeaders }, pieces: body() };
}

function streamed({ text, finishReason }: AnswerScript, input: number): ScriptedReply {
  const event = (json: object): string => `data: ${JSON.stringify({ id: 'request-1', ...json })}\n\n`;
  const chunk = (delta: object, reason: string | null = null): string =>
    event({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] });
  async function* events(): AsyncGenerator<string> {
    yield chunk({ role: 'assistant', content: '' });
    let output = 0;
    for await (const content of textOf(text)) {
      output += tokens(content);
      yield chunk({ content });
    }
    yield chunk({}, finishReason);
    const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
    yield event({ object: 'chat.completion.chunk', choices: [], usage });
    yield 'data: [DONE]\n\n';
  }
  return { status: 200, headers: { 'content-type': 'text/event-stream', ...rateHeaders }, pieces: events() };
}
