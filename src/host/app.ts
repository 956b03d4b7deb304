import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { asFailure } from '../core/failures/failure';
import { systemClock } from '../node/systemClock';
import { createAskCommands } from './commands/askCommands';
import type { Command } from './commands/command';
import type { CommandParts } from './commands/commandParts';
import { createHistoryCommands } from './commands/historyCommands';
import { createJobCommands } from './commands/jobCommands';
import { createKeyCommands } from './commands/keyCommands';
import { createSearchCommands } from './commands/searchCommands';
import { createTranscribeCommand } from './commands/transcribe';
import { createTranscribeFolderCommand } from './commands/transcribeFolder';
import { createTranscribeSampleCommand } from './commands/transcribeSample';
import { createTranscribeUrlCommand } from './commands/transcribeUrl';
import { createOptionCommands } from './commands/optionCommands';
import { createFollowUps } from './followUps/createFollowUps';
import { DiskJobFiles } from './jobs/diskJobFiles';
import type { JobList } from './jobs/jobList';
import { Jobs } from './jobs/jobs';
import { Journal } from './journal/journal';
import { Keys } from './keys/keys';
import { SessionSecrets } from './keys/sessionSecrets';
import { WebhookSecrets } from './keys/webhookSecrets';
import { localOrigin } from './local/localApi';
import { LocalServer } from './local/localServer';
import { DisposableStore } from './platform/disposables';
import { HostLog } from './platform/log';
import type { CommandId, ToolName } from './platform/manifest';
import { showInStatusBar, notify, showWait } from './platform/userMessages';
import { logFailure, reportFailure } from './platform/reportFailure';
import {
  openSettings,
  readJobsAtOnce,
  readLocalIdleMinutes,
  readNoteLayout,
  readUploadSoundOnly,
} from './platform/settings';
import { Media } from './recordings/media';
import { Connector } from './services/connector';
import { ReadTranscriptTool } from './tools/readTranscriptTool';
import type { Tool } from './tools/tool';
import { TranscribeTool } from './tools/transcribeTool';
import { askToForget, createJobsListener } from './transcribe/interruptionPrompts';
import { notePathOf } from './transcribe/plan';
import { askAboutNamed } from './note/askAboutNamed';
import { NamedRecordings } from './note/namedRecordings';
import { QuietTranscriber } from './transcribe/quietTranscriber';
import { Transcriber } from './transcribe/transcriber';
import { showStatusItem } from './views/statusItem';
import { TranscriptsTree, type TreeLine } from './views/transcripts';
import { Takeover } from './windows/takeover';
import { WindowRegistry } from './windows/windowRegistry';

/** Everything behind the commands, the view and the tools. */
export interface App {
  readonly commands: Readonly<Record<CommandId, Command>>;
  readonly tree: TranscriptsTree;
  readonly tools: Readonly<Record<ToolName, Tool>>;
}

/** What jobs run on. */
interface Work {
  readonly jobs: Jobs;
  readonly media: Media;
}

const maintainEveryMs = 5000;

/** Builds the parts in order. All that has to be disposed is, with the subscriptions of the context. */
export function createApp(context: vscode.ExtensionContext, view: vscode.TreeView<TreeLine>): App {
  const store = new DisposableStore();
  try {
    const app = build(context, view, store);
    context.subscriptions.push(store);
    return app;
  } catch (thrown) {
    try {
      // The next use builds the parts again.
      store.dispose();
    } catch {
      // The first error says why there is no app.
    }
    throw thrown;
  }
}

function build(
  context: vscode.ExtensionContext,
  view: vscode.TreeView<TreeLine>,
  store: DisposableStore,
): App {
  const clock = systemClock;
  const storage = context.globalStorageUri.fsPath;
  const log = new HostLog(store.add(vscode.window.createOutputChannel('Steno', { log: true })));
  const { version } = context.extension.packageJSON as { version: string };

  const secrets = new SessionSecrets(context.secrets, log);
  const keys = new Keys(secrets, process.env, log);
  const webhookSecrets = new WebhookSecrets(secrets, log);
  const localServer = store.add(
    new LocalServer({
      program: context.asAbsolutePath('dist/local/server.js'),
      dataRoot: path.join(storage, 'local'),
      idleMinutes: readLocalIdleMinutes,
      log,
    }),
  );
  const connector = new Connector(keys, localServer, clock, `steno/${version}`, log);

  const followUps = store.add(createFollowUps(path.join(storage, 'followUps'), connector, clock, log));
  const work = createWork({ context, connector, followUps, webhookSecrets, log, clock }, store);
  const { jobs, media } = work;
  const transcriber = new Transcriber({
    jobs,
    clock,
    log,
    services: connector,
    durationOf: (file, signal) => media.duration(file, signal),
    showWait,
  });
  jobs.reportTo(createJobsListener(transcriber));

  const list = createJobList(jobs, transcriber);
  const tree = store.add(new TranscriptsTree(list, clock, view));
  store.add(showStatusItem(vscode.window, list, clock));
  store.add(keepMaintaining(jobs, log));

  const recordings = new NamedRecordings({ roots: workspaceFolders, ask: askAboutNamed });
  const shared = { connector, keys, transcriber, list, followUps, recordings, webhookSecrets, log, clock };
  const parts = { context, ...shared };
  return { commands: createCommands(parts), tree, tools: createTools(work, connector, log) };
}

type WorkParts = Pick<
  CommandParts,
  'context' | 'connector' | 'followUps' | 'webhookSecrets' | 'log' | 'clock'
>;

function createWork(
  { context, connector, followUps, webhookSecrets, log, clock }: WorkParts,
  store: DisposableStore,
): Work {
  const storage = context.globalStorageUri.fsPath;
  const folder = path.join(storage, 'jobs');
  const isInWorkspace = (file: string): boolean =>
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)) !== undefined;
  const window = new WindowRegistry(path.join(folder, 'windows'), randomUUID());
  const takeover = new Takeover(window, isInWorkspace);
  const onAside = (file: string): void => void tellOfAside(file);
  const journal = new Journal({ folder, window, isGone: takeover.isGone, clock, log, onAside });
  void journal.tidy();
  const media = store.add(new Media({ program: context.asAbsolutePath('dist/media.js'), clock, log }));
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
    searchRoots: workspaceFolders,
    keptPath: (id) => journal.keptPath(id),
  });
  const jobs = new Jobs({
    journal,
    files,
    window,
    takeover,
    followUps,
    clock,
    log,
    askToForget,
    withSecrets: (options) => webhookSecrets.addTo(options),
    connect: (service) => connector.open(service),
    jobsAtOnce: readJobsAtOnce,
    random: Math.random,
  });
  return { jobs: store.add(jobs), media };
}

function workspaceFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
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

/** A record that cannot be read is kept, since its user may want to see what is in it. */
function tellOfAside(file: string): Promise<void> {
  const message = `Steno could not read the record of a job, and moved it to ${file}. If a recording has no note, transcribe it again.`;
  return notify('information', message);
}

/** The jobs for the views and their commands. Whatever these begin is shown as if a user had begun it elsewhere. */
function createJobList(jobs: Jobs, transcriber: Transcriber): JobList {
  return {
    get entries() {
      return jobs.entries;
    },
    onDidChange: (listener) => jobs.onDidChange(listener),
    retry: (ids) => transcriber.retry(ids),
    writeNoteAnyway: (id) => transcriber.writeNoteAnyway(id),
    saveElsewhere: (ids) => transcriber.saveElsewhere(ids),
    cancelAll: (ids) => jobs.cancel(ids),
    forget: (id) => jobs.forget(id),
  };
}

/** Maintains the jobs, at once and every few seconds, until it is disposed. */
function keepMaintaining(jobs: Jobs, log: HostLog): vscode.Disposable {
  let isBusy = false;
  const maintain = async (): Promise<void> => {
    if (isBusy) {
      return;
    }
    isBusy = true;
    try {
      await jobs.maintain();
    } catch (thrown) {
      log.warn(`The jobs could not be maintained: ${asFailure(thrown).message}`);
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void maintain(), maintainEveryMs);
  void maintain();
  return new vscode.Disposable(() => clearInterval(timer));
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

/** A command that reports any failure to its user, and writes it to the log. */
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
