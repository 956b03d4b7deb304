import type { CutOff } from '../../core/ask/answerMarkdown';
import type { QuestionMessages } from '../../core/ask/questionMessages';

/** Which model was chosen, as it is remembered. */
export type ModelChoice =
  | { readonly source: 'gateway'; readonly host: string; readonly id: string }
  | { readonly source: 'editor'; readonly vendor: string; readonly id: string };

/** A language model that can be asked. */
export interface AnswerModel {
  readonly choice: ModelChoice;
  readonly name: string;
  /** Where a transcript goes with a question, in a few words. */
  readonly destination: string;
  /** What is known about it, on one line. */
  readonly detail: string;
  /** The most that it reads and writes, in tokens; null where it is not known. */
  readonly contextLength: number | null;

  /**
   * Its answer in the pieces in which it comes; returns why that is not whole, where the model says so.
   *
   * @throws Failure also `cancelled`
   */
  ask(prompt: QuestionMessages, signal: AbortSignal): AsyncGenerator<string, CutOff | undefined>;
}
