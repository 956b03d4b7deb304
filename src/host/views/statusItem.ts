import * as vscode from 'vscode';
import { statusOf, type JobStatus } from '../../core/jobs/jobStatus';
import type { JobList } from '../jobs/jobList';
import type { CommandId } from '../platform/manifest';
import { watchJobs } from './watchJobs';
import type { Clock } from '../../core/ports';

const icons: Readonly<Record<JobStatus['sign'], string>> = {
  running: '$(sync~spin)',
  waiting: '$(clock)',
  failed: '$(error)',
};

const showTranscripts: CommandId = 'steno.showTranscripts';

/** Shows at the lower edge how many recordings are at work, also when their notification was closed. */
export function showStatusItem(list: JobList, clock: Clock): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('steno.transcripts', vscode.StatusBarAlignment.Left);
  item.name = 'Steno Transcripts';
  item.command = showTranscripts;
  let shown = '';
  const watch = watchJobs(list, clock, (groups) => {
    const status = statusOf(groups);
    const next = JSON.stringify(status ?? '');
    if (next === shown) {
      return;
    }
    shown = next;
    if (status === undefined) {
      item.hide();
      return;
    }
    item.text = `${icons[status.sign]} ${status.text}`;
    item.tooltip = status.tooltip;
    item.accessibilityInformation = { label: `Steno: ${status.text}` };
    item.show();
  });
  return vscode.Disposable.from(watch, item);
}
