import * as vscode from 'vscode';
import { countJobs, type GroupName, type JobGroup } from '../../core/jobs/jobGroups';
import type { JobRow } from '../../core/jobs/jobRow';
import type { JobAction, JobState } from '../../core/jobs/jobEntry';
import type { JobList } from '../jobs/jobList';
import type { Disposable } from '../platform/disposables';
import { jobActions } from '../platform/manifest';
import { DrawnJobs } from './redraw';
import { redrawOnChange } from './redrawOnChange';
import type { Clock } from '../../core/ports';

/** A line of the tree: a group, or a job in it. VS Code compares lines by identity, so each stays the same object. */
export type TreeLine = { readonly group: GroupName } | JobLine;

/** The line of a job. The menus of the view pass it to commands. */
export interface JobLine {
  readonly jobId: string;
}

/** The tree of the view *Transcripts*: jobs that run, wait, failed or are done. */
export class TranscriptsTree implements vscode.TreeDataProvider<TreeLine> {
  private readonly changed = new vscode.EventEmitter<TreeLine[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly drawn = new DrawnJobs();
  private readonly groupLines = new Map<GroupName, TreeLine>();
  private readonly jobLines = new Map<string, JobLine>();
  private readonly watch: Disposable;
  private groups: readonly JobGroup[] = [];
  private rows: ReadonlyMap<string, JobRow> = new Map();

  /** @param view shows the number of jobs that run or wait as its badge */
  constructor(
    list: Pick<JobList, 'entries' | 'onDidChange'>,
    clock: Clock,
    private readonly view: Pick<vscode.TreeView<TreeLine>, 'badge'>,
  ) {
    this.watch = redrawOnChange(list, clock, (groups, nowMs) => this.show(groups, nowMs));
  }

  getChildren(line?: TreeLine): TreeLine[] {
    if (line === undefined) {
      return this.groups.map(({ name }) => keptLine(this.groupLines, name, () => ({ group: name })));
    }
    if ('jobId' in line) {
      return [];
    }
    const rows = this.groups.find(({ name }) => name === line.group)?.rows ?? [];
    return rows.map(({ id }) => this.lineOf(id));
  }

  getTreeItem(line: TreeLine): vscode.TreeItem {
    if ('group' in line) {
      return groupItem(line.group, countJobs(this.groups)[line.group]);
    }
    const row = this.rows.get(line.jobId);
    return row === undefined ? new vscode.TreeItem('') : jobItem(row, line);
  }

  dispose(): void {
    this.watch.dispose();
    this.changed.dispose();
  }

  private show(groups: readonly JobGroup[], nowMs: number): void {
    this.groups = groups;
    this.rows = new Map(groups.flatMap(({ rows }) => rows.map((row) => [row.id, row])));
    const redraw = this.drawn.next(groups, nowMs);
    if (redraw === 'all') {
      this.forgetLines();
      this.showBadge();
      this.changed.fire(undefined);
    } else if (redraw.length > 0) {
      this.changed.fire(redraw.map((id) => this.lineOf(id)));
    }
  }

  private showBadge(): void {
    const { Running: running, Waiting: waiting } = countJobs(this.groups);
    const value = running + waiting;
    const tooltip = `${value} ${value === 1 ? 'recording' : 'recordings'} being transcribed or waiting`;
    this.view.badge = value === 0 ? undefined : { value, tooltip };
  }

  private lineOf(jobId: string): JobLine {
    return keptLine(this.jobLines, jobId, () => ({ jobId }));
  }

  private forgetLines(): void {
    for (const id of this.jobLines.keys()) {
      if (!this.rows.has(id)) {
        this.jobLines.delete(id);
      }
    }
  }
}

/** The line for a key, created once. */
function keptLine<K, V>(lines: Map<K, V>, key: K, create: () => V): V {
  const line = lines.get(key) ?? create();
  lines.set(key, line);
  return line;
}

function groupItem(name: GroupName, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group ${name}`;
  item.description = String(count);
  item.contextValue = `group${name}`;
  item.accessibilityInformation = { label: `${name}, ${count}` };
  return item;
}

function jobItem(row: JobRow, line: JobLine): vscode.TreeItem {
  const { id, state, label, description, tooltip, actions } = row;
  const item = new vscode.TreeItem(label);
  item.id = `job ${id}`;
  item.description = description;
  item.tooltip = tooltip;
  item.iconPath = icons[state];
  item.contextValue = actions.join(' ');
  item.accessibilityInformation = { label: `${label}, ${description}` };
  const click = actions.find((action) => onClick.includes(action));
  if (click !== undefined) {
    item.command = { command: jobActions[click], title: '', arguments: [line] };
  }
  return item;
}

/** The actions that a click on a job runs, if the job allows them. */

const onClick: readonly JobAction[] = ['open', 'explain'];

const icons: Readonly<Record<JobState, vscode.ThemeIcon>> = {
  running: new vscode.ThemeIcon('sync~spin', new vscode.ThemeColor('charts.blue')),
  waiting: new vscode.ThemeIcon('clock'),
  interrupted: new vscode.ThemeIcon('debug-pause', new vscode.ThemeColor('charts.yellow')),
  detached: new vscode.ThemeIcon('cloud', new vscode.ThemeColor('charts.yellow')),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')),
  done: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
};
