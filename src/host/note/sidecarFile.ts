import { lstat, open, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import type { Recording } from '../../core/ports';
import {
  earlierSidecarName,
  hashInSidecar,
  parseSidecar,
  renderSidecar,
  sidecarName,
  type Sidecar,
} from '../../core/sidecar/sidecar';
import { actualPath } from '../../node/actualPath';
import { codeOf } from '../../node/errorCode';
import { exists, nameIfFree, ownToken, removeTemporary, withTemporary } from '../../node/files';
import { fittingPaths, untilFitting } from '../../node/fittingPaths';
import { sha256Of } from '../../node/sha256Of';
import { readText, transcriptBytes } from '../../node/readFiles';

/** Whatever the recording, a sidecar may have this many bytes. */
const smallSidecarBytes = 4 * 1024 * 1024;
/** How many bytes a sidecar may have for each byte of its recording. Speech at 6 kbit/s has one or two. */
const maxGrowth = 8;

/**
 * The finished transcript beside a recording, if it was made from exactly the bytes that the recording has now. A sidecar
 * without a hash does not tell which bytes it was made from, so it does not count.
 */
export async function findFinishedTranscript(
  recording: Recording,
  signal: AbortSignal,
): Promise<(Sidecar & { readonly sha256: string }) | undefined> {
  const maxBytes = Math.min(transcriptBytes, smallSidecarBytes + maxGrowth * recording.sizeBytes);
  const file = await findSidecarFile(recording.path);
  const json = file === undefined ? undefined : await readText(file, maxBytes).catch(() => undefined);
  const written = json === undefined ? undefined : hashInSidecar(json);
  const sha256 = written === undefined ? undefined : await sha256Of(recording.path, signal);
  if (json === undefined || sha256 !== written) {
    return undefined;
  }
  const sidecar = parseSidecar(json);
  if (sidecar === undefined || sidecar.sha256 === null) {
    return undefined;
  }
  const actual = sha256 ?? (await sha256Of(recording.path, signal));
  return actual === sidecar.sha256 ? { ...sidecar, sha256: actual } : undefined;
}

/** Writes the sidecar of a recording. The sidecar of another transcript is renamed first, for the note that names it. */
export async function writeSidecar(recording: Recording, sidecar: Sidecar): Promise<void> {
  const existing = await findSidecarFile(recording.path);
  const places = existing === undefined ? sidecarPathsOf(recording.path) : [existing];
  await untilFitting(places, (file) => writeAt(file, recording, sidecar));
}

/**
 * Where the sidecar of a recording lies: beside it, the usual place first. There are others where its name would be too
 * long.
 *
 * @param recording absolute path
 */
export function sidecarPathsOf(recording: string): readonly string[] {
  const { dir, base } = path.parse(recording);
  return fittingPaths(path.join(dir, sidecarName(base)));
}

/** The absolute path of a recording's sidecar; undefined when it has none. */
export async function findSidecarFile(recording: string): Promise<string | undefined> {
  for (const file of sidecarPathsOf(recording)) {
    const actual = await actualPath(file);
    if (actual !== undefined) {
      return actual;
    }
  }
  return undefined;
}

/** Reads a sidecar; undefined for a file that is missing, unreadable or no sidecar. */
export async function readSidecar(file: string): Promise<Sidecar | undefined> {
  return readText(file, transcriptBytes).then(parseSidecar, () => undefined);
}

async function writeAt(file: string, recording: Recording, sidecar: Sidecar): Promise<void> {
  const { id } = sidecar.transcript;
  await removeTemporary(file, id);
  if ((await idIn(file)) === id) {
    return;
  }
  const place = async (temporary: string): Promise<void> => {
    // Another window may write a sidecar of this recording at the same moment.
    while (!(await nameIfFree(temporary, file)) && (await idIn(file)) !== id) {
      await setAside(file, recording, id);
    }
  };
  await withTemporary(file, renderSidecar(sidecar), place, undefined, ownToken(id));
}

/**
 * Renames the sidecar of another transcript. Nothing is overwritten or lost, whatever other windows do meanwhile.
 *
 * @param ownId the transcript that the sidecar makes room for
 */
async function setAside(file: string, recording: Recording, ownId: string): Promise<void> {
  const name = await reserveEarlier(file, recording);
  try {
    await rename(file, name);
  } catch (thrown) {
    await rm(name, { force: true });
    if (codeOf(thrown) === 'ENOENT') {
      // Another window has renamed it.
      return;
    }
    throw thrown;
  }
  const id = await idIn(name);
  if (id === ownId) {
    // Another window wrote this transcript since the sidecar was read.
    await nameIfFree(name, file);
    await rm(name);
  } else if (id !== undefined && (await isKeptTwice(name, id, recording))) {
    await rm(name);
  }
}

/** Takes the first earlier name that is free, with an empty file, so that no other window takes it. */
async function reserveEarlier(file: string, recording: Recording): Promise<string> {
  const id = await idIn(file);
  for (let number = 1; ; number++) {
    const candidates = earlierPaths(recording, id, number);
    const name = await untilFitting(candidates, (each) => reserve(each, file));
    if (name !== undefined) {
      return name;
    }
  }
}

/** @returns undefined when something has that name */
async function reserve(name: string, file: string): Promise<string | undefined> {
  const isFolder = await lstat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) {
    // A folder cannot be renamed to the name of a file.
    return (await exists(name)) ? undefined : name;
  }
  try {
    await (await open(name, 'wx')).close();
    return name;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') {
      return undefined;
    }
    throw thrown;
  }
}

/** Whether the same bytes of a transcript are kept under another earlier name already. */
async function isKeptTwice(name: string, id: string, recording: Recording): Promise<boolean> {
  const text = await textIn(name);
  if (text === undefined) {
    return false;
  }
  for (let number = 1; ; number++) {
    const others = earlierPaths(recording, id, number).filter((other) => other !== name);
    const texts = await Promise.all(others.map(textIn));
    if (texts.includes(text) || texts.every((other) => other === undefined)) {
      return texts.includes(text);
    }
  }
}

function earlierPaths(recording: Recording, id: string | undefined, number: number): readonly string[] {
  const name = earlierSidecarName(path.basename(recording.path), id, number);
  return fittingPaths(path.join(path.dirname(recording.path), name));
}

async function idIn(file: string): Promise<string | undefined> {
  return (await readSidecar(file))?.transcript.id;
}

async function textIn(file: string): Promise<string | undefined> {
  return readText(file, transcriptBytes).catch(() => undefined);
}
