import { access, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { asFailure, Failure } from '../../core/failures/failure';
import { fileNameOf, publicUrlOf } from '../../core/recordings/audioUrl';
import { noteNameFor } from '../../core/history/noteName';
import type { NoteProperties } from '../../core/note/frontMatter';
import { renderNote } from '../../core/note/renderNote';
import { earlierSidecarName, renderSidecar } from '../../core/sidecar/sidecar';
import type { TranscriptBody } from '../../core/transcript/model';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import { actualPath } from '../../node/actualPath';
import { writeNew } from '../../node/files';
import { fittingPaths } from '../../node/fittingPaths';
import { besideNotes } from '../note/namedRecordings';
import { writeAtFreePath } from '../note/numberedPaths';
import { sidecarPathsOf } from '../note/sidecarFile';
import { sidecarPathsOfNote } from '../note/sidecarOfNote';
import { writeTranslationNotes } from '../note/writeNote';
import { codeOf } from '../../node/errorCode';
import { type NoteLayout, layoutOptions } from '../../core/note/noteLayout';

/** A finished transcript from the service. It is not known whether its recording is on this machine. */
export interface FetchedTranscript {
  readonly body: TranscriptBody;
  /** When it was made, ms since 1970. */
  readonly createdMs: number;
}

/**
 * Writes the note of a transcript with its sidecar beside it, and the notes of its translations if the layout wants them.
 * Nothing that exists is overwritten.
 *
 * @param folder absolute path of the folder for all of them
 * @param layoutOf the layout of a note at that path
 * @returns the path of the note
 * @throws Failure `noteUnwritable`
 */
export async function saveTranscript(
  { body, createdMs }: FetchedTranscript,
  folder: string,
  layoutOf: (notePath: string) => NoteLayout,
): Promise<string> {
  const audioUrl = audioUrlOf(body);
  const { fileName, title } = noteNameFor(audioUrl, new Date(createdMs));
  const recording = publicUrlOf(audioUrl) ?? null;
  const notePath = path.join(folder, fileName);
  const transcript = parseTranscript(body);
  const options = { title, recording, createdAt: new Date(createdMs), ...layoutOptions(layoutOf(notePath)) };
  await writeTranslationNotes(notePath, transcript, options);
  try {
    const text = renderNote(transcript, options);
    return await writeAtFreePath(notePath, (note) => writeBoth(note, text, body));
  } catch (thrown) {
    const facts = { subject: notePath, code: codeOf(thrown), cause: thrown };
    throw new Failure('noteUnwritable', asFailure(thrown).message, { ...facts, transcriptId: body.id });
  }
}

/** Writes a note and its sidecar, or neither. The sidecar comes first: a crash in between must not lose it. */
async function writeBoth(note: string, text: string, body: TranscriptBody): Promise<boolean> {
  const [sidecar = ''] = sidecarPathsOfNote(note);
  if (!(await writeNew(sidecar, sidecarText(fileNameOf(audioUrlOf(body)) ?? '', body)))) {
    return false;
  }
  const isWritten = await writeNew(note, text).catch(async (thrown: unknown) => {
    await rm(sidecar, { force: true });
    throw thrown;
  });
  if (!isWritten) {
    await rm(sidecar, { force: true });
  }
  return isWritten;
}

/**
 * Writes the sidecar of a note that has none: beside its recording if that is on disk, else beside the note. It never
 * takes the place of another sidecar of the recording.
 *
 * @param recordings finds the note's recording
 * @returns the path of the sidecar
 * @throws Failure `sidecarUnwritable`
 */
export async function saveSidecarOfNote(
  note: string,
  properties: NoteProperties,
  body: TranscriptBody,
  recordings = besideNotes,
): Promise<string> {
  const recording = await recordings.find(note, properties);
  const source = recording === undefined ? (fileNameOf(audioUrlOf(body)) ?? '') : path.basename(recording);
  let cause: unknown = new Error('Every name that the sidecar could have is taken');
  for (const file of await sidecarPlaces(note, recording, body.id)) {
    try {
      if ((await actualPath(file)) === undefined && (await writeNew(file, sidecarText(source, body)))) {
        return file;
      }
    } catch (thrown) {
      cause = thrown;
    }
  }
  const facts = { subject: source || path.basename(note), transcriptId: body.id, code: codeOf(cause), cause };
  throw new Failure('sidecarUnwritable', asFailure(cause).message, facts);
}

async function sidecarPlaces(
  note: string,
  recording: string | undefined,
  id: string,
): Promise<readonly string[]> {
  const besideNote = sidecarPathsOfNote(note);
  if (recording === undefined || !(await isThere(recording))) {
    return besideNote;
  }
  const { dir, base } = path.parse(recording);
  const earlier = path.join(dir, earlierSidecarName(base, id, 1));
  return [...sidecarPathsOf(recording), ...fittingPaths(earlier), ...besideNote];
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** A sidecar without a hash: the recording of that name may have changed since the service got it. */
function sidecarText(source: string, transcript: TranscriptBody): string {
  return renderSidecar({ source, transcript, sha256: null });
}

function audioUrlOf({ audio_url: audioUrl }: TranscriptBody): string {
  return typeof audioUrl === 'string' ? audioUrl : '';
}
