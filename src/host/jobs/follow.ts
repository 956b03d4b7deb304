import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import type { Clock } from '../../core/jobs/ports';
import { withoutLinks } from '../../core/plainMessage';
import type { JobOutcome } from './activeJob';
import { Board } from './board';
import type { Jobs, OrderedJob } from './jobs';
import type { Listener } from './runner';

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
export async function follow(
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
    const board = new Board(clock, total, (message) => progress.report({ message: withoutLinks(message) }));
    let forgotten: Promise<ReadonlySet<string>> = Promise.resolve(new Set());
    const beginning = new AbortController();
    token.onCancellationRequested(() => beginning.abort());
    try {
      const ordered = await begin((job, shown) => board.show(job, shown), beginning.signal);
      const cancel = (): void => {
        forgotten = jobs.cancel(ordered.flatMap(({ id }) => id ?? []));
      };
      token.onCancellationRequested(cancel);
      if (token.isCancellationRequested) {
        cancel();
      }
      const outcomes = await Promise.all(ordered.map((job) => settledOn(board, job)));
      const ids = await forgotten;
      return outcomes.map((outcome) => (ids.has(outcome.job.id) ? dropped(outcome) : outcome));
    } finally {
      board.dispose();
    }
  });
}

async function settledOn(board: Board, { settled }: OrderedJob): Promise<JobOutcome> {
  const outcome = await settled;
  board.done(outcome.job);
  return outcome;
}

/** Its user wants to hear no more of it. */
function dropped({ job }: JobOutcome): JobOutcome {
  return { kind: 'failed', job, failure: new Failure('cancelled', 'Forgotten') };
}
