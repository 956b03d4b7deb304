import * as vscode from 'vscode';
import { describeFailure } from '../../core/failures/describeFailure';
import { asFailure, type Failure, type FailureKind } from '../../core/failures/failure';
import { buttonsFor, logFailure, reportFailure } from '../platform/reportFailure';
import type { HostLog } from '../platform/log';
import { offer, type Button } from '../platform/messages';
import { answer, answerInNote, whyNotAsked, type Answer, type Inquiry } from './answer';
import type { AnswerModel } from './answerModel';
import { insertIntoNote } from './keepAnswer';
import { Models, type ModelParts } from './languageModels';

/** A question, whom to ask, and what its answer is called in the note. */
export interface Asked {
  readonly inquiry: Inquiry;
  readonly model: AnswerModel;
  readonly sectionHeading: string;
  /** Whether the user knows that it probably is too long. */
  readonly isLongMeant?: boolean;
}

/** Settles what is asked, and whom; undefined when the user gave up. */
type Prepare = (models: Models) => Promise<Asked | undefined>;

/** What came of a question, and what there is to say about it. */
type Outcome =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'answered'; readonly asked: Asked; readonly answer: Answer }
  | { readonly kind: 'notAsked'; readonly asked: Asked; readonly why: string }
  | { readonly kind: 'failed'; readonly asked: Asked | undefined; readonly failure: Failure };

/** Failures after which another model may answer. */
const ofTheModel: ReadonlySet<FailureKind> = new Set<FailureKind>(['paidAccountNeeded', 'modelRefused']);

/** Puts questions to language models, and says what came of them. */
export class Questions {
  constructor(private readonly parts: ModelParts & { readonly log: HostLog }) {}

  /** Asks, and offers what can be done next. Never rejects. */
  async run(prepare: Prepare): Promise<void> {
    const outcome = await this.outcomeOf(prepare);
    switch (outcome.kind) {
      case 'nothing':
        return;
      case 'answered':
        return this.offerToKeep(outcome.asked, outcome.answer);
      case 'notAsked': {
        const { asked, why } = outcome;
        const anyway = (): Promise<void> => this.run(againWith(asked, { isLongMeant: true }));
        return offer('information', why, [this.chooseModel(asked), { label: 'Ask Anyway', press: anyway }]);
      }
      case 'failed':
        return this.report(outcome.failure, outcome.asked, prepare);
    }
  }

  /** A model that the user chooses while a question is being written: that is not lost when none can be had. */
  async chooseAnother(models: Models): Promise<AnswerModel | undefined> {
    try {
      return await models.choose();
    } catch (thrown) {
      const failure = asFailure(thrown);
      logFailure(this.parts.log, 'Language models', failure);
      void offer('error', describeFailure(failure).sentence);
      return undefined;
    }
  }

  private async outcomeOf(prepare: Prepare): Promise<Outcome> {
    const models = new Models(this.parts);
    let asked: Asked | undefined;
    try {
      asked = await prepare(models);
      if (asked === undefined) {
        return { kind: 'nothing' };
      }
      const why = asked.isLongMeant === true ? undefined : whyNotAsked(asked.inquiry, asked.model);
      if (why !== undefined) {
        return { kind: 'notAsked', asked, why };
      }
      const answered = await answer(asked.inquiry, asked.model);
      return answered === undefined ? { kind: 'nothing' } : { kind: 'answered', asked, answer: answered };
    } catch (thrown) {
      const failure = asFailure(thrown);
      return failure.kind === 'cancelled' ? { kind: 'nothing' } : { kind: 'failed', asked, failure };
    } finally {
      await models.close();
    }
  }

  private async offerToKeep(asked: Asked, given: Answer): Promise<void> {
    if (given.failure !== undefined) {
      return this.report(given.failure, asked);
    }
    const { inquiry, model, sectionHeading } = asked;
    if (given.text.trim() === '') {
      const message = `${model.name} had nothing to say: ask again, or choose another model.`;
      return offer('information', message, [this.chooseModel(asked)]);
    }
    const body = answerInNote(inquiry, given);
    const section = { heading: sectionHeading, body, model: model.name };
    const insert = async (): Promise<void> => {
      try {
        await insertIntoNote(inquiry.note.uri, section);
      } catch (thrown) {
        await reportFailure(asFailure(thrown), insert);
      }
    };
    const message = given.cutOff === undefined ? `${model.name} has answered.` : 'The answer is cut off.';
    await offer('information', message, [
      { label: 'Insert into Note', press: insert },
      { label: 'Copy', press: () => vscode.env.clipboard.writeText(body) },
    ]);
  }

  /** @param prepare how to begin anew where it is not settled yet what is asked */
  private async report(failure: Failure, asked: Asked | undefined, prepare?: Prepare): Promise<void> {
    logFailure(this.parts.log, 'Question', failure);
    const again = asked === undefined ? prepare : againWith(asked);
    const retry = async (): Promise<void> => {
      await (again !== undefined && this.run(again));
    };
    const others = asked !== undefined && ofTheModel.has(failure.kind) ? [this.chooseModel(asked)] : [];
    await offer('error', describeFailure(failure).sentence, [...others, ...buttonsFor(failure, retry)]);
  }

  /** The same question to another model. */
  private chooseModel(asked: Asked): Button {
    const choose: Prepare = async (models) => {
      const model = await models.choose();
      return model && { ...asked, model };
    };
    return { label: 'Choose Model', press: () => this.run(choose) };
  }
}

/** The same question once more, to the model that is remembered: the connection of the first time is closed. */
function againWith(asked: Asked, more: Partial<Asked> = {}): Prepare {
  return async (models) => {
    const model = await models.current();
    return model && { ...asked, model, ...more };
  };
}
