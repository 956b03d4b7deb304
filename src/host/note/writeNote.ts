import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';
import type { Recording } from '../../core/jobs/ports';
import { alternativeNotePath, linkFromNote } from '../../core/note/notePath';
import { renderNote } from '../../core/note/renderNote';
import type { TranscriptBody } from '../../core/transcript/model';
import { parseTranscript } from '../../core/transcript/parseTranscript';
import { codeOf, writeNew } from './files';

/** Where the note of a transcript goes. */
export interface NoteRequest {
  readonly recording: Recording;
  readonly body: TranscriptBody;
  /** The place that the settings name; when it is taken, the next free one is used. */
  readonly notePath: string;
  readonly createdMs: number;
}

/** More notes of one recording than anybody has; ends the search on file systems that lie. */
const mostAlternatives = 1000;

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
    for (let number = 1; number <= mostAlternatives; number++) {
      const candidate = number === 1 ? notePath : alternativeNotePath(notePath, number);
      if (await writeNew(candidate, text)) {
        return candidate;
      }
    }
    throw new Error(`${mostAlternatives} notes of this name exist`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Failure('noteUnwritable', message, {
      subject: notePath,
      code: codeOf(error),
      cause: error,
      transcriptId: body.id,
    });
  }
}
