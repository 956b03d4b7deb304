import { describeFailure } from '../../core/failures/describeFailure';
import { emptyAnswerMessage } from '../../core/ask/answerMarkdown';
import { asFailure, type Failure, type FailureKind } from '../../core/failures/failure';
import { buttonsFor, logFailure, reportFailure } from '../platform/reportFailure';
import type { HostLog } from '../platform/log';
import { notify, type Button } from '../platform/userMessages';
import { copyText } from '../platform/links';
import { insertAnswer } from './insertAnswer';
import type { LanguageModel } from './languageModel';
import { LanguageModels, type LanguageModelParts } from './languageModels';
import { answerForNote, showAnswer, whyQuestionTooLong, type Answer, type NoteQuestion } from './showAnswer';

/** A question and the model that is to answer it. */
export interface AskRequest {
  readonly question: NoteQuestion;
  readonly model: LanguageModel;
  /** Heading of the answer when it is inserted into the note. */
  readonly sectionHeading: string;
  /** Whether the user wants it sent although it is probably too long. */
  readonly isLengthAccepted?: boolean;
}

/** Settles the question and the model with the user; undefined when the user cancelled. */
type Prepare = (models: LanguageModels) => Promise<AskRequest | undefined>;

/** How a request ended, before the user is told. */
type Outcome =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'answered'; readonly request: AskRequest; readonly answer: Answer }
  | { readonly kind: 'tooLong'; readonly request: AskRequest; readonly why: string }
  | { readonly kind: 'failed'; readonly request: AskRequest | undefined; readonly failure: Failure };

/** Failures after which another model may answer. */
const modelFailures: ReadonlySet<FailureKind> = new Set<FailureKind>(['paidAccountNeeded', 'modelRefused']);

/** Asks language models about notes, shows their answers and offers what can be done with them. */
export class AskSession {
  constructor(private readonly parts: LanguageModelParts & { readonly log: HostLog }) {}

  /** Asks, and tells the user how it ended. Never rejects. */
  async run(prepare: Prepare): Promise<void> {
    const outcome = await this.outcomeOf(prepare);
    switch (outcome.kind) {
      case 'cancelled':
        return;
      case 'answered':
        return this.offerAnswer(outcome.request, outcome.answer);
      case 'tooLong': {
        const { request, why } = outcome;
        const askAnyway = (): Promise<void> => this.run(repeat(request, { isLengthAccepted: true }));
        return notify('information', why, [
          this.chooseModelButton(request),
          { label: 'Ask Anyway', press: askAnyway },
        ]);
      }
      case 'failed':
        return this.report(outcome.failure, outcome.request, prepare);
    }
  }

  /** Lets the user choose a model while a question is being typed. A failure is only shown, so that the text stays. */
  async chooseAnother(models: LanguageModels): Promise<LanguageModel | undefined> {
    try {
      return await models.choose();
    } catch (thrown) {
      const failure = asFailure(thrown);
      logFailure(this.parts.log, 'Language models', failure);
      void notify('error', describeFailure(failure).sentence);
      return undefined;
    }
  }

  private async outcomeOf(prepare: Prepare): Promise<Outcome> {
    const models = new LanguageModels(this.parts);
    let request: AskRequest | undefined;
    try {
      request = await prepare(models);
      if (request === undefined) {
        return { kind: 'cancelled' };
      }
      const { question, model, isLengthAccepted } = request;
      const why = isLengthAccepted === true ? undefined : whyQuestionTooLong(question, model);
      if (why !== undefined) {
        return { kind: 'tooLong', request, why };
      }
      const answer = await showAnswer(question, model);
      return answer === undefined ? { kind: 'cancelled' } : { kind: 'answered', request, answer };
    } catch (thrown) {
      const failure = asFailure(thrown);
      return failure.kind === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', request, failure };
    } finally {
      await models.close();
    }
  }

  private async offerAnswer(request: AskRequest, answer: Answer): Promise<void> {
    if (answer.failure !== undefined) {
      return this.report(answer.failure, request);
    }
    const { question, model, sectionHeading } = request;
    if (answer.text.trim() === '') {
      return notify('information', emptyAnswerMessage(model.name, answer.cutOff), [
        this.chooseModelButton(request),
      ]);
    }
    const body = answerForNote(question, answer);
    const section = { heading: sectionHeading, body, model: model.name };
    const insert = async (): Promise<void> => {
      try {
        await insertAnswer(question.note.uri, section);
      } catch (thrown) {
        await reportFailure(asFailure(thrown), insert);
      }
    };
    const message = answer.cutOff === undefined ? `${model.name} has answered.` : 'The answer is cut off.';
    await notify('information', message, [
      { label: 'Insert into Note', press: insert },
      { label: 'Copy', press: () => copyText(body) },
    ]);
  }

  /** @param prepare what *Retry* does when it failed before there was a request */
  private async report(failure: Failure, request: AskRequest | undefined, prepare?: Prepare): Promise<void> {
    logFailure(this.parts.log, 'Question', failure);
    const next = request === undefined ? prepare : repeat(request);
    const retry = async (): Promise<void> => {
      await (next !== undefined && this.run(next));
    };
    const others =
      request !== undefined && modelFailures.has(failure.kind) ? [this.chooseModelButton(request)] : [];
    await notify('error', describeFailure(failure).sentence, [...others, ...buttonsFor(failure, retry)]);
  }

  /** Asks the same question to a model that the user chooses. */
  private chooseModelButton(request: AskRequest): Button {
    const choose: Prepare = async (models) => {
      const model = await models.choose();
      return model && { ...request, model };
    };
    return { label: 'Choose Model', press: () => this.run(choose) };
  }
}

/** Prepares a request once more, with the current model: the connection of the first time is closed. */
function repeat(request: AskRequest, changes: Partial<AskRequest> = {}): Prepare {
  return async (models) => {
    const model = await models.current();
    return model && { ...request, model, ...changes };
  };
}
