import { open } from 'node:fs/promises';
import * as path from 'node:path';
import { parseNote } from '../../core/note/parseNote';
import { defaultSpeakerName } from '../../core/note/speakerNames';
import { parseSidecar, sidecarName } from '../../core/sidecar/sidecar';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import { turnsOf, type Turn } from '../../core/transcript/turns';
import { realFileIn, ToolRefusal, type Root } from './workspaceFiles';

/** A transcript that a model may read. */
export interface FoundTranscript {
  /** Absolute path of the note or the sidecar. */
  readonly file: string;
  readonly turns: readonly Turn[];
}

/** The sidecar of ten hours has ten megabytes. */
const largestBytes = 64 * 1024 * 1024;

/**
 * What was said by a note or by a recording that is transcribed, of the workspace only. No other file is read, whatever
 * its name is: a note has to name a transcript, and a sidecar has to be one.
 *
 * @param file absolute path
 * @param noteOf the note of a recording, where there is one
 * @throws ToolRefusal
 */
export async function findTranscript(
  file: string,
  roots: readonly Root[],
  noteOf: (recording: string) => Promise<string | undefined>,
): Promise<FoundTranscript> {
  const isNote = path.extname(file).toLowerCase() === '.md';
  const candidates = isNote ? [file] : [await noteOf(file), sidecarOf(file)];
  for (const candidate of candidates) {
    const real = candidate === undefined ? undefined : await realFileIn(candidate, roots);
    const turns = real === undefined ? undefined : await readTurns(real);
    if (real !== undefined && turns !== undefined) {
      return { file: real, turns };
    }
  }
  throw new ToolRefusal(
    isNote
      ? `There is no note of a transcript at ${file} in this workspace.`
      : `There is no transcript of ${file} in this workspace: if it is a recording, transcribe it first.`,
  );
}

function sidecarOf(file: string): string {
  const { dir, base } = path.parse(file);
  return path.join(dir, base.endsWith('.aai.json') ? base : sidecarName(base));
}

/** Undefined where it is neither a note of a transcript nor a sidecar. @param file its real path */
async function readTurns(file: string): Promise<readonly Turn[] | undefined> {
  const text = await readText(file).catch(() => undefined);
  if (text === undefined) {
    return undefined;
  }
  if (path.extname(file).toLowerCase() === '.md') {
    const { properties, turns } = parseNote(text);
    return properties.transcript === null ? undefined : turns;
  }
  const sidecar = parseSidecar(text);
  return sidecar && namedTurns(turnsOf(parseTranscript(sidecar.transcript)));
}

async function readText(file: string): Promise<string | undefined> {
  const handle = await open(file);
  try {
    const found = await handle.stat();
    return found.isFile() && found.size <= largestBytes ? await handle.readFile('utf8') : undefined;
  } finally {
    await handle.close();
  }
}

function namedTurns(turns: readonly Turn[]): readonly Turn[] {
  return turns.map(({ speaker, paragraphs }) => ({
    speaker: speaker === null ? null : defaultSpeakerName(speaker),
    paragraphs,
  }));
}
