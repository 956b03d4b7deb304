import { parseJson } from '../parseJson';
import type { TranscriptBody } from '../transcript/model';
import { isDeleted, parseTranscriptBody } from '../transcript/parseTranscript';

/**
 * The file `<recording>.aai.json` beside a recording: the transcript body as the API sent it, and the hash of the
 * recording that it was made from. AssemblyAI's command line tool writes and reads the same format, so each tool skips
 * recordings that the other has transcribed.
 */
export interface Sidecar {
  /** File name of the recording. */
  readonly source: string;
  readonly transcript: TranscriptBody;
  /** SHA-256 of the recording in lower-case hex; null where it is not known. */
  readonly sha256: string | null;
}

/** File name of a recording's sidecar. @param recordingName with extension */
export function sidecarName(recordingName: string): string {
  return `${recordingName}.aai.json`;
}

/**
 * File name under which the earlier sidecar is kept when a recording is transcribed again: `talk.mp3.1a2b.aai.json`.
 * The id leads from the earlier note to it.
 *
 * @param transcriptId as read from a file, so it may be anything; one that cannot be an id is left out of the name
 * @param number 1, or more where the name is taken
 */
export function earlierSidecarName(
  recordingName: string,
  transcriptId: string | undefined,
  number: number,
): string {
  const id = transcriptId !== undefined && /^[\w-]{1,64}$/.test(transcriptId) ? transcriptId : 'earlier';
  return `${recordingName}.${id}${number === 1 ? '' : `-${number}`}.aai.json`;
}

/** The sidecar as JSON text. */
export function renderSidecar(sidecar: Sidecar): string {
  const { source, transcript, sha256 } = sidecar;
  const { id, status } = transcript;
  return `${JSON.stringify({ source, id, status, transcript, source_sha256: sha256 })}\n`;
}

/** Tools write the hash before or after the transcript, which may have megabytes. */
const hashWithin = 4096;

/**
 * The hash of the recording in a sidecar's text, which costs less than parsing it: lower-case hex, or undefined where it
 * does not stand once near the beginning or the end.
 */
export function hashInSidecar(json: string): string | undefined {
  const ends = json.length <= 2 * hashWithin ? json : json.slice(0, hashWithin) + json.slice(-hashWithin);
  const found = [...ends.matchAll(/"source_sha256"\s{0,9}:\s{0,9}"([0-9a-f]{64})"/gi)];
  return found.length === 1 ? found[0]?.[1]?.toLowerCase() : undefined;
}

/** Reads a sidecar of Steno's or another tool's; undefined for anything but a finished transcript with its text. */
export function parseSidecar(json: string): Sidecar | undefined {
  try {
    const { source, transcript, source_sha256: sha256 = null } = asRecord(parseJson(json));
    const body = parseTranscriptBody(transcript);
    if (!isHash(sha256) || body.status !== 'completed' || isDeleted(body)) {
      return undefined;
    }
    return {
      source: typeof source === 'string' ? source : '',
      transcript: body,
      sha256: sha256?.toLowerCase() ?? null,
    };
  } catch {
    return undefined;
  }
}

/**
 * A sidecar's text with an updated transcript body; all other fields stay. Undefined where `parseSidecar` cannot read
 * it.
 */
export function updateSidecar(
  json: string,
  update: (transcript: TranscriptBody) => TranscriptBody,
): string | undefined {
  const sidecar = parseSidecar(json);
  return (
    sidecar && `${JSON.stringify({ ...asRecord(parseJson(json)), transcript: update(sidecar.transcript) })}\n`
  );
}

function isHash(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
