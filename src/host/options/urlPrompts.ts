import * as vscode from 'vscode';
import { webRecordingName } from '../../core/recordings/webRecordingName';
import { plain, type Choice } from '../platform/quickPicks';
import { checkRecordingUrl } from './recordingUrl';

/** Of the boxes of *Transcribe from URL…*. */
export const urlTitle = 'Transcribe from URL';

const sample: Choice<string> = {
  value: 'https://assembly.ai/wildfires.mp3',
  label: '$(beaker) AssemblyAI’s sample',
  description: '281 s, two speakers',
  detail: 'https://assembly.ai/wildfires.mp3',
  alwaysShow: true,
};

/** Asks for the address of a recording; undefined when the box was closed. */
export async function askForUrl(): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<Choice<string | undefined>>();
  pick.title = urlTitle;
  pick.placeholder = 'https://… : a direct link to an audio or video file';
  pick.ignoreFocusOut = true;
  pick.items = [sample];
  try {
    return await new Promise<string | undefined>((resolve) => {
      pick.onDidChangeValue((typed) => {
        pick.items = typed.trim() === '' ? [sample] : [choiceOf(typed), sample];
      });
      pick.onDidHide(() => resolve(undefined));
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        if (chosen?.value !== undefined) {
          resolve(chosen.value);
        }
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** What was typed: something to choose, or what is wrong with it, which stays when it is chosen. */
function choiceOf(typed: string): Choice<string | undefined> {
  const { url, hint } = checkRecordingUrl(typed);
  return url === undefined
    ? { value: undefined, label: `$(error) ${hint}`, alwaysShow: true }
    : {
        value: url,
        label: `$(link) Transcribe ${plain(webRecordingName(url))}`,
        alwaysShow: true,
        ...(hint !== '' && { detail: `$(warning) ${hint}` }),
      };
}
