import * as vscode from 'vscode';
import { asFailure, Failure } from '../../core/failures/failure';
import { maxAnswerTokens } from '../../core/ask/tokenCount';
import type { QuestionMessages } from '../../core/ask/questionMessages';
import type { AnswerModel } from './answerModel';

/**
 * The language models that other extensions bring into VS Code; [] where there are none. That the user agrees is
 * VS Code's to ask, with the first question.
 */
export async function listEditorModels(
  selector: vscode.LanguageModelChatSelector = {},
): Promise<readonly AnswerModel[]> {
  // A provider in trouble is as good as none.
  const models = await Promise.resolve(vscode.lm.selectChatModels(selector)).catch(() => []);
  return models.map((model) => ({
    choice: { source: 'editor', vendor: model.vendor, id: model.id },
    name: model.name,
    destination: 'nothing goes to AssemblyAI',
    detail: `${model.vendor}, ${model.family}`,
    contextLength: model.maxInputTokens + maxAnswerTokens,
    ask: (prompt, signal) => askModel(model, prompt, signal),
  }));
}

async function* askModel(
  model: vscode.LanguageModelChat,
  { system, user }: QuestionMessages,
  signal: AbortSignal,
): AsyncGenerator<string, undefined> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    // There is no role for instructions in this interface.
    const message = vscode.LanguageModelChatMessage.User(`${system}\n\n${user}`);
    const justification = 'To answer your question about a transcript.';
    const response = await model.sendRequest([message], { justification }, source.token);
    for await (const piece of response.text) {
      signal.throwIfAborted();
      yield piece;
    }
    signal.throwIfAborted();
    return undefined;
  } catch (thrown) {
    throw signal.aborted ? new Failure('cancelled', 'Cancelled', { cause: thrown }) : failureOf(thrown);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}

/** No permission, blocked, no longer there: whatever a model's provider says. */
function failureOf(thrown: unknown): Failure {
  if (thrown instanceof vscode.LanguageModelError) {
    const { message, code } = thrown;
    return new Failure('modelRefused', message === '' ? code : message, { code, cause: thrown });
  }
  return asFailure(thrown);
}
