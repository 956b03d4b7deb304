import * as path from 'node:path';
import { parseNote } from '../../core/note/parseNote';
import { defaultSpeakerName } from '../../core/note/speakerNames';
import { parseSidecar } from '../../core/sidecar/sidecar';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import { turnsOf, type Turn } from '../../core/transcript/turns';
import { noteBytes, readText, transcriptBytes } from '../../node/readFiles';
import { findSidecarFile } from '../note/sidecarFile';
import { realFileIn, ToolRefusal, type WorkspaceRoot } from './workspaceFiles';

/** A transcript that a language model may read. */
export interface FoundTranscript {
  /** Absolute path of the note or the sidecar. */
  readonly file: string;
  readonly turns: readonly Turn[];
}

/**
 * Reads the transcript of a note or of a recording in the workspace. No other file is read, whatever its name: a note has
 * to name a transcript, and a sidecar has to be one.
 *
 * @param file absolute path of the note, the recording or the sidecar
 * @param noteOf finds the note of a recording; undefined when there is none
 * @throws ToolRefusal
 */
export async function findTranscript(
  file: string,
  roots: readonly WorkspaceRoot[],
  noteOf: (recording: string) => Promise<string | undefined>,
): Promise<FoundTranscript> {
  const isNote = path.extname(file).toLowerCase() === '.md';
  const isThere = (await realFileIn(file, roots)) !== undefined;
  // A file outside of the workspace is not even looked at.
  const noted = isThere && !isNote ? await noteOf(file) : undefined;
  const candidates = isNote ? [file] : [noted, await sidecarOf(file)];
  for (const candidate of candidates) {
    const real = candidate === undefined ? undefined : await realFileIn(candidate, roots);
    const turns = real === undefined ? undefined : await readTurns(real);
    if (real !== undefined && turns !== undefined) {
      return { file: real, turns };
    }
  }
  throw new ToolRefusal(
    isNote
      ? `There is no note with a transcript at ${file} in this workspace.`
      : `There is no transcript of ${file} in this workspace. If it is a recording, transcribe it first.`,
  );
}

async function sidecarOf(file: string): Promise<string | undefined> {
  return file.endsWith('.aai.json') ? file : findSidecarFile(file);
}

/** What was said; undefined when the file is neither a note that names a transcript nor a sidecar. @param file real path */
async function readTurns(file: string): Promise<readonly Turn[] | undefined> {
  const isNote = path.extname(file).toLowerCase() === '.md';
  const text = await readText(file, isNote ? noteBytes : transcriptBytes).catch(() => undefined);
  if (text === undefined) {
    return undefined;
  }
  if (isNote) {
    const { properties, turns } = parseNote(text);
    return properties.transcript === null ? undefined : turns;
  }
  const sidecar = parseSidecar(text);
  return sidecar && namedTurns(turnsOf(parseTranscript(sidecar.transcript)));
}

function namedTurns(turns: readonly Turn[]): readonly Turn[] {
  return turns.map(({ speaker, paragraphs }) => ({
    speaker: speaker === null ? null : defaultSpeakerName(speaker),
    paragraphs,
  }));
}
