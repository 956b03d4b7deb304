import { isJsonObject, readObject, type JsonObject } from '../json';
import { isTranscriptId } from '../transcript/parseTranscript';

/** What is still to be done at a service about a transcript whose note is written. */
export interface FollowUp {
  readonly transcriptId: string;
  /** Origin of the service. */
  readonly service: string;
  /** Name of the recording, for people. */
  readonly name: string;
  /** Where the redacted recording is to be saved, absolute; null where none was asked for. */
  readonly redactedAudio: string | null;
  /** Whether transcript and upload are to be deleted there, after that. */
  readonly deletes: boolean;
}

/** Raised when earlier versions of Steno would misread what is written. */
const version = 1;

/** What is to be done, as the text of a file. */
export function renderFollowUp(followUp: FollowUp): string {
  return `${JSON.stringify({ version, followUp })}\n`;
}

/**
 * Reads what `renderFollowUp` wrote; undefined for anything else. Nothing of it is guessed, since it says what is
 * deleted and which file is written.
 */
export function parseFollowUp(text: string): FollowUp | undefined {
  try {
    const entry = readObject(JSON.parse(text));
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

/** Whether there is nothing to be done. */
export function isDone({ redactedAudio, deletes }: FollowUp): boolean {
  return redactedAudio === null && !deletes;
}

/** All that is to be done about one transcript, of which something may have been on the list already. */
export function merged(earlier: FollowUp | undefined, later: FollowUp): FollowUp {
  const redactedAudio = later.redactedAudio ?? earlier?.redactedAudio ?? null;
  return { ...later, redactedAudio, deletes: later.deletes || earlier?.deletes === true };
}
