import { readFile, rename } from 'node:fs/promises';
import * as path from 'node:path';
import { asFailure, Failure } from '../../core/failures/failure';
import { parseSidecar, updateSidecar } from '../../core/sidecar/sidecar';
import type { TranscriptBody } from '../../core/transcript/model';
import { withTemporary } from '../../node/files';
import { retryWhileHeld } from '../../node/retryWhileHeld';
import { codeOf } from '../../node/errorCode';

/**
 * Writes what became of a transcript into its sidecar. One that is that of another transcript by now is left alone.
 *
 * @param update called again where somebody else wrote at the same moment
 * @throws Failure `sidecarUnwritable`
 */
export async function keepInSidecar(
  file: string,
  transcriptId: string,
  update: (transcript: TranscriptBody) => TranscriptBody,
): Promise<void> {
  try {
    let isOver = false;
    while (!isOver) {
      const json = await ownSidecar(file, transcriptId);
      const text = json === undefined ? undefined : updateSidecar(json, update);
      isOver = text === undefined || (await replaceIfStill(file, json, text));
    }
  } catch (thrown) {
    const subject = path.basename(file, '.aai.json');
    const facts = { subject, transcriptId, code: codeOf(thrown), cause: thrown };
    throw new Failure('sidecarUnwritable', asFailure(thrown).message, facts);
  }
}

/** Another window may have transcribed the recording anew meanwhile, or have written findings of its own. */
function replaceIfStill(file: string, earlier: string | undefined, text: string): Promise<boolean> {
  return withTemporary(file, text, async (temporary) => {
    const isStill = (await readFile(file, 'utf8')) === earlier;
    await (isStill && retryWhileHeld(() => rename(temporary, file)));
    return isStill;
  });
}

/** Its text; undefined where there is none of that transcript. */
async function ownSidecar(file: string, transcriptId: string): Promise<string | undefined> {
  const json = await readFile(file, 'utf8');
  return parseSidecar(json)?.transcript.id === transcriptId ? json : undefined;
}
