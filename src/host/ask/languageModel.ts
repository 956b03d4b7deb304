import type { CutOff } from '../../core/ask/answerMarkdown';
import type { QuestionMessages } from '../../core/ask/questionMessages';

/** Which model the user chose, as it is stored. */
export type ModelChoice =
  | { readonly source: 'gateway'; readonly host: string; readonly id: string }
  | { readonly source: 'editor'; readonly vendor: string; readonly id: string };

/** A language model that can be asked. */
export interface LanguageModel {
  readonly choice: ModelChoice;
  readonly name: string;
  /** Where a transcript is sent with a question, as part of a sentence. */
  readonly destination: string;
  /** More about the model, on one line. */
  readonly detail: string;
  /** Tokens that question and answer may have together; null when it is not known. */
  readonly contextLength: number | null;

  /**
   * Asks the model and yields its answer piece by piece. Returns why the answer is incomplete, if the model says so.
   *
   * @throws Failure also `cancelled`, when the signal is aborted
   */
  ask(prompt: QuestionMessages, signal: AbortSignal): AsyncGenerator<string, CutOff | undefined>;
}
