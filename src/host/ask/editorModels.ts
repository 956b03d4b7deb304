import * as vscode from 'vscode';
import { asFailure, Failure } from '../../core/failures/failure';
import { maxAnswerTokens } from '../../core/ask/tokenCount';
import type { QuestionMessages } from '../../core/ask/questionMessages';
import type { LanguageModel } from './languageModel';

/**
 * Lists the language models that other extensions provide to VS Code. VS Code asks for the user's consent with the first
 * question.
 */
export async function listEditorModels(
  selector: vscode.LanguageModelChatSelector = {},
): Promise<readonly LanguageModel[]> {
  // A provider that fails counts as none.
  const models = await Promise.resolve(vscode.lm.selectChatModels(selector)).catch(() => []);
  return models.map((model) => ({
    choice: { source: 'editor', vendor: model.vendor, id: model.id },
    name: model.name,
    destination: 'nothing is sent to AssemblyAI',
    detail: `${model.vendor}, ${model.family}`,
    contextLength: model.maxInputTokens + maxAnswerTokens,
    ask: (prompt, signal) => askModel(model, prompt, signal),
  }));
}

async function* askModel(
  model: vscode.LanguageModelChat,
  { system: instructions, user: question }: QuestionMessages,
  signal: AbortSignal,
): AsyncGenerator<string, undefined> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    // This API has no role for instructions.
    const message = vscode.LanguageModelChatMessage.User(`${instructions}\n\n${question}`);
    const justification = 'To answer your question about a transcript.';
    const response = await model.sendRequest([message], { justification }, source.token);
    for await (const piece of response.text) {
      signal.throwIfAborted();
      yield piece;
    }
    signal.throwIfAborted();
    return undefined;
  } catch (thrown) {
    throw signal.aborted ? new Failure('cancelled', 'Cancelled', { cause: thrown }) : modelFailure(thrown);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}

/** The failure for an error of VS Code or of a model's provider, such as a missing permission. */
function modelFailure(thrown: unknown): Failure {
  if (thrown instanceof vscode.LanguageModelError) {
    const { message, code } = thrown;
    return new Failure('modelRefused', message === '' ? code : message, { code, cause: thrown });
  }
  return asFailure(thrown);
}
