import type { AssemblyAiClient } from '../../assemblyai/client';
import { asFailure, type Failure } from '../../core/failures/failure';
import { serviceName } from '../../core/failures/phrases';
import type { FollowUp } from '../../core/followUps/followUp';
import {
  confirmDeletionText,
  deletionResultText,
  type DeletionResult,
  type TranscriptToDelete,
} from '../../core/history/deletionTexts';
import { inParallel } from '../../core/inParallel';
import { askBeforeLoss, notify, showInStatusBar } from '../platform/userMessages';
import { whileWaiting } from '../services/atAssemblyAi';
import type { HistoryParts } from './historyParts';

interface DoomedTranscript extends TranscriptToDelete {
  readonly id: string;
}

const deletionsAtOnce = 4;

/**
 * Deletes transcripts at the service, if the user confirms, and tells the user how it went. A transcript that cannot be
 * deleted now becomes a follow-up.
 *
 * @returns the ids of the deleted transcripts
 */
export async function deleteTranscripts(
  client: Pick<AssemblyAiClient, 'deleteForSure' | 'host' | 'origin'>,
  doomed: readonly DoomedTranscript[],
  { followUps, log }: Pick<HistoryParts, 'followUps' | 'log'>,
): Promise<readonly string[]> {
  const { host, origin: service } = client;
  const { question, detail } = confirmDeletionText(doomed, host);
  if (!(await askBeforeLoss(question, detail, { safe: 'Keep', lose: 'Delete' }))) {
    return [];
  }
  const results = await whileWaiting(`Deleting at ${serviceName(host)}`, (signal, report) => {
    let done = 0;
    return inParallel(doomed, deletionsAtOnce, async (each) => {
      const result = { each, failure: await tryDeleting(client, each.id, signal) };
      report(`${++done} of ${doomed.length}`);
      return result;
    });
  });
  const failed = results.filter(({ failure }) => failure !== undefined && failure.kind !== 'cancelled');
  for (const { each, failure } of failed) {
    log.warn(`Not deleted: ${each.id}: ${failure?.kind ?? ''}: ${failure?.message ?? ''}`);
  }
  const pending = failed.map(({ each: { id: transcriptId, title: name } }): FollowUp => {
    return { service, transcriptId, name, redactedAudio: null, deletes: true };
  });
  const isListed = await followUps.addAll(pending);
  const deleted = results.filter(({ failure }) => failure === undefined).map(({ each }) => each.id);
  const failures = failed.flatMap(({ failure }) => failure ?? []);
  const untried = doomed.length - deleted.length - failures.length;
  tell({ deleted: deleted.length, failures, untried, isListed }, host, () => followUps.run());
  return deleted;
}

/** Deletes a transcript. @returns why it could not be deleted; undefined when it is deleted, now or earlier */
async function tryDeleting(
  client: Pick<AssemblyAiClient, 'deleteForSure'>,
  id: string,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  try {
    await client.deleteForSure(id, signal);
    return undefined;
  } catch (thrown) {
    const failure = asFailure(thrown);
    // It was in the list of this key, so if the service does not know it anymore, it was deleted.
    return failure.kind === 'notFound' || failure.kind === 'transcriptDeleted' ? undefined : failure;
  }
}

/** Does not wait until the user closes the message: the list, which shows what is deleted, opens again at once. */
function tell(deletion: DeletionResult, host: string, retry: () => Promise<void>): void {
  const text = deletionResultText(deletion, host);
  if (deletion.failures.length === 0) {
    showInStatusBar(text);
  } else {
    void notify('error', text, deletion.isListed ? [{ label: 'Retry', press: retry }] : []);
  }
}
