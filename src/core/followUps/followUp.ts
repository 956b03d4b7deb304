import { isJsonObject, readObject, type JsonObject } from '../json';
import { parseJson } from '../parseJson';
import { isTranscriptId } from '../transcript/parseTranscript';

/** What is still to do at a service about a transcript whose note is written. */
export interface FollowUp {
  readonly transcriptId: string;
  /** Origin of the service. */
  readonly service: string;
  /** The name of the recording, for people. */
  readonly name: string;
  /** Where to save the redacted recording, absolute; null where none was asked for. */
  readonly redactedAudio: string | null;
  /** Whether to delete the transcript and the upload there, after that. */
  readonly deletes: boolean;
}

/** Raised when earlier versions of Steno would misread what is written. */
const version = 1;

/** A follow-up as the text of a file. */
export function renderFollowUp(followUp: FollowUp): string {
  return `${JSON.stringify({ version, followUp })}\n`;
}

/**
 * Reads what `renderFollowUp` wrote; undefined for anything else. Nothing is guessed, since a follow-up says what is
 * deleted and which file is written.
 */
export function parseFollowUp(text: string): FollowUp | undefined {
  try {
    const entry = readObject(parseJson(text));
    return entry['version'] === version && isJsonObject(entry['followUp'])
      ? followUpOf(entry['followUp'])
      : undefined;
  } catch {
    return undefined;
  }
}

function followUpOf({ transcriptId, service, name, redactedAudio, deletes }: JsonObject): FollowUp {
  return {
    transcriptId: text(transcriptId, isTranscriptId),
    service: text(service, isOrigin),
    name: text(name, () => true),
    redactedAudio: redactedAudio === null ? null : text(redactedAudio, isNonEmpty),
    deletes: typeof deletes === 'boolean' ? deletes : refuse(),
  };
}

function text(value: unknown, isRight: (text: string) => boolean): string {
  return typeof value === 'string' && isRight(value) ? value : refuse();
}

const isOrigin = (found: string): boolean => /^https?:\/\/[^/\s]+$/.test(found);
const isNonEmpty = (found: string): boolean => found !== '';

function refuse(): never {
  throw new Error('This is no follow-up');
}

/** Whether there is nothing left to do. */
export function isDone({ redactedAudio, deletes }: FollowUp): boolean {
  return redactedAudio === null && !deletes;
}

/** All that is to do about one transcript, together with an earlier follow-up that is still pending. */
export function merged(earlier: FollowUp | undefined, later: FollowUp): FollowUp {
  const redactedAudio = later.redactedAudio ?? earlier?.redactedAudio ?? null;
  return { ...later, redactedAudio, deletes: later.deletes || earlier?.deletes === true };
}
