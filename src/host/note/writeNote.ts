import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import { layoutOptions, type NoteLayout } from '../../core/note/noteLayout';
import { addressInNote } from '../../core/note/addressInNote';
import { linkFromNote, translationNotePath } from '../../core/note/notePath';
import { renderNote, renderTranslationNotes, type NoteOptions } from '../../core/note/renderNote';
import type { Transcript } from '../../core/transcript/model';
import { ownToken, writeNew } from '../../node/files';
import { findNoteOfTranscript } from './noteFile';
import { writeAtFreePath } from './numberedPaths';
import type { Recording } from '../../core/ports';
import { codeOf } from '../../node/errorCode';

/** A transcript and where its note goes. */
interface NoteRequest {
  readonly recording: Recording;
  readonly transcript: Transcript;
  /** The path that the settings name. When it is taken, the note gets the next free number. */
  readonly notePath: string;
  readonly createdMs: number;
  readonly layout: NoteLayout;
}

/**
 * Writes a note and, if the layout wants it, a note for each translation. Nothing that exists is overwritten.
 *
 * @returns the path of the note
 * @throws Failure `noteUnwritable`
 */
export async function writeNote(request: NoteRequest): Promise<string> {
  const { recording, transcript, notePath, createdMs, layout } = request;
  const options: NoteOptions = {
    title: path.parse(recording.name).name,
    recording:
      recording.url === undefined
        ? linkFromNote(notePath, recording.path, path.sep)
        : addressInNote(recording.url),
    createdAt: new Date(createdMs),
    ...layoutOptions(layout),
  };
  // The note itself comes last: once it is there, nothing else is missing.
  await writeTranslationNotes(notePath, transcript, options);
  return writeAt(notePath, renderNote(transcript, options), transcript.id);
}

/**
 * Writes the notes of translations, if the options leave translations out of the note itself. A translation that has its
 * note already is left alone, and nothing that exists is overwritten.
 *
 * @param notePath of the note itself
 * @throws Failure `noteUnwritable`
 */
export async function writeTranslationNotes(
  notePath: string,
  transcript: Transcript,
  options: NoteOptions,
): Promise<void> {
  const notes = options.hasTranslations === false ? renderTranslationNotes(transcript, options) : [];
  for (const { language, text } of notes) {
    const place = translationNotePath(notePath, language);
    await ((await findNoteOfTranscript(place, transcript.id)) ?? writeAt(place, text, transcript.id));
  }
}

async function writeAt(notePath: string, text: string, transcriptId: string): Promise<string> {
  try {
    return await writeAtFreePath(notePath, (candidate) =>
      writeNew(candidate, text, undefined, ownToken(transcriptId)),
    );
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const facts = { subject: notePath, code: codeOf(thrown), cause: thrown };
    throw new Failure('noteUnwritable', message, { ...facts, transcriptId });
  }
}
