import type { AssemblyAiClient } from '../../assemblyai/client';
import { asFailure, type Failure } from '../../core/failures/failure';
import { serviceName } from '../../core/failures/words';
import type { FollowUp } from '../../core/followUps/followUp';
import { deletionQuestion, deletionText, type Deletion, type Doomed } from '../../core/history/deletion';
import type { FollowUps } from '../followUps/followUps';
import { inParallel } from '../../core/inParallel';
import { ask, mention, offer } from '../platform/messages';
import { whileWaiting } from '../services/atAssemblyAi';
import type { Log } from '../../core/ports';

interface DoomedTranscript extends Doomed {
  readonly id: string;
}

const deletionsAtOnce = 4;

/**
 * Deletes transcripts at the service after a question, and tells how it went. What cannot be deleted now goes on the
 * list of what is left to do.
 *
 * @returns the ids of what is deleted
 */
export async function deleteTranscripts(
  client: Pick<AssemblyAiClient, 'deleteForSure' | 'host' | 'origin'>,
  doomed: readonly DoomedTranscript[],
  { followUps, log }: { readonly followUps: FollowUps; readonly log: Log },
): Promise<readonly string[]> {
  const { host, origin: service } = client;
  const { question, detail } = deletionQuestion(doomed, host);
  if ((await ask(question, detail, 'Delete')) === undefined) {
    return [];
  }
  const results = await whileWaiting(`Deleting at ${serviceName(host)}`, (signal, report) => {
    let done = 0;
    return inParallel(doomed, deletionsAtOnce, async (each) => {
      const result = { each, failure: await failureOf(client, each.id, signal) };
      report(`${++done} of ${doomed.length}`);
      return result;
    });
  });
  const failed = results.filter(({ failure }) => failure !== undefined && failure.kind !== 'cancelled');
  for (const { each, failure } of failed) {
    log.warn(`Not deleted: ${each.id}: ${failure?.kind ?? ''}: ${failure?.message ?? ''}`);
  }
  const left = failed.map(({ each: { id: transcriptId, title: name } }): FollowUp => {
    return { service, transcriptId, name, redactedAudio: null, deletes: true };
  });
  const isListed = await followUps.addAll(left);
  const deleted = results.filter(({ failure }) => failure === undefined).map(({ each }) => each.id);
  const failures = failed.flatMap(({ failure }) => failure ?? []);
  const untried = doomed.length - deleted.length - failures.length;
  tell({ deleted: deleted.length, failures, untried, isListed }, host, () => followUps.run());
  return deleted;
}

/** Why a transcript is not deleted; undefined when it is, be it since long ago. */
async function failureOf(
  client: Pick<AssemblyAiClient, 'deleteForSure'>,
  id: string,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  try {
    await client.deleteForSure(id, signal);
    return undefined;
  } catch (thrown) {
    const failure = asFailure(thrown);
    // It stood in this key's list: what is not there any more was deleted.
    return failure.kind === 'notFound' || failure.kind === 'transcriptDeleted' ? undefined : failure;
  }
}

/** Not waited for: there may be more to delete. The list itself shows what is deleted. */
function tell(deletion: Deletion, host: string, retry: () => Promise<void>): void {
  const text = deletionText(deletion, host);
  if (deletion.failures.length === 0) {
    mention(text);
  } else {
    void offer('error', text, deletion.isListed ? [{ label: 'Retry', press: retry }] : []);
  }
}
