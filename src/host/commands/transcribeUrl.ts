import { webRecordingName } from '../../core/recordings/webRecordingName';
import { chooseFolder } from '../options/chooseFolder';
import { chooseInstructions } from '../options/optionsFlow';
import { askForUrl, urlTitle } from '../options/urlPrompts';
import { chooseEngine } from '../options/chooseEngine';
import type { Command } from './command';
import type { CommandParts } from './commandParts';

/**
 * *Transcribe from URL…*: of a recording on the web, with its note in a chosen folder. The service fetches it; the
 * server on this machine fetches nothing.
 */
export function createTranscribeUrlCommand(parts: CommandParts): Command {
  const { connector, context, transcriber, webhookSecrets } = parts;
  const state = context.globalState;
  return async () => {
    const place = await chooseEngine(connector, 'Recordings on the Web Need AssemblyAI', undefined);
    const url = place && (await askForUrl());
    // Before the options: there, Enter is to transcribe, and Escape is not to lose the answers.
    const folder = url && (await chooseFolder(urlTitle, state));
    if (place === undefined || url === undefined || folder === undefined) {
      return;
    }
    const subject = { title: webRecordingName(url), files: [], place };
    const instructions = await chooseInstructions(subject, webhookSecrets, state);
    if (instructions !== undefined) {
      await transcriber.transcribeUrl(url, folder, instructions);
    }
  };
}
