import { rename } from 'node:fs/promises';
import * as path from 'node:path';
import { asFailure, Failure } from '../../core/failures/failure';
import { parseSidecar, updateSidecar } from '../../core/sidecar/sidecar';
import type { TranscriptBody } from '../../core/transcript/model';
import { withTemporary } from '../../node/files';
import { readText, transcriptBytes } from '../../node/readFiles';
import { retryWhileHeld } from '../../node/retryWhileHeld';
import { codeOf } from '../../node/errorCode';

/**
 * Changes the transcript in a sidecar file. A file that holds another transcript by now is left alone.
 *
 * @param file absolute path
 * @param update makes the new transcript; called again if another window wrote the file at the same moment
 * @throws Failure `sidecarUnwritable`
 */
export async function updateSidecarFile(
  file: string,
  transcriptId: string,
  update: (transcript: TranscriptBody) => TranscriptBody,
): Promise<void> {
  try {
    let isDone = false;
    while (!isDone) {
      const json = await readSidecarOf(file, transcriptId);
      const text = json === undefined ? undefined : updateSidecar(json, update);
      isDone = text === undefined || (await replaceIfUnchanged(file, json, text));
    }
  } catch (thrown) {
    const subject = path.basename(file, '.aai.json');
    const facts = { subject, transcriptId, code: codeOf(thrown), cause: thrown };
    throw new Failure('sidecarUnwritable', asFailure(thrown).message, facts);
  }
}

/** Replaces the file unless another window changed it since it was read. @returns whether it was replaced */
function replaceIfUnchanged(file: string, earlier: string | undefined, text: string): Promise<boolean> {
  return withTemporary(file, text, async (temporary) => {
    const isUnchanged = (await readText(file, transcriptBytes)) === earlier;
    await (isUnchanged && retryWhileHeld(() => rename(temporary, file)));
    return isUnchanged;
  });
}

/** The text of the sidecar; undefined when it holds another transcript. */
async function readSidecarOf(file: string, transcriptId: string): Promise<string | undefined> {
  const json = await readText(file, transcriptBytes);
  return parseSidecar(json)?.transcript.id === transcriptId ? json : undefined;
}
