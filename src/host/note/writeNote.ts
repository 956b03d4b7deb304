import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import { optionsOf, type NoteLayout } from '../../core/note/noteLayout';
import { noteAddressOf } from '../../core/note/noteAddress';
import { linkFromNote, translationNotePath } from '../../core/note/notePath';
import { renderNote, renderTranslationNotes, type NoteOptions } from '../../core/note/renderNote';
import type { Transcript } from '../../core/transcript/model';
import { writeNew } from '../../node/files';
import { candidatesFor, findNoteOf } from './notePlace';
import type { Recording } from '../../core/ports';
import { codeOf } from '../../node/errorCode';

/** What is to become a note, and where. */
interface NoteRequest {
  readonly recording: Recording;
  readonly transcript: Transcript;
  /** The place that the settings name; when it is taken, the next free one is used. */
  readonly notePath: string;
  readonly createdMs: number;
  readonly layout: NoteLayout;
}

/**
 * Writes the note, never over anything that exists; before it, where the settings want that, a note for each translation.
 * @returns the path that it got
 * @throws Failure `noteUnwritable`
 */
export async function writeNote(request: NoteRequest): Promise<string> {
  const { recording, transcript, notePath, createdMs, layout } = request;
  const options: NoteOptions = {
    title: path.parse(recording.name).name,
    recording:
      recording.url === undefined
        ? linkFromNote(notePath, recording.path, path.sep)
        : noteAddressOf(recording.url),
    createdAt: new Date(createdMs),
    ...optionsOf(layout),
  };
  // The note itself comes last: where it is, a crash has left nothing to be done.
  await writeTranslationNotes(notePath, transcript, options);
  return writeAt(notePath, renderNote(transcript, options), transcript.id);
}

/**
 * Writes the translations that get notes of their own, each once and never over anything that exists.
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
    await ((await findNoteOf(place, transcript.id)) ?? writeAt(place, text, transcript.id));
  }
}

async function writeAt(notePath: string, text: string, transcriptId: string): Promise<string> {
  try {
    for (const candidate of candidatesFor(notePath)) {
      if (await writeNew(candidate, text, undefined, transcriptId)) {
        return candidate;
      }
    }
    throw new Error('Every name that the note could have is taken');
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const facts = { subject: notePath, code: codeOf(thrown), cause: thrown };
    throw new Failure('noteUnwritable', message, { ...facts, transcriptId });
  }
}
