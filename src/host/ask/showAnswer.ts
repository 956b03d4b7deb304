import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { asFailure, type Failure } from '../../core/failures/failure';
import { linkFromNote } from '../../core/note/notePath';
import { parseNote } from '../../core/note/parseNote';
import { renderAnswerHeader, renderCutOff, type CutOff } from '../../core/ask/answerMarkdown';
import { citationLinker } from '../../core/ask/citations';
import { questionMessages } from '../../core/ask/questionMessages';
import { SafeAnswer, safeAnswer } from '../../core/ask/safeAnswer';
import type { QuestionContext } from '../../core/ask/questionContext';
import { tooLongMessage } from '../../core/ask/tokenCount';
import { showWait } from '../platform/userMessages';
import { recordingPathOf } from '../note/noteReferences';
import { AnswerDocument } from './answerDocument';
import type { LanguageModel } from './languageModel';

/** A question about a note. */
export interface NoteQuestion {
  readonly note: vscode.TextDocument;
  readonly subject: QuestionContext;
  /** What the model is asked. */
  readonly text: string;
  /** Title of the document with the answer. */
  readonly heading: string;
}

/** The answer of a model. */
export interface Answer {
  /** As the model wrote it; '' when it wrote nothing. */
  readonly text: string;
  /** Why the answer is incomplete; undefined when it is complete. */
  readonly cutOff: CutOff | undefined;
  /** Why the rest did not arrive. */
  readonly failure?: Failure;
}

/**
 * Asks a model and shows its answer in a new document as it arrives.
 *
 * @returns undefined when the user stopped it before anything arrived, or closed the document
 * @throws Failure when it failed before anything arrived
 */
export async function showAnswer(question: NoteQuestion, model: LanguageModel): Promise<Answer | undefined> {
  const prompt = questionMessages(question.text, question.subject, randomUUID());
  const stop = new AbortController();
  const writer = new AnswerWriter(question, model, () => stop.abort());
  const wait = showWait(`${model.name} is answering`, () => stop.abort());
  let text = '';
  const finish = async (cutOff: CutOff | undefined, failure?: Failure): Promise<Answer | undefined> => {
    await writer.finish(cutOff);
    const isUnwanted = writer.isClosed || (cutOff === 'cancelled' && text === '');
    return isUnwanted ? undefined : { text, cutOff, ...(failure && { failure }) };
  };
  try {
    const pieces = model.ask(prompt, stop.signal);
    for (let piece = await pieces.next(); ; piece = await pieces.next()) {
      if (piece.done === true) {
        return await finish(piece.value);
      }
      text += piece.value;
      await writer.add(piece.value);
    }
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (stop.signal.aborted) {
      return await finish('cancelled');
    }
    if (text === '') {
      throw failure;
    }
    return await finish('failed', failure);
  } finally {
    wait.dispose();
    writer.dispose();
  }
}

/** Says in a sentence why a question is probably too long for a model; undefined when it is not. */
export function whyQuestionTooLong(
  { text, subject }: NoteQuestion,
  model: LanguageModel,
): string | undefined {
  return tooLongMessage(questionMessages(text, subject, ''), model);
}

/** The answer as Markdown for the note: its links start at the note. */
export function answerForNote({ note, subject }: NoteQuestion, { text, cutOff }: Answer): string {
  const { recording } = parseNote(note.getText()).properties;
  const body = safeAnswer(text, citationLinker(subject.turns, recording));
  return cutOff === undefined ? body : `${body}\n\n${renderCutOff(cutOff)}`;
}

/** Writes an answer into a document, which it opens for the first piece. */
class AnswerWriter {
  private readonly reader: SafeAnswer;
  private document: AnswerDocument | undefined;

  constructor(
    private readonly question: NoteQuestion,
    private readonly model: LanguageModel,
    private readonly onClosed: () => void,
  ) {
    const { note, subject } = question;
    this.reader = new SafeAnswer(citationLinker(subject.turns, recordingFromUntitled(note)));
  }

  get isClosed(): boolean {
    return this.document?.isClosed === true;
  }

  async add(piece: string): Promise<void> {
    const { heading, note, subject } = this.question;
    const { title, isPart } = subject;
    const link = linkFromUntitled(note.uri.fsPath);
    const head = { heading, title, isPart, note: link, model: this.model.name };
    this.document ??= await AnswerDocument.open(renderAnswerHeader(head), this.onClosed);
    await this.document.append(this.reader.push(piece));
  }

  async finish(cutOff: CutOff | undefined): Promise<void> {
    const end = cutOff === undefined ? '' : `\n\n${renderCutOff(cutOff)}`;
    await this.document?.append(`${this.reader.end()}${end}\n`);
  }

  dispose(): void {
    this.document?.dispose();
  }
}

/** Link from an unsaved document to the recording of a note; null when the note names none. */
function recordingFromUntitled(note: vscode.TextDocument): string | null {
  const { properties } = parseNote(note.getText());
  const recording = recordingPathOf(note.uri.fsPath, properties);
  return recording === undefined ? properties.recording : linkFromUntitled(recording);
}

/** Link from an unsaved document. VS Code resolves it from the first folder of the workspace. */
function linkFromUntitled(target: string): string {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return root === undefined
    ? vscode.Uri.file(target).toString()
    : linkFromNote(path.join(root, 'answer.md'), target, path.sep);
}
