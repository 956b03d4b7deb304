import * as vscode from 'vscode';
import type { AnswerModel } from './answerModel';
import { withoutLinks } from '../../core/text';

/** What is asked, and whom. */
export interface Question {
  readonly text: string;
  readonly model: AnswerModel;
}

/**
 * Asks for the question. The box says who will answer it and where the transcript goes, and can change that.
 *
 * @param about what the question is about, as a part of a sentence
 * @param choose another model; undefined when the user chose none
 * @returns undefined when the user gave up
 */
export async function enterQuestion(
  about: string,
  model: AnswerModel,
  choose: () => Promise<AnswerModel | undefined>,
): Promise<Question | undefined> {
  const input = vscode.window.createInputBox();
  let chosen = model;
  let isChoosing = false;
  const show = (): void => {
    input.prompt = withoutLinks(`${chosen.name} answers; ${chosen.destination}.`);
    input.show();
  };
  const change = async (): Promise<void> => {
    // The list takes the place of the box, which counts as hiding it.
    isChoosing = true;
    try {
      chosen = (await choose()) ?? chosen;
    } finally {
      isChoosing = false;
      show();
    }
  };
  input.title = `Ask about ${about}`;
  input.placeholder = 'What was decided?';
  input.ignoreFocusOut = true;
  input.buttons = [{ iconPath: new vscode.ThemeIcon('settings-gear'), tooltip: 'Choose Model' }];
  try {
    return await new Promise<Question | undefined>((resolve, reject) => {
      input.onDidTriggerButton(() => void change().catch(reject));
      input.onDidHide(() => {
        if (!isChoosing) {
          resolve(undefined);
        }
      });
      input.onDidAccept(() => {
        const text = input.value.trim();
        if (text !== '') {
          resolve({ text, model: chosen });
        }
      });
      show();
    });
  } finally {
    input.dispose();
  }
}
