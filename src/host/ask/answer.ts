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
import { showWait } from '../platform/messages';
import { recordingPathOf } from '../note/transcriptOfNote';
import { AnswerDocument } from './answerDocument';
import type { AnswerModel } from './answerModel';

/** What is asked about a note. */
export interface Inquiry {
  readonly note: vscode.TextDocument;
  readonly subject: QuestionContext;
  /** What the model is asked. */
  readonly question: string;
  /** What stands above the answer in a document of its own. */
  readonly heading: string;
}

/** What came of it. */
export interface Answer {
  /** As the model gave it; '' where it had nothing to say. */
  readonly text: string;
  readonly cutOff: CutOff | undefined;
  /** Why the rest did not arrive. */
  readonly failure?: Failure;
}

/**
 * Asks a model, and shows its answer in a new document while it comes. Undefined when nothing came, since the user
 * stopped it, or closed the document.
 *
 * @throws Failure when not even the beginning of an answer came
 */
export async function answer(inquiry: Inquiry, model: AnswerModel): Promise<Answer | undefined> {
  const prompt = questionMessages(inquiry.question, inquiry.subject, randomUUID());
  const stop = new AbortController();
  const wait = showWait(`${model.name} answers`, () => stop.abort());
  const page = new AnswerPage(inquiry, model, () => stop.abort());
  let text = '';
  const end = async (cutOff: CutOff | undefined, failure?: Failure): Promise<Answer | undefined> => {
    await page.finish(cutOff);
    const isUnwanted = page.isClosed || (cutOff === 'cancelled' && text === '');
    return isUnwanted ? undefined : { text, cutOff, ...(failure && { failure }) };
  };
  try {
    const pieces = model.ask(prompt, stop.signal);
    for (let piece = await pieces.next(); ; piece = await pieces.next()) {
      if (piece.done === true) {
        return await end(piece.value);
      }
      text += piece.value;
      await page.add(piece.value);
    }
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (stop.signal.aborted) {
      return await end('cancelled');
    }
    if (text === '') {
      throw failure;
    }
    return await end('failed', failure);
  } finally {
    wait.dispose();
    page.dispose();
  }
}

/** Why a question is better not sent as it is, in a sentence. */
export function whyNotAsked({ question, subject }: Inquiry, model: AnswerModel): string | undefined {
  return tooLongMessage(questionMessages(question, subject, ''), model);
}

/** An answer as Markdown whose links start at the note. */
export function answerInNote({ note, subject }: Inquiry, { text, cutOff }: Answer): string {
  const { recording } = parseNote(note.getText()).properties;
  const body = safeAnswer(text, citationLinker(subject.turns, recording));
  return cutOff === undefined ? body : `${body}\n\n${renderCutOff(cutOff)}`;
}

/** The document of an answer, which is opened with the first words. */
class AnswerPage {
  private readonly reader: SafeAnswer;
  private document: AnswerDocument | undefined;

  constructor(
    private readonly inquiry: Inquiry,
    private readonly model: AnswerModel,
    private readonly onClosed: () => void,
  ) {
    const { note, subject } = inquiry;
    this.reader = new SafeAnswer(citationLinker(subject.turns, recordingFromUntitled(note)));
  }

  get isClosed(): boolean {
    return this.document?.isClosed === true;
  }

  async add(piece: string): Promise<void> {
    const { heading, note, subject } = this.inquiry;
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

/** The way to the recording of a note from a document that is not saved yet; null where none is known. */
function recordingFromUntitled(note: vscode.TextDocument): string | null {
  const { properties } = parseNote(note.getText());
  const recording = recordingPathOf(note.uri.fsPath, properties);
  return recording === undefined ? properties.recording : linkFromUntitled(recording);
}

/** VS Code follows the links of such a document from the first folder of the workspace. */
function linkFromUntitled(target: string): string {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return root === undefined
    ? vscode.Uri.file(target).toString()
    : linkFromNote(path.join(root, 'answer.md'), target, path.sep);
}
