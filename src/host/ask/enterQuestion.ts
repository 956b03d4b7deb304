import * as vscode from 'vscode';
import { withoutLinks } from '../../core/text';
import { showBox } from '../platform/showBox';
import type { LanguageModel } from './languageModel';

/** A question that the user typed, and the model that is to answer it. */
export interface EnteredQuestion {
  readonly text: string;
  readonly model: LanguageModel;
}

/**
 * Lets the user type a question. The box says which model will answer and where the transcript is sent, and has a button
 * to choose another model.
 *
 * @param about what the question is about, as part of a sentence
 * @param choose lets the user choose another model; undefined when the user chose none
 * @returns undefined when the box was closed
 */
export async function enterQuestion(
  about: string,
  model: LanguageModel,
  choose: () => Promise<LanguageModel | undefined>,
): Promise<EnteredQuestion | undefined> {
  const input = vscode.window.createInputBox();
  let chosen = model;
  let isChoosing = false;
  const showModel = (): void => {
    input.prompt = withoutLinks(`${chosen.name} will answer; ${chosen.destination}.`);
  };
  const change = async (): Promise<void> => {
    // The list of models replaces the box, which hides it.
    isChoosing = true;
    try {
      chosen = (await choose()) ?? chosen;
    } finally {
      isChoosing = false;
      showModel();
      input.show();
    }
  };
  input.title = `Ask about ${about}`;
  input.placeholder = 'What was decided?';
  input.ignoreFocusOut = true;
  input.buttons = [{ iconPath: new vscode.ThemeIcon('settings-gear'), tooltip: 'Choose Model' }];
  showModel();
  return showBox<EnteredQuestion>(input, (resolve, reject) => [
    input.onDidTriggerButton(() => void change().catch(reject)),
    input.onDidHide(() => {
      if (!isChoosing) {
        resolve(undefined);
      }
    }),
    input.onDidAccept(() => {
      const text = input.value.trim();
      if (text !== '') {
        resolve({ text, model: chosen });
      }
    }),
  ]);
}
