import type * as vscode from 'vscode';
import { statusOf, type JobStatus } from '../../core/jobs/jobStatus';
import type { Clock } from '../../core/ports';
import type { JobList } from '../jobs/jobList';
import { DisposableStore, type Disposable } from '../platform/disposables';
import type { CommandId } from '../platform/manifest';
import { redrawOnChange } from './redrawOnChange';

const icons: Readonly<Record<JobStatus['sign'], string>> = {
  running: '$(sync~spin)',
  waiting: '$(clock)',
  failed: '$(error)',
};

const showTranscripts: CommandId = 'steno.showTranscripts';

/**
 * Shows in the status bar how many recordings are being transcribed, also after their notification was closed.
 *
 * @param window `vscode.window`
 */
export function showStatusItem(
  window: Pick<typeof vscode.window, 'createStatusBarItem'>,
  list: Pick<JobList, 'entries' | 'onDidChange'>,
  clock: Clock,
): Disposable {
  const owned = new DisposableStore();
  // Without an alignment, VS Code puts it on the left.
  const item = owned.add(window.createStatusBarItem('steno.transcripts'));
  item.name = 'Steno Transcripts';
  item.command = showTranscripts;
  let shown = '';
  owned.add(
    redrawOnChange(list, clock, (groups) => {
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
    }),
  );
  return owned;
}
