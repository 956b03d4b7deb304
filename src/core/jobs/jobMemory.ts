import { asFailure } from '../failures/failure';
import type { JobStore, PendingJob } from './jobStore';
import type { Log, SpeechApi } from './ports';

/** Where jobs are kept, and where it is said when that fails. */
interface Memory {
  readonly store: JobStore;
  readonly log: Log;
}

// A store that cannot be written (a full disk) must not cost a job that is running, nor a note that is written.

/** Keeps a job as it stands now. */
export async function remember(job: PendingJob, { store, log }: Memory): Promise<void> {
  await store.put(job).catch((thrown: unknown) => log.warn(`Job not kept: ${asFailure(thrown).message}`));
}

/** Lets go of a job whose result is written down, or will never come. */
export async function forget(audioUrl: string, { store, log }: Memory): Promise<void> {
  await store.remove(audioUrl).catch((thrown: unknown) => log.warn(`Job kept: ${asFailure(thrown).message}`));
}

/**
 * Lets go of a job that has an id, also at the service where that is possible: on this machine neither its work nor
 * its text is to stay behind.
 */
export async function discard(
  { audioUrl, transcriptId }: PendingJob & { readonly transcriptId: string },
  context: Memory & { readonly api: SpeechApi },
): Promise<void> {
  await context.api.local?.discard(transcriptId).catch((thrown: unknown) => {
    context.log.warn(`Transcript ${transcriptId} kept by the server: ${asFailure(thrown).message}`);
  });
  await forget(audioUrl, context);
}
