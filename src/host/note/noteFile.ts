import { lstat, readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import { addressInNote } from '../../core/note/addressInNote';
import { alternativeNotePath } from '../../core/note/notePath';
import type { NoteProperties } from '../../core/note/frontMatter';
import { parseNote } from '../../core/note/parseNote';
import { exists, nearestFolder, withTemporary } from '../../node/files';
import { readHead } from '../../node/readRange';
import type { Recording } from '../../core/ports';
import { codeOf } from '../../node/errorCode';
import { pathOfLink } from './noteReferences';

/** More than any front matter has. */
const frontMatterBytes = 256 * 1024;

/** More notes of one name than there can be. It ends the search on a file system where every name seems to exist. */
const maxNotes = 1000;

/**
 * Finds the note of a recording at the path where it would be written, with or without a number. Notes of other
 * recordings (`talk.mp4` beside `talk.mp3`) and files that cannot be read do not count.
 */
export async function findNote(notePath: string, recording: Recording): Promise<string | undefined> {
  for (const candidate of numberedPaths(notePath)) {
    if (!(await exists(candidate))) {
      return undefined;
    }
    if (await isNoteOf(candidate, recording)) {
      return candidate;
    }
  }
  return undefined;
}

/** Finds the note that names a transcript, at a path or one of its numbered variants. */
export async function findNoteOfTranscript(
  notePath: string,
  transcriptId: string,
): Promise<string | undefined> {
  const names = new Set(await readdir(path.dirname(notePath)).catch(() => []));
  for (const candidate of numberedPaths(notePath)) {
    if (names.has(path.basename(candidate))) {
      const properties = await readProperties(candidate);
      if (properties?.transcript === transcriptId) {
        return candidate;
      }
    }
  }
  return undefined;
}

/** A path and its variants with a number, in the order in which they are tried: `a.md`, `a-2.md`, `a-3.md` and so on. */
export function* numberedPaths(notePath: string): Generator<string> {
  yield notePath;
  for (let number = 2; number <= maxNotes; number++) {
    yield alternativeNotePath(notePath, number);
  }
}

/**
 * Writes a file at the first of the numbered paths that is free.
 *
 * @param write returns false when something has that path already
 * @returns the path
 * @throws Error when no path is free, and what `write` throws
 */
export async function writeAtFreePath(
  target: string,
  write: (candidate: string) => Promise<boolean>,
): Promise<string> {
  for (const candidate of numberedPaths(target)) {
    if (await write(candidate)) {
      return candidate;
    }
  }
  throw new Error('Every name that the file could have is taken');
}

/** A file without front matter counts as the note: Steno asks the user before it writes beside it. */
async function isNoteOf(candidate: string, recording: Recording): Promise<boolean> {
  const link = (await readProperties(candidate))?.recording;
  if (recording.url !== undefined && link !== null) {
    return link === addressInNote(recording.url);
  }
  return (
    link === null || (link !== undefined && (await leadsTo(candidate, link, recording).catch(() => false)))
  );
}

/** Reads the front matter of a note; undefined for a file that cannot be read. */
async function readProperties(note: string): Promise<NoteProperties | undefined> {
  try {
    const isFile = (await lstat(note)).isFile();
    const head = isFile ? await readHead(note, frontMatterBytes) : undefined;
    return head && parseNote(new TextDecoder().decode(head)).properties;
  } catch {
    return undefined;
  }
}

/** When the note or the recording was moved, the link leads nowhere; then the name decides. */
async function leadsTo(note: string, link: string, recording: Recording): Promise<boolean> {
  const target = pathOfLink(note, link);
  return target === recording.path || (path.basename(target) === recording.name && !(await exists(target)));
}

/**
 * Tries to write where a note will go, before the recording is paid for. Permissions alone do not tell whether it will
 * work.
 *
 * @throws Failure `noteUnwritable`
 */
export async function ensureWritable(notePath: string): Promise<void> {
  try {
    // The name may be too long. That nothing is there yet is fine.
    await lstat(notePath).catch((thrown: unknown) => {
      if (codeOf(thrown) === 'ENAMETOOLONG') {
        throw thrown;
      }
    });
    const folder = await nearestFolder(notePath);
    await withTemporary(path.join(folder, path.basename(notePath)), '', () => Promise.resolve());
  } catch (thrown) {
    const facts = { subject: notePath, code: codeOf(thrown), cause: thrown };
    throw new Failure('noteUnwritable', 'A trial write failed', facts);
  }
}
