import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NoteProperties } from '../../core/note/frontMatter';
import { noteStem } from '../../core/note/notePath';
import { parseSidecar, sidecarName, type Sidecar } from '../../core/sidecar/sidecar';

/** A sidecar, and where it lies. */
export interface FoundSidecar {
  readonly file: string;
  readonly sidecar: Sidecar;
}

/** Absolute path of the recording that a note links to; undefined where it names none, or one on the web. */
export function recordingPathOf(note: string, { recording }: NoteProperties): string | undefined {
  if (recording === null || /^https?:/i.test(recording)) {
    return undefined;
  }
  try {
    return recording.startsWith('file:')
      ? fileURLToPath(recording)
      : path.resolve(path.dirname(note), recording);
  } catch {
    return undefined;
  }
}

/** Absolute path of the sidecar of a note without a recording on disk: beside the note, under its name. */
export function sidecarPathOfNote(note: string): string {
  return path.join(path.dirname(note), sidecarName(noteStem(path.basename(note))));
}

/**
 * The sidecar of the transcript that a note names: beside its recording, be it the current one or an earlier one, or
 * beside the note. Undefined where there is none, or only that of another transcript.
 */
export async function findSidecarOfNote(
  note: string,
  properties: NoteProperties,
): Promise<FoundSidecar | undefined> {
  // That of a recording on the web lies beside the place that the note would have had if it were free.
  const place = recordingPathOf(note, properties) ?? note.replace(/(?:\.transcript)?(?:-\d+)?\.md$/i, '');
  const candidates = [...(await sidecarsBeside(place)), sidecarPathOfNote(note)];
  for (const file of candidates) {
    const sidecar = await readFile(file, 'utf8').then(parseSidecar, () => undefined);
    if (sidecar?.transcript.id === properties.transcript) {
      return { file, sidecar };
    }
  }
  return undefined;
}

/** The newest first: it has the plain name. */
async function sidecarsBeside(recording: string): Promise<readonly string[]> {
  const { dir, base } = path.parse(recording);
  const names = await readdir(dir).catch(() => []);
  const plain = sidecarName(base);
  const earlier = names.filter((name) => name.startsWith(`${base}.`) && name.endsWith('.aai.json'));
  return [plain, ...earlier.filter((name) => name !== plain)].map((name) => path.join(dir, name));
}
