import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../assemblyai/systemClock';
import { asFailure } from '../core/failures/failure';
import type { Command } from './commands/command';
import { createJobCommands } from './commands/jobs';
import { createKeyCommands } from './commands/keys';
import { createTranscribeCommand } from './commands/transcribe';
import { createTranscribeFolderCommand } from './commands/transcribeFolder';
import { createTranscribeSampleCommand } from './commands/transcribeSample';
import { Connector } from './connector';
import { logFailure, reportFailure } from './failures';
import { FileDesk } from './jobs/desk';
import type { JobList } from './jobs/jobList';
import { Jobs } from './jobs/jobs';
import { Journal } from './jobs/journal';
import { notePathOf } from './jobs/plan';
import { createQuestions } from './jobs/questions';
import { Takeover } from './jobs/takeover';
import { Transcriber } from './jobs/transcriber';
import { Windows } from './jobs/windows';
import { Keys } from './keys/keys';
import { localOrigin } from './local/localApi';
import { LocalServer } from './local/localServer';
import { HostLog } from './log';
import type { CommandId } from './manifest';
import { mention, offer, showWait } from './messages';
import { Media } from './recordings/media';
import { openSettings, readJobsAtOnce, readLocalIdleMinutes, readUploadSoundOnly } from './settings';
import { showStatusItem } from './views/statusItem';
import { TranscriptsTree, type Line } from './views/transcripts';

/** Everything behind the commands and the view. */
export interface App {
  readonly commands: Readonly<Record<CommandId, Command>>;
  readonly tree: TranscriptsTree;
}

/** What the jobs of this machine are worked on with. */
interface Work {
  readonly jobs: Jobs;
  readonly transcriber: Transcriber;
}

const tickMs = 5000;

/** Builds the parts in order. */
export function createApp(context: vscode.ExtensionContext, view: vscode.TreeView<Line>): App {
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
  const { jobs, transcriber } = createWork(context, connector, log);
  const list = createJobList(jobs, transcriber);
  const tree = new TranscriptsTree(list, systemClock, view);
  context.subscriptions.push(tree, showStatusItem(list, systemClock));
  keepLooking(context, jobs, log);
  const commands = createCommands({ context, connector, keys, transcriber, list, log });
  return { commands, tree };
}

function createWork(context: vscode.ExtensionContext, connector: Connector, log: HostLog): Work {
  const clock = systemClock;
  const storage = context.globalStorageUri.fsPath;
  const folder = path.join(storage, 'jobs');
  const isAtHome = (file: string): boolean =>
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)) !== undefined;
  const window = new Windows(path.join(folder, 'windows'), randomUUID());
  const takeover = new Takeover(window, isAtHome);
  const onAside = (file: string): void => void tellOfAside(file);
  const journal = new Journal({ folder, window, isGone: takeover.isGone, clock, log, onAside });
  void journal.tidy();
  const media = new Media({ program: context.asAbsolutePath('dist/media.js'), clock, log });
  const desk = new FileDesk({
    ...{ media, clock, log, notePathOf, tell: mention },
    soundOnly: readUploadSoundOnly,
    isLocal: (service) => service === localOrigin,
    scratch: path.join(storage, 'scratch'),
    searchRoots: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    keptPath: (id) => journal.keptPath(id),
  });
  const jobs: Jobs = new Jobs({
    ...{ journal, desk, takeover, clock, log },
    connect: (service) => connector.open(service),
    jobsAtOnce: readJobsAtOnce,
    random: Math.random,
    questions: createQuestions(() => transcriber),
  });
  const transcriber: Transcriber = new Transcriber({
    ...{ jobs, clock, log, services: connector },
    durationOf: (file, signal) => media.duration(file, signal),
    showWait,
  });
  context.subscriptions.push(jobs, media);
  return { jobs, transcriber };
}

/** A record that cannot be read is not thrown away: somebody may want to look at it. */
function tellOfAside(file: string): Promise<void> {
  const message = `Steno could not read what was written down of a job, and put it aside in ${file}. If a recording has no note, transcribe it again.`;
  return offer('information', message);
}

/** The jobs for views and their commands; what they begin is shown as if it were begun anywhere else. */
function createJobList(jobs: Jobs, transcriber: Transcriber): JobList {
  return {
    get entries() {
      return jobs.entries;
    },
    onDidChange: (listener) => jobs.onDidChange(listener),
    retry: (ids) => transcriber.retry(ids),
    writeNoteAnyway: (id) => transcriber.writeNoteAnyway(id),
    cancelAll: async (ids) => {
      await jobs.cancel(ids);
    },
    forget: (id) => jobs.forget(id),
  };
}

/** Looks after the jobs of windows that are gone, at once and as long as this one is there. */
function keepLooking(context: vscode.ExtensionContext, jobs: Jobs, log: HostLog): void {
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) {
      return;
    }
    isLooking = true;
    try {
      await jobs.tick();
    } catch (thrown) {
      log.warn(`Could not look after the jobs: ${asFailure(thrown).message}`);
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), tickMs);
  context.subscriptions.push({ dispose: () => clearInterval(timer) });
  void look();
}

interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly connector: Connector;
  readonly keys: Keys;
  readonly transcriber: Transcriber;
  readonly list: JobList;
  readonly log: HostLog;
}

function createCommands(parts: CommandParts): Readonly<Record<CommandId, Command>> {
  const { context, connector, keys, transcriber, list, log } = parts;
  const { transcribe, transcribeFolder } = transcriber;
  const { setApiKey, removeApiKey } = createKeyCommands(connector, keys);
  const commands: Readonly<Record<CommandId, Command>> = {
    'steno.transcribe': createTranscribeCommand(transcribe, context.globalState),
    'steno.transcribeFolder': createTranscribeFolderCommand(transcribeFolder),
    'steno.transcribeSample': createTranscribeSampleCommand(context, transcribe),
    'steno.setApiKey': setApiKey,
    'steno.removeApiKey': removeApiKey,
    'steno.openSettings': () => openSettings(),
    'steno.showLog': () => {
      log.show();
      return Promise.resolve();
    },
    ...createJobCommands(list),
  };
  const guard = ([id, command]: [string, Command]): [string, Command] => [id, guarded(command, log)];
  return Object.fromEntries(Object.entries(commands).map(guard)) as typeof commands;
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
