import type { TranscriptBody } from '../transcript/model';
import { isDeleted, parseTranscriptBody } from '../transcript/parseTranscript';

/**
 * What lies beside a recording as `<recording>.aai.json`: the whole transcript as the API sent it, and which
 * bytes it was made from. The shape is that of AssemblyAI's command line tool, so that each skips what the
 * other has done.
 */
export interface Sidecar {
  /** File name of the recording. */
  readonly source: string;
  readonly transcript: TranscriptBody;
  /** SHA-256 of the recording, lower-case hex; null where nobody has read its bytes. */
  readonly sha256: string | null;
}

/** File name of the sidecar of a recording. */
export function sidecarName(recordingName: string): string {
  return `${recordingName}.aai.json`;
}

/**
 * File name under which a sidecar is kept when its recording is transcribed anew: found by the id in its note.
 * An id comes from a file and may be anything; one that does not look like an id is left out.
 *
 * @param number from 1; tells apart what would have the same name
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

/** Reads a sidecar that Steno or another tool wrote; undefined when it is anything but a finished transcript. */
export function parseSidecar(json: string): Sidecar | undefined {
  try {
    const { source, transcript, source_sha256: sha256 = null } = asRecord(JSON.parse(json));
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

/** The sidecar with another state of its transcript, and whatever else stands in it; undefined where it is none. */
export function updateSidecar(
  json: string,
  update: (transcript: TranscriptBody) => TranscriptBody,
): string | undefined {
  const sidecar = parseSidecar(json);
  return (
    sidecar &&
    `${JSON.stringify({ ...asRecord(JSON.parse(json)), transcript: update(sidecar.transcript) })}\n`
  );
}

function isHash(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
