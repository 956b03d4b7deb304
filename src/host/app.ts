import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../node/systemClock';
import { asFailure } from '../core/failures/failure';
import type { Command } from './commands/command';
import type { CommandParts } from './commands/commandParts';
import { createHistoryCommands } from './commands/historyCommands';
import { createJobCommands } from './commands/jobCommands';
import { createKeyCommands } from './commands/keyCommands';
import { createAskCommands } from './commands/askCommands';
import { createSearchCommands } from './commands/searchCommands';
import { createTranscribeCommand } from './commands/transcribe';
import { createTranscribeFolderCommand } from './commands/transcribeFolder';
import { createTranscribeSampleCommand } from './commands/transcribeSample';
import { createTranscribeUrlCommand } from './commands/transcribeUrl';
import { createOptionCommands } from './commands/optionCommands';
import { Connector } from './services/connector';
import { logFailure, reportFailure } from './platform/reportFailure';
import { createFollowUps } from './followUps/createFollowUps';
import { DiskJobFiles } from './jobs/diskJobFiles';
import type { JobList } from './jobs/jobList';
import { Jobs } from './jobs/jobs';
import { Journal } from './journal/journal';
import { notePathOf } from './transcribe/plan';
import { createQuestions } from './transcribe/jobPrompts';
import { Takeover } from './windows/takeover';
import { Transcriber } from './transcribe/transcriber';
import { WindowRegistry } from './windows/windowRegistry';
import { Keys } from './keys/keys';
import { WebhookSecrets } from './keys/webhookSecrets';
import { localOrigin } from './local/localApi';
import { LocalServer } from './local/localServer';
import { HostLog } from './platform/log';
import type { CommandId, ToolName } from './platform/manifest';
import { notify, showInStatusBar, showWait } from './platform/userMessages';
import { Media } from './recordings/media';
import {
  openSettings,
  readJobsAtOnce,
  readLocalIdleMinutes,
  readNoteLayout,
  readUploadSoundOnly,
} from './platform/settings';
import { QuietTranscriber } from './transcribe/quietTranscriber';
import { ReadTranscriptTool } from './tools/readTranscriptTool';
import type { Tool } from './tools/tool';
import { TranscribeTool } from './tools/transcribeTool';
import { showStatusItem } from './views/statusItem';
import { TranscriptsTree, type TreeLine } from './views/transcripts';

/** Everything behind the commands, the view and the tools. */
export interface App {
  readonly commands: Readonly<Record<CommandId, Command>>;
  readonly tree: TranscriptsTree;
  readonly tools: Readonly<Record<ToolName, Tool>>;
}

/** What the jobs of this machine are worked on with. */
interface Work {
  readonly jobs: Jobs;
  readonly transcriber: Transcriber;
  readonly media: Media;
}

const tickMs = 5000;

/** Builds the parts in order. */
export function createApp(context: vscode.ExtensionContext, view: vscode.TreeView<TreeLine>): App {
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
  const followUps = createFollowUps(context, connector, systemClock, log);
  const webhookSecrets = new WebhookSecrets(context.secrets, log);
  const work = createWork({ context, connector, followUps, webhookSecrets, log });
  const { jobs, transcriber } = work;
  const list = createJobList(jobs, transcriber);
  const tree = new TranscriptsTree(list, systemClock, view);
  context.subscriptions.push(tree, showStatusItem(vscode.window, list, systemClock));
  keepLooking(context, jobs, log);
  const commands = createCommands({
    context,
    connector,
    keys,
    transcriber,
    list,
    followUps,
    webhookSecrets,
    log,
    clock: systemClock,
  });
  return { commands, tree, tools: createTools(work, connector, log) };
}

type WorkParts = Pick<CommandParts, 'context' | 'connector' | 'followUps' | 'webhookSecrets' | 'log'>;

function createWork({ context, connector, followUps, webhookSecrets, log }: WorkParts): Work {
  const clock = systemClock;
  const storage = context.globalStorageUri.fsPath;
  const folder = path.join(storage, 'jobs');
  const isAtHome = (file: string): boolean =>
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)) !== undefined;
  const window = new WindowRegistry(path.join(folder, 'windows'), randomUUID());
  const takeover = new Takeover(window, isAtHome);
  const onAside = (file: string): void => void tellOfAside(file);
  const journal = new Journal({ folder, window, isGone: takeover.isGone, clock, log, onAside });
  void journal.tidy();
  const media = new Media({ program: context.asAbsolutePath('dist/media.js'), clock, log });
  const files = new DiskJobFiles({
    media,
    clock,
    log,
    notePathOf,
    tell: showInStatusBar,
    layoutOf: readNoteLayout,
    soundOnly: readUploadSoundOnly,
    isLocal: (service) => service === localOrigin,
    scratch: path.join(storage, 'scratch'),
    searchRoots: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    keptPath: (id) => journal.keptPath(id),
  });
  const jobs: Jobs = new Jobs({
    journal,
    files,
    takeover,
    followUps,
    clock,
    log,
    complete: (options) => webhookSecrets.complete(options),
    connect: (service) => connector.open(service),
    jobsAtOnce: readJobsAtOnce,
    random: Math.random,
    questions: createQuestions(() => transcriber),
  });
  const transcriber: Transcriber = new Transcriber({
    jobs,
    clock,
    log,
    services: connector,
    durationOf: (file, signal) => media.duration(file, signal),
    showWait,
  });
  context.subscriptions.push(jobs, media);
  return { jobs, transcriber, media };
}

/** What language models may call. */
function createTools({ jobs, media }: Work, connector: Connector, log: HostLog): App['tools'] {
  const transcriber = new QuietTranscriber({
    jobs,
    log,
    chosen: () => connector.chosen(),
    durationOf: (file, signal) => media.duration(file, signal),
  });
  return {
    steno_transcribe: new TranscribeTool(transcriber, log),
    steno_readTranscript: new ReadTranscriptTool(log),
  };
}

/** A record that cannot be read is not thrown away: somebody may want to look at it. */
function tellOfAside(file: string): Promise<void> {
  const message = `Steno could not read what was written down of a job, and put it aside in ${file}. If a recording has no note, transcribe it again.`;
  return notify('information', message);
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

function createCommands(parts: CommandParts): Readonly<Record<CommandId, Command>> {
  const { context, connector, keys, transcriber, list, followUps, log } = parts;
  const { transcribe, transcribeFolder } = transcriber;
  const { setApiKey, removeApiKey } = createKeyCommands(connector, keys);
  const commands: Readonly<Record<CommandId, Command>> = {
    'steno.transcribe': createTranscribeCommand(transcribe, context.globalState),
    'steno.transcribeFolder': createTranscribeFolderCommand(transcribeFolder),
    'steno.transcribeSample': createTranscribeSampleCommand(context, transcribe),
    'steno.transcribeUrl': createTranscribeUrlCommand(parts),
    ...createOptionCommands(parts),
    ...createHistoryCommands(parts),
    ...createAskCommands(parts),
    ...createSearchCommands(parts),
    'steno.retryFollowUps': () => followUps.run(),
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
