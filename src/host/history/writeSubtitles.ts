import * as path from 'node:path';
import { asFailure, Failure } from '../../core/failures/failure';
import { noteStem } from '../../core/note/notePath';
import { writeNew } from '../../node/files';
import { writeAtFreePath } from '../note/numberedPaths';
import { codeOf } from '../../node/errorCode';

/**
 * Writes captions into a file beside a recording or a note and under its name. Nothing that exists is overwritten.
 *
 * @param beside absolute path of the recording or the note
 * @returns the path of the new file
 * @throws Failure `fileUnwritable`
 */
export async function writeSubtitles(
  captions: string,
  format: 'srt' | 'vtt',
  beside: string,
): Promise<string> {
  const { dir, base, name, ext } = path.parse(beside);
  const stem = ext.toLowerCase() === '.md' ? noteStem(base) : name;
  const target = path.join(dir, `${stem}.${format}`);
  try {
    return await writeAtFreePath(target, (candidate) => writeNew(candidate, captions));
  } catch (thrown) {
    const facts = { subject: path.basename(target), code: codeOf(thrown), cause: thrown };
    throw new Failure('fileUnwritable', asFailure(thrown).message, facts);
  }
}
