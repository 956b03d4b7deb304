import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Recording } from '../../core/jobs/ports';
import {
  earlierSidecarName,
  parseSidecar,
  renderSidecar,
  sidecarName,
  type Sidecar,
} from '../../core/sidecar/sidecar';
import { codeOf, exists, replace } from './files';

/** The finished transcript beside a recording, if it was made from the very bytes that are there now. */
export async function findFinished(recording: Recording, signal: AbortSignal): Promise<Sidecar | undefined> {
  const sidecar = parseSidecar((await readIfThere(sidecarPath(recording))) ?? '');
  if (sidecar === undefined) {
    return undefined;
  }
  return (await sha256Of(recording.path, signal)) === sidecar.sha256 ? sidecar : undefined;
}

/** Writes the sidecar. One of another transcript is renamed first, so that earlier notes keep theirs. */
export async function writeSidecar(recording: Recording, sidecar: Sidecar): Promise<void> {
  const file = sidecarPath(recording);
  const earlier = await readIfThere(file);
  if (earlier !== undefined) {
    const id = parseSidecar(earlier)?.transcript.id;
    if (id === sidecar.transcript.id) {
      return;
    }
    await rename(file, await earlierPath(recording, id));
  }
  await replace(file, renderSidecar(sidecar));
}

function sidecarPath(recording: Recording): string {
  return path.join(path.dirname(recording.path), sidecarName(recording.name));
}

async function earlierPath(recording: Recording, id: string | undefined): Promise<string> {
  for (let number = 1; ; number++) {
    const name = earlierSidecarName(recording.name, id, number);
    const candidate = path.join(path.dirname(recording.path), name);
    if (!(await exists(candidate))) {
      return candidate;
    }
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

async function sha256Of(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest('hex');
}
