import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import type { NoteProperties } from '../../core/note/frontMatter';
import { noteStem } from '../../core/note/notePath';
import { sidecarName, type Sidecar } from '../../core/sidecar/sidecar';
import { recordingPathOf } from './noteReferences';
import { readSidecar, sidecarPathOf } from './sidecarFile';

/** A sidecar and its file. */
export interface FoundSidecar {
  /** Absolute path. */
  readonly file: string;
  readonly sidecar: Sidecar;
}

/** Where the sidecar of a note without a recording on disk lies: beside the note, under its name. An absolute path. */
export function sidecarPathOfNote(note: string): string {
  return path.join(path.dirname(note), sidecarName(noteStem(path.basename(note))));
}

/**
 * Finds the sidecar with the transcript that a note names: the current or an earlier one of its recording, or one beside
 * the note. Undefined when there is none, or only sidecars of other transcripts.
 */
export async function findSidecarOfNote(
  note: string,
  properties: NoteProperties,
): Promise<FoundSidecar | undefined> {
  // The sidecar of a recording on the web has the name that the note would have without a number.
  const place = recordingPathOf(note, properties) ?? note.replace(/(?:\.transcript)?(?:-\d+)?\.md$/i, '');
  const candidates = [...(await sidecarsBeside(place)), sidecarPathOfNote(note)];
  for (const file of candidates) {
    const sidecar = await readSidecar(file);
    if (sidecar?.transcript.id === properties.transcript) {
      return { file, sidecar };
    }
  }
  return undefined;
}

/** All that may be sidecars of a recording, the newest first: it has the plain name. */
async function sidecarsBeside(recording: string): Promise<readonly string[]> {
  const { dir, base } = path.parse(recording);
  const names = await readdir(dir).catch(() => []);
  const newest = sidecarPathOf(recording);
  const earlier = names
    .filter((name) => name.startsWith(`${base}.`) && name.endsWith('.aai.json'))
    .map((name) => path.join(dir, name));
  return [newest, ...earlier.filter((file) => file !== newest)];
}
