import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import type { Recording } from '../../core/jobs/ports';
import { linkFromNote } from '../../core/note/notePath';
import { renderNote } from '../../core/note/renderNote';
import type { TranscriptBody } from '../../core/transcript/model';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import { codeOf, writeNew } from './files';
import { candidatesFor } from './notePlace';

/** What is to become a note, and where. */
interface NoteRequest {
  readonly recording: Recording;
  readonly body: TranscriptBody;
  /** The place that the settings name; when it is taken, the next free one is used. */
  readonly notePath: string;
  readonly createdMs: number;
}

/**
 * Writes the note, never over anything that exists.
 * @returns the path that it got
 * @throws Failure `noteUnwritable`
 */
export async function writeNote({ recording, body, notePath, createdMs }: NoteRequest): Promise<string> {
  const text = renderNote(parseTranscript(body), {
    title: path.parse(recording.name).name,
    recording: linkFromNote(notePath, recording.path, path.sep),
    createdAt: new Date(createdMs),
  });
  try {
    for (const candidate of candidatesFor(notePath)) {
      if (await writeNew(candidate, text, undefined, body.id)) {
        return candidate;
      }
    }
    throw new Error('Every name that the note could have is taken');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const facts = { subject: notePath, code: codeOf(error), cause: error };
    throw new Failure('noteUnwritable', message, { ...facts, transcriptId: body.id });
  }
}
