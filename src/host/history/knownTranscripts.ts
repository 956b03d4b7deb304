import * as path from 'node:path';
import type { Job } from '../../core/jobs/job';
import { noteStem } from '../../core/note/notePath';
import { parseNote } from '../../core/note/parseNote';
import { inParallel } from '../../core/inParallel';
import { actualPath } from '../../node/actualPath';
import { readsAtOnce } from '../../node/readFiles';
import { readHeadOfNote } from '../note/readHeadOfNote';

/** What this machine has of a transcript. */
export interface KnownTranscript {
  /** Name of its recording or its note. */
  readonly name: string;
  /** Absolute path of its note. */
  readonly note?: string;
  /** Whether the note is only a translation, without the transcript itself. */
  readonly isTranslation?: boolean;
  /** Id of the open job that will write its note. */
  readonly jobId?: string;
}

/** What this machine has of transcripts, by their ids. */
export type KnownTranscripts = ReadonlyMap<string, KnownTranscript>;

const sidecarEnding = '.aai.json';

/** Glob pattern for files that may be notes or sidecars. */
export const ownFilesPattern = `**/*{.md,${sidecarEnding}}`;

/**
 * Finds the transcripts that this machine has something of, in its jobs and in notes and sidecars. It reads only the
 * beginning of files, and skips files that cannot be read.
 *
 * @param files absolute paths of files that may be notes or sidecars
 */
export async function knownTranscripts(
  jobs: readonly Job[],
  files: readonly string[],
): Promise<KnownTranscripts> {
  const found = [
    ...(await inParallel([...files].sort(), readsAtOnce, fromFile)),
    ...(await inParallel(jobs, readsAtOnce, fromJob)),
  ].filter((entry) => entry !== undefined);
  const known = new Map<string, KnownTranscript>();
  // The last entry of an id wins: the one with the greatest weight.
  for (const { id, transcript } of found.sort((one, other) => one.weight - other.weight)) {
    known.set(id, transcript);
  }
  return known;
}

/** Which entry wins: a note over its translations, these over an open job, and a job over a sidecar. */
const weights = { sidecar: 0, job: 1, translation: 2, note: 3 } as const;

interface Entry {
  readonly id: string;
  readonly transcript: KnownTranscript;
  readonly weight: number;
}

async function fromJob({ id: jobId, recording: { name }, stage }: Job): Promise<Entry | undefined> {
  if (!('transcriptId' in stage)) {
    return undefined;
  }
  if (stage.phase !== 'done') {
    return { id: stage.transcriptId, transcript: { name, jobId }, weight: weights.job };
  }
  const id = stage.transcriptId;
  const note = await actualPath(stage.note);
  return note === undefined
    ? { id, transcript: { name }, weight: weights.sidecar }
    : { id, transcript: { name, note }, weight: weights.note };
}

async function fromFile(file: string): Promise<Entry | undefined> {
  const head = await readHeadOfNote(file);
  const base = path.basename(file);
  if (base.endsWith(sidecarEnding)) {
    const id = /"id"\s*:\s*"([\w-]+)"/.exec(head)?.[1];
    const transcript = { name: base.slice(0, -sidecarEnding.length) };
    return id === undefined ? undefined : { id, transcript, weight: weights.sidecar };
  }
  const { recording, transcript: id, translatedFrom } = parseNote(head).properties;
  const name = recording === null ? noteStem(base) : path.posix.basename(recording);
  if (id === null) {
    return undefined;
  }
  return translatedFrom === null
    ? { id, transcript: { name, note: file }, weight: weights.note }
    : { id, transcript: { name, note: file, isTranslation: true }, weight: weights.translation };
}
