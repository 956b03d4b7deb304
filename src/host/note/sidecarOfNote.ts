import * as path from 'node:path';
import type { NoteProperties } from '../../core/note/frontMatter';
import { noteStem } from '../../core/note/notePath';
import { earlierSidecarName, sidecarName, type Sidecar } from '../../core/sidecar/sidecar';
import { fittingPaths } from '../../node/fittingPaths';
import { namesIn } from '../../node/readFiles';
import { besideNotes } from './namedRecordings';
import { readSidecar, sidecarPathsOf } from './sidecarFile';

/** A sidecar and its file. */
export interface FoundSidecar {
  /** Absolute path. */
  readonly file: string;
  readonly sidecar: Sidecar;
}

/** More earlier sidecars of one transcript than there can be. */
const maxNumber = 9;

/**
 * Where the sidecar of a note without a recording on disk lies: beside the note, under its name. The usual place comes
 * first; there are others where its name would be too long.
 */
export function sidecarPathsOfNote(note: string): readonly string[] {
  return fittingPaths(path.join(path.dirname(note), sidecarName(noteStem(path.basename(note)))));
}

/**
 * Finds the sidecar with the transcript that a note names: the current or an earlier one of its recording, or one beside
 * the note. Undefined when there is none, or only sidecars of other transcripts.
 *
 * @param recordings finds the note's recording
 */
export async function findSidecarOfNote(
  note: string,
  properties: NoteProperties,
  recordings = besideNotes,
): Promise<FoundSidecar | undefined> {
  const recording = await recordings.find(note, properties);
  // The sidecar of a recording on the web has the name that the note would have without a number.
  const place = recording ?? note.replace(/(?:\.transcript)?(?:-\d+)?\.md$/i, '');
  const candidates = [
    ...(await sidecarsBeside(place, properties.transcript ?? undefined)),
    ...sidecarPathsOfNote(note),
  ];
  for (const file of candidates) {
    const sidecar = await readSidecar(file);
    if (sidecar?.transcript.id === properties.transcript) {
      return { file, sidecar };
    }
  }
  return undefined;
}

/** All that may be sidecars of a recording, the newest first: it has the plain name. */
async function sidecarsBeside(recording: string, id: string | undefined): Promise<readonly string[]> {
  const { dir, base } = path.parse(recording);
  const newest = namesOf(sidecarPathsOf(recording));
  const earlier = namesOf(earlierPathsOf(recording, id));
  const names = (await namesIn(dir).catch(() => [])).filter((name) => name.endsWith('.aai.json'));
  const beginning = `${base}.`.normalize('NFC');
  const isEarlier = (name: string): boolean => name.startsWith(beginning) || earlier.has(name);
  const composed = names.map((name) => [name, name.normalize('NFC')] as const);
  return [
    ...composed.filter(([, name]) => newest.has(name)),
    ...composed.filter(([, name]) => !newest.has(name) && isEarlier(name)),
  ].map(([name]) => path.join(dir, name));
}

function earlierPathsOf(recording: string, id: string | undefined): readonly string[] {
  const { dir, base } = path.parse(recording);
  const numbers = Array.from({ length: maxNumber }, (_, index) => index + 1);
  return numbers.flatMap((number) => fittingPaths(path.join(dir, earlierSidecarName(base, id, number))));
}

function namesOf(files: readonly string[]): ReadonlySet<string> {
  return new Set(files.map((file) => path.basename(file).normalize('NFC')));
}
