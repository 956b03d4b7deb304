import { lstat, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import type { Recording } from '../../core/jobs/ports';
import { alternativeNotePath } from '../../core/note/notePath';
import { parseNote } from '../../core/note/parseNote';
import { codeOf, exists, withTemporary } from './files';

/** Of a file's name, in bytes; every common file system draws the line there. */
const longestName = 255;

/** More notes of one name than anybody has; ends the search on file systems that lie. */
const mostNotes = 1000;

/**
 * The note of a recording, if there is one where it would be written. What belongs to another recording
 * (`talk.mp4` beside `talk.mp3`) or is no file does not count: the note gets a number then.
 *
 * @throws Failure `noteUnwritable` when there is none and none could be written
 */
export async function findPlace(notePath: string, recording: Recording): Promise<string | undefined> {
  for (const candidate of candidatesFor(notePath)) {
    switch (await whatIsAt(candidate, recording)) {
      case 'itsNote':
        return candidate;
      case 'nothing':
        await ensureWritable(candidate);
        return undefined;
      case 'somethingElse':
    }
  }
  return undefined;
}

/** The names that a note may get, best first. */
export function* candidatesFor(notePath: string): Generator<string> {
  yield notePath;
  for (let number = 2; number <= mostNotes; number++) {
    yield alternativeNotePath(notePath, number);
  }
}

async function whatIsAt(
  candidate: string,
  recording: Recording,
): Promise<'nothing' | 'itsNote' | 'somethingElse'> {
  if (!(await exists(candidate))) {
    return 'nothing';
  }
  if (!(await lstat(candidate)).isFile()) {
    return 'somethingElse';
  }
  const { properties } = parseNote(await readFile(candidate, 'utf8'));
  // Without front matter it is somebody's own file of that name: better ask.
  const isItsNote =
    properties.recording === null || path.posix.basename(properties.recording) === recording.name;
  return isItsNote ? 'itsNote' : 'somethingElse';
}

/** Tries it: to learn that only after the recording has been paid for would be a pity, and permissions alone do not tell. */
async function ensureWritable(notePath: string): Promise<void> {
  const unwritable = (code: string | undefined, cause?: unknown): Failure =>
    new Failure('noteUnwritable', 'Found out beforehand', { subject: path.basename(notePath), code, cause });
  if (Buffer.byteLength(path.basename(notePath)) > longestName) {
    throw unwritable('ENAMETOOLONG');
  }
  let folder = path.dirname(notePath);
  while (!(await exists(folder)) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  try {
    await withTemporary(path.join(folder, path.basename(notePath)), '', () => Promise.resolve());
  } catch (error) {
    throw unwritable(codeOf(error), error);
  }
}
