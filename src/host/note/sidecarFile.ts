import { rename } from 'node:fs/promises';
import * as path from 'node:path';
import {
  earlierSidecarName,
  hashInSidecar,
  parseSidecar,
  renderSidecar,
  sidecarName,
  type Sidecar,
} from '../../core/sidecar/sidecar';
import { sha256Of } from '../../node/sha256Of';
import { exists, removeTemporary, withTemporary } from '../../node/files';
import { readText, transcriptBytes } from '../../node/readFiles';
import type { Recording } from '../../core/ports';

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
  const json = await readText(sidecarPathOf(recording.path), maxBytes).catch(() => undefined);
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
  const file = sidecarPathOf(recording.path);
  const { id } = sidecar.transcript;
  const earlierId = (await readSidecar(file))?.transcript.id;
  if (earlierId === id) {
    await removeTemporary(file, id);
    return;
  }
  const moveInPlace = async (temporary: string): Promise<void> => {
    if (await exists(file)) {
      await rename(file, await earlierPath(recording, earlierId));
    }
    await rename(temporary, file);
  };
  await withTemporary(file, renderSidecar(sidecar), moveInPlace, undefined, id);
}

/** Where the sidecar of a recording lies: beside it. Both are absolute paths. */
export function sidecarPathOf(recording: string): string {
  const { dir, base } = path.parse(recording);
  return path.join(dir, sidecarName(base));
}

async function earlierPath(recording: Recording, id: string | undefined): Promise<string> {
  for (let number = 1; ; number++) {
    const name = earlierSidecarName(path.basename(recording.path), id, number);
    const candidate = path.join(path.dirname(recording.path), name);
    if (!(await exists(candidate))) {
      return candidate;
    }
  }
}

/** Reads a sidecar; undefined for a file that is missing, unreadable or no sidecar. */
export async function readSidecar(file: string): Promise<Sidecar | undefined> {
  return readText(file, transcriptBytes).then(parseSidecar, () => undefined);
}
