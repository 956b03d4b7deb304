import { readFile, rename } from 'node:fs/promises';
import * as path from 'node:path';
import {
  earlierSidecarName,
  parseSidecar,
  renderSidecar,
  sidecarName,
  type Sidecar,
} from '../../core/sidecar/sidecar';
import { sha256Of } from '../../node/sha256Of';
import { exists, removeTemporary, withTemporary } from '../../node/files';
import type { Recording } from '../../core/ports';

/**
 * The finished transcript beside a recording, if it was made from the very bytes that are there now. A sidecar without a
 * hash does not tell which they were.
 */
export async function findFinished(
  recording: Recording,
  signal: AbortSignal,
): Promise<(Sidecar & { readonly sha256: string }) | undefined> {
  const sidecar = await readSidecar(sidecarPath(recording));
  if (sidecar === undefined || sidecar.sha256 === null) {
    return undefined;
  }
  const sha256 = await sha256Of(recording.path, signal);
  return sha256 === sidecar.sha256 ? { ...sidecar, sha256 } : undefined;
}

/** Writes the sidecar. What lies there of another transcript is renamed first, so that earlier notes keep theirs. */
export async function writeSidecar(recording: Recording, sidecar: Sidecar): Promise<void> {
  const file = sidecarPath(recording);
  const { id } = sidecar.transcript;
  const earlierId = (await readSidecar(file))?.transcript.id;
  if (earlierId === id) {
    await removeTemporary(file, id);
    return;
  }
  const give = async (temporary: string): Promise<void> => {
    if (await exists(file)) {
      await rename(file, await earlierPath(recording, earlierId));
    }
    await rename(temporary, file);
  };
  await withTemporary(file, renderSidecar(sidecar), give, undefined, id);
}

function sidecarPath(recording: Recording): string {
  const { dir, base } = path.parse(recording.path);
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

/** What cannot be read (a folder of that name, no permission) is no sidecar. */
async function readSidecar(file: string): Promise<Sidecar | undefined> {
  return readFile(file, 'utf8').then(parseSidecar, () => undefined);
}
