import { webRecordingName } from '../../core/recordings/webRecordingName';
import { chooseFolder } from '../options/chooseFolder';
import { chooseInstructions } from '../options/optionsFlow';
import { promptForUrl, urlTitle } from '../options/urlPrompts';
import { chooseEngine } from '../options/chooseEngine';
import type { Command } from './command';
import type { CommandParts } from './commandParts';

/**
 * *Transcribe from URL…*: transcribes a recording on the web and writes its note into a folder that the user chooses. The
 * service downloads the recording; the speech server on this machine cannot.
 */
export function createTranscribeUrlCommand(parts: CommandParts): Command {
  const { connector, context, transcriber, webhookSecrets } = parts;
  const state = context.globalState;
  return async () => {
    const engine = await chooseEngine(connector, 'Recordings on the Web Need AssemblyAI', undefined);
    const url = engine && (await promptForUrl());
    // The folder comes before the options: there, Enter transcribes, and Escape goes back without losing the draft.
    const folder = url && (await chooseFolder(urlTitle, state));
    if (engine === undefined || url === undefined || folder === undefined) {
      return;
    }
    const target = { title: webRecordingName(url), files: [], engine };
    const instructions = await chooseInstructions(target, webhookSecrets, state);
    if (instructions !== undefined) {
      await transcriber.transcribeUrl(url, folder, instructions);
    }
  };
}
