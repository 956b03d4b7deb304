import { access, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { asFailure, Failure } from '../../core/failures/failure';
import { fileNameOf, publicUrlOf } from '../../core/recordings/audioUrl';
import { noteNameFor } from '../../core/history/noteName';
import type { NoteProperties } from '../../core/note/frontMatter';
import { renderNote } from '../../core/note/renderNote';
import { earlierSidecarName, renderSidecar, sidecarName } from '../../core/sidecar/sidecar';
import type { TranscriptBody } from '../../core/transcript/model';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import { exists, writeNew } from '../../node/files';
import { candidatesFor } from '../note/notePlace';
import { recordingPathOf, sidecarPathOfNote } from '../note/transcriptOfNote';
import { writeTranslationNotes } from '../note/writeNote';
import { codeOf } from '../../node/errorCode';
import { type NoteLayout, layoutOptions } from '../../core/note/noteLayout';

/** A finished transcript that was not made from a recording on this machine, as far as that is known. */
export interface ForeignTranscript {
  readonly body: TranscriptBody;
  /** When it was made, ms since 1970. */
  readonly createdMs: number;
}

/**
 * Writes the note of a transcript and the sidecar beside it, and before them the notes of its translations where they
 * get some; none of them over anything that exists.
 *
 * @param folder absolute path of the one in which they are to lie
 * @param layoutOf what a note at that path is to show besides words
 * @returns the path of the note
 * @throws Failure `noteUnwritable`
 */
export async function saveTranscript(
  { body, createdMs }: ForeignTranscript,
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
    for (const note of candidatesFor(notePath)) {
      if (!(await exists(note)) && (await writeBoth(note, text, body))) {
        return note;
      }
    }
    throw new Error('Every name that the note could have is taken');
  } catch (thrown) {
    const facts = { subject: notePath, code: codeOf(thrown), cause: thrown };
    throw new Failure('noteUnwritable', asFailure(thrown).message, { ...facts, transcriptId: body.id });
  }
}

/** The sidecar first: a note without one is worth less than a sidecar without a note. */
async function writeBoth(note: string, text: string, body: TranscriptBody): Promise<boolean> {
  const sidecar = sidecarPathOfNote(note);
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
 * Writes the sidecar of a note that has none: beside its recording where that is, else beside the note. The newest
 * sidecar of a recording keeps the plain name.
 *
 * @returns the path of the sidecar
 * @throws Failure `sidecarUnwritable`
 */
export async function saveSidecarOfNote(
  note: string,
  properties: NoteProperties,
  body: TranscriptBody,
): Promise<string> {
  const recording = recordingPathOf(note, properties);
  const source = recording === undefined ? (fileNameOf(audioUrlOf(body)) ?? '') : path.basename(recording);
  let cause: unknown = new Error('Every name that the sidecar could have is taken');
  for (const file of await sidecarPlaces(note, recording, body.id)) {
    try {
      if (await writeNew(file, sidecarText(source, body))) {
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
  if (recording === undefined || !(await isThere(recording))) {
    return [sidecarPathOfNote(note)];
  }
  const { dir, base } = path.parse(recording);
  const names = [sidecarName(base), earlierSidecarName(base, id, 1)];
  return [...names.map((name) => path.join(dir, name)), sidecarPathOfNote(note)];
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Which bytes the service was given is not known: a recording of that name may be another one by now. */
function sidecarText(source: string, transcript: TranscriptBody): string {
  return renderSidecar({ source, transcript, sha256: null });
}

function audioUrlOf({ audio_url: audioUrl }: TranscriptBody): string {
  return typeof audioUrl === 'string' ? audioUrl : '';
}
