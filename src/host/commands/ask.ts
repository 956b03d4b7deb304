import * as path from 'node:path';
import { noteStem } from '../../core/note/notePath';
import { countParagraphs, questionContext } from '../../core/ask/questionContext';
import { summaryQuestion } from '../../core/ask/questionMessages';
import { enterQuestion } from '../ask/enterQuestion';
import type { Models } from '../ask/languageModels';
import { chooseNote, type ChosenNote } from '../note/chooseNote';
import { Questions, type Asked } from '../ask/askSession';
import { understandTranscript } from '../understanding/understandTranscript';
import type { Command } from './command';
import type { CommandParts } from './commandParts';

/**
 * *Ask about Transcript…*, *Summarize Transcript* and *Analyze Transcript with AssemblyAI…*: of the note that was clicked
 * on, or is open, or is picked.
 */
export function createQuestionCommands(
  parts: CommandParts,
): Readonly<
  Record<'steno.askTranscript' | 'steno.summarizeTranscript' | 'steno.understandTranscript', Command>
> {
  const { connector, keys, context, clock, log } = parts;
  const questions = new Questions({ connector, keys, clock, log, state: context.globalState });
  const about =
    (prepare: (note: ChosenNote, models: Models) => Promise<Asked | undefined>): Command =>
    async (clicked) => {
      const note = await chooseNote(clicked);
      await (note !== undefined && questions.run((models) => prepare(note, models)));
    };
  return {
    'steno.askTranscript': about((note, models) => ask(note, models, questions)),
    'steno.summarizeTranscript': about(summarize),
    'steno.understandTranscript': (clicked) => understandTranscript(parts, clicked),
  };
}

async function ask(note: ChosenNote, models: Models, questions: Questions): Promise<Asked | undefined> {
  const model = await models.current();
  if (model === undefined) {
    return undefined;
  }
  const subject = subjectIn(note);
  const count = countParagraphs(subject.turns);
  const part = count === 1 ? 'a paragraph of ' : `${count} paragraphs of `;
  const about = `${subject.isPart ? part : ''}“${subject.title}”`;
  const question = await enterQuestion(about, model, () => questions.chooseAnother(models));
  if (question === undefined) {
    return undefined;
  }
  const { text } = question;
  const inquiry = { note: note.document, subject, question: text, heading: text };
  return { inquiry, model: question.model, sectionHeading: `Question: ${text}` };
}

async function summarize(note: ChosenNote, models: Models): Promise<Asked | undefined> {
  const model = await models.current();
  const subject = subjectIn(note);
  const heading = `Summary of ${subject.title}`;
  const inquiry = { note: note.document, subject, question: summaryQuestion, heading };
  return model && { inquiry, model, sectionHeading: 'Summary' };
}

function subjectIn({ document, selected }: ChosenNote): Asked['inquiry']['subject'] {
  const name = noteStem(path.basename(document.uri.path));
  return questionContext(document.getText(), name, selected);
}
