import type { Gateway } from '../../assemblyai/gateway';
import type { CutOff } from '../../core/ask/answerMarkdown';
import type { QuestionMessages } from '../../core/ask/questionMessages';
import { maxAnswerTokens } from '../../core/ask/tokenCount';
import type { LanguageModel } from './languageModel';

/**
 * Lists the language models of AssemblyAI's LLM Gateway, in its order.
 *
 * @param host of the gateway, to which transcripts are sent with questions
 * @throws Failure
 */
export async function listGatewayModels(
  gateway: Gateway,
  host: string,
  signal: AbortSignal,
): Promise<readonly LanguageModel[]> {
  const models = await gateway.models(signal);
  return models.map(({ id, name, description, contextLength, streams }) => ({
    choice: { source: 'gateway', host, id },
    name,
    destination: `the transcript is sent to ${host}`,
    detail: [description, ...limitIn(contextLength)].filter((part) => part !== '').join(' · '),
    contextLength,
    ask: (prompt, abort) => askModel(gateway, { id, streams }, prompt, abort),
  }));
}

function limitIn(contextLength: number | null): readonly string[] {
  return contextLength === null ? [] : [`${contextLength.toLocaleString('en')} tokens`];
}

async function* askModel(
  gateway: Gateway,
  { id, streams }: { readonly id: string; readonly streams: boolean },
  { system: instructions, user: question }: QuestionMessages,
  signal: AbortSignal,
): AsyncGenerator<string, CutOff | undefined> {
  const messages = [
    { role: 'system', content: instructions },
    { role: 'user', content: question },
  ] as const;
  const request = { model: id, messages, maxTokens: maxAnswerTokens, streams };
  const { isCut, isRefused } = yield* gateway.chat(request, signal);
  return isRefused ? 'refused' : isCut ? 'tooLong' : undefined;
}
