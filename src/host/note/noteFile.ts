import { lstat } from 'node:fs/promises';
import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import { addressInNote } from '../../core/note/addressInNote';
import type { NoteProperties } from '../../core/note/frontMatter';
import { translationNotePath } from '../../core/note/notePath';
import { parseNote } from '../../core/note/parseNote';
import type { Recording } from '../../core/ports';
import { actualPath, isSameName } from '../../node/actualPath';
import { codeOf } from '../../node/errorCode';
import { nearestFolder, withTemporary } from '../../node/files';
import { isNameTooLong, untilFitting } from '../../node/fittingPaths';
import { isOnOtherHost } from '../../node/pathsWithin';
import { namesIn } from '../../node/readFiles';
import { readHead } from '../../node/readRange';
import { pathOfLink } from './noteReferences';
import { longestPaths, numberedPaths, type NumberedPaths } from './numberedPaths';

/** More than any front matter has. */
const frontMatterBytes = 256 * 1024;

/** As long as the code of a language can be in a name. */
const longestLanguage = 'x'.repeat(20);

/**
 * Finds the note of a recording at the path where it would be written, with or without a number. Notes of other
 * recordings (`talk.mp4` beside `talk.mp3`) and files that cannot be read do not count.
 */
export async function findNote(notePath: string, recording: Recording): Promise<string | undefined> {
  for (const candidates of numberedPaths(notePath)) {
    const found = await firstNoteOf(candidates, recording);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

async function firstNoteOf(candidates: NumberedPaths, recording: Recording): Promise<string | undefined> {
  for (const candidate of candidates) {
    const file = await actualPath(candidate);
    if (file === undefined || (await isNoteOf(file, recording))) {
      return file;
    }
  }
  return undefined;
}

/** Finds the note that names a transcript, at a path or one of its numbered variants. */
export async function findNoteOfTranscript(
  notePath: string,
  transcriptId: string,
): Promise<string | undefined> {
  const folder = (await actualPath(path.dirname(notePath))) ?? path.dirname(notePath);
  const names = new Map((await namesIn(folder).catch(() => [])).map((name) => [name.normalize('NFC'), name]));
  for (const candidate of numberedPaths(notePath).flatMap((candidates) => [...candidates])) {
    const name = names.get(path.basename(candidate).normalize('NFC'));
    const file = name === undefined ? undefined : path.join(folder, name);
    if (file !== undefined && (await readProperties(file))?.transcript === transcriptId) {
      return file;
    }
  }
  return undefined;
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
  if (isSameName(target, recording.path)) {
    return true;
  }
  const isOutOfReach = isOnOtherHost(target, [note, recording.path]);
  const isSame = isSameName(path.basename(target), recording.name);
  return isSame && (isOutOfReach || (await actualPath(target)) === undefined);
}

/**
 * Tries to write where a note will go, before the recording is paid for. Permissions alone do not tell whether it will
 * work, and only the file system knows whether the names of the note, a second note and translations are too long.
 *
 * @throws Failure `noteUnwritable`
 */
export async function ensureWritable(notePath: string): Promise<void> {
  try {
    const folder = await nearestFolder(notePath);
    const longest = translationNotePath(notePath, longestLanguage);
    await untilFitting(longestPaths(longest), async (file) => {
      await expectFitting(file);
      await expectFitting(path.join(folder, path.basename(file)));
    });
    await withTemporary(path.join(folder, path.basename(notePath)), '', () => Promise.resolve());
  } catch (thrown) {
    const facts = { subject: notePath, code: codeOf(thrown), cause: thrown };
    throw new Failure('noteUnwritable', 'A trial write failed', facts);
  }
}

/** That nothing has the name yet, or that it cannot be looked up, is fine. @throws NodeJS.ErrnoException `ENAMETOOLONG` */
async function expectFitting(file: string): Promise<void> {
  await lstat(file).catch((thrown: unknown) => {
    if (isNameTooLong(thrown)) {
      throw thrown;
    }
  });
}
