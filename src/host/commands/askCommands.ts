import * as path from 'node:path';
import { noteStem } from '../../core/note/notePath';
import { countParagraphs, questionContext, type QuestionContext } from '../../core/ask/questionContext';
import { summaryQuestion } from '../../core/ask/questionMessages';
import { AskSession, type AskRequest } from '../ask/askSession';
import { enterQuestion } from '../ask/enterQuestion';
import type { LanguageModels } from '../ask/languageModels';
import { chooseNote, type ChosenNote } from '../note/chooseNote';
import { understandTranscript } from '../understanding/understandTranscript';
import type { Command } from './command';
import type { CommandParts } from './commandParts';

/**
 * *Ask about Transcript…*, *Summarize Transcript* and *Analyze Transcript with AssemblyAI…*, for the note that was clicked
 * on, is open, or is picked.
 */
export function createAskCommands(
  parts: CommandParts,
): Readonly<
  Record<'steno.askTranscript' | 'steno.summarizeTranscript' | 'steno.understandTranscript', Command>
> {
  const { connector, keys, context, recordings, clock, log } = parts;
  const session = new AskSession({ connector, keys, clock, log, state: context.globalState });
  const aboutNote =
    (prepare: (note: ChosenNote, models: LanguageModels) => Promise<AskRequest | undefined>): Command =>
    async (clicked) => {
      const note = await chooseNote(clicked);
      await (note !== undefined && session.run((models) => prepare(note, models)));
    };
  return {
    'steno.askTranscript': aboutNote((note, models) => ask(note, models, session)),
    'steno.summarizeTranscript': aboutNote(summarize),
    'steno.understandTranscript': (clicked) => understandTranscript({ connector, recordings, log }, clicked),
  };
}

async function ask(
  note: ChosenNote,
  models: LanguageModels,
  session: AskSession,
): Promise<AskRequest | undefined> {
  const model = await models.current();
  if (model === undefined) {
    return undefined;
  }
  const subject = subjectIn(note);
  const count = countParagraphs(subject.turns);
  const part = count === 1 ? 'a paragraph of ' : `${count} paragraphs of `;
  const about = `${subject.isPart ? part : ''}“${subject.title}”`;
  const entered = await enterQuestion(about, model, () => session.chooseAnother(models));
  if (entered === undefined) {
    return undefined;
  }
  const { text } = entered;
  const question = { note: note.document, subject, text, heading: text };
  return { question, model: entered.model, sectionHeading: `Question: ${text}` };
}

async function summarize(note: ChosenNote, models: LanguageModels): Promise<AskRequest | undefined> {
  const model = await models.current();
  const subject = subjectIn(note);
  const heading = `Summary of ${subject.title}`;
  const question = { note: note.document, subject, text: summaryQuestion, heading };
  return model && { question, model, sectionHeading: 'Summary' };
}

function subjectIn({ document, selected }: ChosenNote): QuestionContext {
  const name = noteStem(path.basename(document.uri.path));
  return questionContext(document.getText(), name, selected);
}
