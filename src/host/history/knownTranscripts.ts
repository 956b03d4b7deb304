import * as path from 'node:path';
import type { Job } from '../../core/jobs/job';
import { noteStem } from '../../core/note/notePath';
import { parseNote } from '../../core/note/parseNote';
import { inParallel } from '../../core/inParallel';
import { exists } from '../../node/files';
import { readsAtOnce } from '../../node/readFiles';
import { readHeadOfNote } from '../note/readHeadOfNote';

/** What this machine has of a transcript. */
export interface KnownTranscript {
  /** What it is called here. */
  readonly name: string;
  /** Absolute path of its note. */
  readonly note?: string;
  /** Whether that is a translation only, in which what was said is not. */
  readonly isTranslation?: boolean;
  /** The job that is still at work on it, or was left. */
  readonly jobId?: string;
}

/** By the ids of transcripts. */
export type KnownTranscripts = ReadonlyMap<string, KnownTranscript>;

const sidecarEnding = '.aai.json';

/** Names of files that may be notes or sidecars. */
export const ownFilesPattern = `**/*{.md,${sidecarEnding}}`;

/**
 * Which transcripts this machine has something of: from its jobs, and from notes and sidecars. Of these only the
 * beginning is read, and what cannot be read is passed over.
 *
 * @param files absolute paths of what may be notes and sidecars
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
  // The last one stays.
  for (const { id, transcript } of found.sort((one, other) => one.weight - other.weight)) {
    known.set(id, transcript);
  }
  return known;
}

/** How much each tells: a note more than its translations, these more than a job that is at work. */
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
  const { note, transcriptId: id } = stage;
  return (await exists(note))
    ? { id, transcript: { name, note }, weight: weights.note }
    : { id, transcript: { name }, weight: weights.sidecar };
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
