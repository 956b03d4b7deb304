import * as vscode from 'vscode';
import type { Clock } from '../../core/ports';
import { withoutLinks } from '../../core/text';
import type { JobOutcome } from '../jobs/activeJob';
import type { ProgressListener } from '../jobs/jobRunner';
import type { Jobs, OrderedJob } from '../jobs/jobs';
import { DisposableStore } from '../platform/disposables';
import { ProgressReporter } from './progressReporter';

/** Begins jobs, or goes on with them. The signal is aborted when the user cancels. */
export type Begin = (onProgress: ProgressListener, signal: AbortSignal) => Promise<readonly OrderedJob[]>;

/** The jobs of one notification. */
interface Followed {
  readonly title: string;
  readonly total: number;
  readonly begin: Begin;
}

/**
 * Shows jobs in one progress notification until all of them have ended. Cancelling it cancels them. Closing it does not:
 * they go on in the status bar and the Transcripts view.
 */
export async function withJobProgress(
  { title, total, begin }: Followed,
  jobs: Pick<Jobs, 'cancel' | 'answered'>,
  clock: Clock,
): Promise<readonly JobOutcome[]> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: withoutLinks(title),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const owned = new DisposableStore();
    const report = (message: string): void => progress.report({ message: withoutLinks(message) });
    const reporter = owned.add(new ProgressReporter(clock, total, report));
    const beginning = new AbortController();
    owned.add(token.onCancellationRequested(() => beginning.abort()));
    try {
      const ordered = await begin((job, shown) => reporter.show(job, shown), beginning.signal);
      let cancelling: Promise<void> | undefined;
      const cancel = (): void => {
        cancelling = jobs.cancel(ordered.flatMap(({ id }) => id ?? []));
      };
      owned.add(token.onCancellationRequested(cancel));
      if (token.isCancellationRequested) {
        cancel();
      }
      const outcomes = await Promise.all(ordered.map((job) => settledWith(reporter, job)));
      await cancelling;
      const forgotten = await jobs.answered();
      return outcomes.map((outcome) => (forgotten.has(outcome.job.id) ? asForgotten(outcome) : outcome));
    } finally {
      owned.dispose();
    }
  });
}

async function settledWith(reporter: ProgressReporter, { settled }: OrderedJob): Promise<JobOutcome> {
  const outcome = await settled;
  reporter.done(outcome.job, outcome.kind === 'written');
  return outcome;
}

/** A forgotten job cannot go on here, although it runs on at the service. */
function asForgotten(outcome: JobOutcome): JobOutcome {
  return outcome.kind === 'written' ? outcome : { ...outcome, job: { ...outcome.job, halt: null } };
}
