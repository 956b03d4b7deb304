import * as vscode from 'vscode';
import { systemClock } from '../assemblyai/systemClock';
import type { Command } from './commands/command';
import { createKeyCommands } from './commands/keys';
import { createTranscribeCommand } from './commands/transcribe';
import { createTranscribeFolderCommand } from './commands/transcribeFolder';
import { createTranscribeSampleCommand } from './commands/transcribeSample';
import { asFailure } from '../core/failures/failure';
import { Connector } from './connector';
import { logFailure, reportFailure } from './failures';
import { PendingJobs } from './jobs/pendingJobs';
import { Transcriber } from './jobs/transcriber';
import { Keys } from './keys/keys';
import { LocalServer } from './local/localServer';
import { HostLog } from './log';
import type { CommandId } from './manifest';
import { openSettings, readLocalIdleMinutes } from './settings';

/** Everything behind the commands. */
export type App = Readonly<Record<CommandId, Command>>;

/** Builds the parts in order. */
export function createApp(context: vscode.ExtensionContext): App {
  const channel = vscode.window.createOutputChannel('Steno', { log: true });
  context.subscriptions.push(channel);
  const log = new HostLog(channel);
  const { version } = context.extension.packageJSON as { version: string };
  const keys = new Keys(context.secrets, process.env, log);
  const localServer = new LocalServer({
    program: context.asAbsolutePath('dist/local/server.js'),
    dataRoot: vscode.Uri.joinPath(context.globalStorageUri, 'local').fsPath,
    idleMinutes: readLocalIdleMinutes,
    log,
  });
  context.subscriptions.push(localServer);
  const connector = new Connector(keys, localServer, systemClock, `steno/${version}`, log);
  const store = new PendingJobs(context.globalState, systemClock);
  const { transcribe, transcribeMany } = new Transcriber(connector, store, systemClock, log);
  const { setApiKey, removeApiKey } = createKeyCommands(connector, keys);
  const guard = (command: Command): Command => guarded(command, log);
  return {
    'steno.transcribe': guard(createTranscribeCommand(transcribe, context.globalState)),
    'steno.transcribeFolder': guard(createTranscribeFolderCommand(transcribeMany)),
    'steno.transcribeSample': guard(createTranscribeSampleCommand(context, transcribe)),
    'steno.setApiKey': guard(setApiKey),
    'steno.removeApiKey': guard(removeApiKey),
    'steno.openSettings': guard(() => openSettings()),
    'steno.showLog': () => {
      log.show();
      return Promise.resolve();
    },
  };
}

/** The command, with whatever it throws told to the user and written to the log. */
function guarded(command: Command, log: HostLog): Command {
  return async (...args) => {
    try {
      return await command(...args);
    } catch (thrown) {
      const failure = asFailure(thrown);
      logFailure(log, 'Command', failure);
      await reportFailure(failure, async () => {
        await guarded(command, log)(...args);
      });
      return undefined;
    }
  };
}
