import { lstat, readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../core/failures/failure';
import { addressInNote } from '../../core/note/addressInNote';
import { alternativeNotePath } from '../../core/note/notePath';
import type { NoteProperties } from '../../core/note/frontMatter';
import { parseNote } from '../../core/note/parseNote';
import { exists, nearestFolder, withTemporary } from '../../node/files';
import type { Recording } from '../../core/ports';
import { codeOf } from '../../node/errorCode';

/** No note is larger: ten hours of talk make one megabyte. */
const largestNoteBytes = 64 * 1024 * 1024;

/** More notes of one name than anybody has; ends the search on file systems that lie. */
const mostNotes = 1000;

/**
 * The note of a recording, if there is one where it would be written. What belongs to another recording
 * (`talk.mp4` beside `talk.mp3`) or cannot be read does not count: the note gets a number then.
 */
export async function findNote(notePath: string, recording: Recording): Promise<string | undefined> {
  for (const candidate of candidatesFor(notePath)) {
    if (!(await exists(candidate))) {
      return undefined;
    }
    if (await isNoteOf(candidate, recording)) {
      return candidate;
    }
  }
  return undefined;
}

/** The note of a transcript, if it is written already: under whichever of its names was free then. */
export async function findNoteOf(notePath: string, transcriptId: string): Promise<string | undefined> {
  const names = new Set(await readdir(path.dirname(notePath)).catch(() => []));
  for (const candidate of candidatesFor(notePath)) {
    if (names.has(path.basename(candidate))) {
      const properties = await readProperties(candidate);
      if (properties?.transcript === transcriptId) {
        return candidate;
      }
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

/** Without front matter it is somebody's own file of that name: better ask about it. */
async function isNoteOf(candidate: string, recording: Recording): Promise<boolean> {
  const link = (await readProperties(candidate))?.recording;
  if (recording.url !== undefined && link !== null) {
    return link === addressInNote(recording.url);
  }
  return (
    link === null || (link !== undefined && (await leadsTo(candidate, link, recording).catch(() => false)))
  );
}

/** What a note says about itself; undefined when it cannot be read, or is no note by its size. */
async function readProperties(note: string): Promise<NoteProperties | undefined> {
  try {
    const found = await lstat(note);
    const mayBeNote = found.isFile() && found.size <= largestNoteBytes;
    return mayBeNote ? parseNote(await readFile(note, 'utf8')).properties : undefined;
  } catch {
    return undefined;
  }
}

/** Where a note or its recording was moved, the link leads nowhere and only the name is left to go by. */
async function leadsTo(note: string, link: string, recording: Recording): Promise<boolean> {
  const target = link.startsWith('file:') ? fileURLToPath(link) : path.resolve(path.dirname(note), link);
  return target === recording.path || (path.basename(target) === recording.name && !(await exists(target)));
}

/**
 * Tries whether a note can be written: to learn that only after the recording has been paid for would be a pity,
 * and permissions alone do not tell.
 *
 * @throws Failure `noteUnwritable`
 */
export async function ensureWritable(notePath: string): Promise<void> {
  try {
    // A name can be too long; where nothing is, that is as it should be.
    await lstat(notePath).catch((thrown: unknown) => {
      if (codeOf(thrown) === 'ENAMETOOLONG') {
        throw thrown;
      }
    });
    const folder = await nearestFolder(notePath);
    await withTemporary(path.join(folder, path.basename(notePath)), '', () => Promise.resolve());
  } catch (thrown) {
    const facts = { subject: notePath, code: codeOf(thrown), cause: thrown };
    throw new Failure('noteUnwritable', 'Found out beforehand', facts);
  }
}
