import * as vscode from 'vscode';
import { failureOf } from '../../core/jobs/job';
import { actionsFor, type JobAction, type JobEntry } from '../../core/jobs/jobEntry';
import { lossOf } from '../../core/jobs/jobRow';
import { reportFailure } from '../platform/reportFailure';
import type { JobList } from '../jobs/jobList';
import type { JobCommandId } from '../platform/manifest';
import { askBeforeLoss } from '../platform/userMessages';
import type { Command } from './command';
import { openNote } from './openNote';
import { revealRecording } from './revealRecording';
import { shortList } from '../../core/text';

/** The commands of the view *Transcripts*, which act on the jobs that were clicked on or selected, or on all. */
export function createJobCommands(list: JobList): Readonly<Record<JobCommandId, Command>> {
  const retry =
    (action: JobAction): Command =>
    (clicked, selected) =>
      list.retry(chosen(list, action, clicked, selected).map(({ job }) => job.id));
  const onEach =
    (action: JobAction, act: (entry: JobEntry) => Promise<void>): Command =>
    async (clicked, selected) => {
      await Promise.all(chosen(list, action, clicked, selected).map(act));
    };
  return {
    'steno.retryJob': retry('retry'),
    'steno.continueJob': retry('continue'),
    'steno.collectJob': retry('collect'),
    'steno.openNote': onEach('open', ({ job }) => openNote(job)),
    'steno.revealRecording': onEach('reveal', ({ job }) => revealRecording(job.recording)),
    'steno.showFailure': onEach('explain', (entry) => showFailure(list, entry)),
    'steno.cancelJob': async (clicked, selected) => {
      const entries = chosen(list, 'cancel', clicked, selected);
      await (entries.length > 0 && list.cancelAll(entries.map(({ job }) => job.id)));
    },
    'steno.forgetJob': (clicked, selected) => forget(list, chosen(list, 'forget', clicked, selected)),
    'steno.clearDone': () => forget(list, list.entries.filter(isDone)),
    'steno.showTranscripts': async () => {
      await vscode.commands.executeCommand('steno.transcripts.focus');
    },
  };
}

/**
 * The selected jobs, or else the one that was clicked on, as far as they allow the action now: a job may have changed
 * after its line was drawn.
 */
function chosen(list: JobList, action: JobAction, clicked: unknown, selected: unknown): readonly JobEntry[] {
  const lines: readonly unknown[] = Array.isArray(selected) ? selected : [clicked];
  const ids = new Set(lines.flatMap(jobIdOf));
  return list.entries.filter((entry) => ids.has(entry.job.id) && actionsFor(entry).includes(action));
}

/** The id of a line's job; none from the palette, which passes no line, and none for the line of a group. */
function jobIdOf(line: unknown): readonly string[] {
  const isJob = typeof line === 'object' && line !== null && 'jobId' in line;
  return isJob && typeof line.jobId === 'string' ? [line.jobId] : [];
}

async function showFailure(list: JobList, { job }: JobEntry): Promise<void> {
  if (job.halt?.reason === 'failed') {
    await reportFailure(failureOf(job.halt.failure), () => list.retry([job.id]), {
      writeNoteAnyway: () => list.writeNoteAnyway(job.id),
      saveElsewhere: () => list.saveElsewhere([job.id]),
    });
  }
}

const maxListed = 5;

/** Removes jobs. Asks the user first if work or money would be lost. */
async function forget(list: JobList, entries: readonly JobEntry[]): Promise<void> {
  const losses = entries.flatMap(({ job }) => lossOf(job) ?? []);
  const what = entries.length === 1 ? 'this job' : `${entries.length} jobs`;
  const isConfirmed =
    losses.length === 0 ||
    (await askBeforeLoss(`Forget ${what}?`, shortList(losses, maxListed), { safe: 'Keep', lose: 'Forget' }));
  for (const { job } of isConfirmed ? entries : []) {
    await list.forget(job.id);
  }
}

function isDone({ job }: JobEntry): boolean {
  return job.stage.phase === 'done';
}
