import * as vscode from 'vscode';
import { webRecordingName } from '../../core/recordings/webRecordingName';
import { plainText, type Choice } from '../platform/quickPicks';
import { showBox } from '../platform/showBox';
import { checkRecordingUrl } from './recordingUrl';

/** Title of the boxes of *Transcribe from URL…*. */
export const urlTitle = 'Transcribe from URL';

const sample: Choice<string> = {
  value: 'https://assembly.ai/wildfires.mp3',
  label: '$(beaker) AssemblyAI’s sample',
  description: '281 s, two speakers',
  detail: 'https://assembly.ai/wildfires.mp3',
  alwaysShow: true,
};

/** Lets the user enter the address of a recording; undefined when the box was closed. */
export async function promptForUrl(): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<Choice<string | undefined>>();
  pick.title = urlTitle;
  pick.placeholder = 'A direct link to an audio or video file: https://…';
  pick.ignoreFocusOut = true;
  pick.items = [sample];
  return showBox<string>(pick, (resolve) => [
    pick.onDidChangeValue((typed) => {
      pick.items = typed.trim() === '' ? [sample] : [choiceOf(typed), sample];
    }),
    pick.onDidHide(() => resolve(undefined)),
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen?.value !== undefined) {
        resolve(chosen.value);
      }
    }),
  ]);
}

/** The item for what the user typed: an address to choose, or what is wrong with it; choosing that does nothing. */
function choiceOf(typed: string): Choice<string | undefined> {
  const { url, hint } = checkRecordingUrl(typed);
  return url === undefined
    ? { value: undefined, label: `$(error) ${hint}`, alwaysShow: true }
    : {
        value: url,
        label: `$(link) Transcribe ${plainText(webRecordingName(url))}`,
        alwaysShow: true,
        ...(hint !== '' && { detail: `$(warning) ${hint}` }),
      };
}
