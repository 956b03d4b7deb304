import * as vscode from 'vscode';
import type { JobOutcome } from '../jobs/activeJob';
import { ProgressReporter } from './progressReporter';
import type { Jobs, OrderedJob } from '../jobs/jobs';
import type { Listener } from '../jobs/runner';
import { withoutLinks } from '../../core/text';
import type { Clock } from '../../core/ports';

/** What is followed. */
interface Followed {
  readonly title: string;
  readonly total: number;
  readonly begin: (listener: Listener, signal: AbortSignal) => Promise<readonly OrderedJob[]>;
}

/**
 * Shows jobs in one progress notification until all of them are settled. Cancelling it cancels them; closing it does
 * not: they go on in the status bar and the Transcripts view.
 */
export async function withJobProgress(
  { title, total, begin }: Followed,
  jobs: Jobs,
  clock: Clock,
): Promise<readonly JobOutcome[]> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: withoutLinks(title),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const board = new ProgressReporter(clock, total, (message) =>
      progress.report({ message: withoutLinks(message) }),
    );
    const beginning = new AbortController();
    token.onCancellationRequested(() => beginning.abort());
    try {
      const ordered = await begin((job, shown) => board.show(job, shown), beginning.signal);
      let cancelling: Promise<void> | undefined;
      const cancel = (): void => {
        cancelling = jobs.cancel(ordered.flatMap(({ id }) => id ?? []));
      };
      token.onCancellationRequested(cancel);
      if (token.isCancellationRequested) {
        cancel();
      }
      const outcomes = await Promise.all(ordered.map((job) => settledOn(board, job)));
      await cancelling;
      const forgotten = await jobs.answered();
      return outcomes.map((outcome) => (forgotten.has(outcome.job.id) ? dropped(outcome) : outcome));
    } finally {
      board.dispose();
    }
  });
}

async function settledOn(board: ProgressReporter, { settled }: OrderedJob): Promise<JobOutcome> {
  const outcome = await settled;
  board.done(outcome.job, outcome.kind === 'written');
  return outcome;
}

/** Nobody will go on with it, although the service does. */
function dropped(outcome: JobOutcome): JobOutcome {
  return outcome.kind === 'written' ? outcome : { ...outcome, job: { ...outcome.job, halt: null } };
}
