import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NoteProperties } from '../../core/note/frontMatter';
import { isTranscriptId } from '../../core/transcript/parseTranscript';

/**
 * The absolute path that a link in a note leads to.
 *
 * @param note absolute path of the note
 * @param link a `file:` URI, or a path relative to the note's folder
 * @throws TypeError for a `file:` URI that names no path
 */
export function pathOfLink(note: string, link: string): string {
  return link.startsWith('file:') ? fileURLToPath(link) : path.resolve(path.dirname(note), link);
}

/** Absolute path of the recording that a note links to; undefined when it links to none, or to one on the web. */
export function recordingPathOf(note: string, { recording }: NoteProperties): string | undefined {
  if (recording === null || /^https?:/i.test(recording)) {
    return undefined;
  }
  try {
    return pathOfLink(note, recording);
  } catch {
    return undefined;
  }
}

/** The id of the transcript that a note names; undefined when it names none, or something that cannot be an id. */
export function transcriptIdOf({ transcript }: NoteProperties): string | undefined {
  return transcript !== null && isTranscriptId(transcript) ? transcript : undefined;
}
