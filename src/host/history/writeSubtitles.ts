import * as path from 'node:path';
import { asFailure, Failure } from '../../core/failures/failure';
import { noteStem } from '../../core/note/notePath';
import { writeNew } from '../../node/files';
import { candidatesFor } from '../note/notePlace';
import { codeOf } from '../../node/errorCode';

/**
 * Writes captions beside a recording or a note and under its name, never over anything that exists.
 *
 * @param beside absolute path of the recording, or of the note
 * @returns the path that they got
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
    for (const candidate of candidatesFor(target)) {
      if (await writeNew(candidate, captions)) {
        return candidate;
      }
    }
    throw new Error('Every name that the file could have is taken');
  } catch (thrown) {
    const facts = { subject: path.basename(target), code: codeOf(thrown), cause: thrown };
    throw new Failure('fileUnwritable', asFailure(thrown).message, facts);
  }
}
