import { isFailureKind } from '../failures/describeFailure';
import { isJsonObject, readAmount, type JsonObject } from '../json';
import { parseJson } from '../parseJson';
import { isTranscriptId } from '../transcript/parseTranscript';
import { defaultInstructions, type Instructions } from '../request/request';
import type { Halt, Job, KeptFailure, Stage, StoredUpload } from './job';
import type { Recording } from '../ports';

/** A job in the journal. */
export interface JournalEntry {
  readonly job: Job;
  /** The id of the window that has the job. */
  readonly owner: string;
}

/** To be raised when earlier versions of Steno would misread what is written. */
const version = 2;

/** The first version of the format had neither instructions nor recordings on the web: every job asked for the default. */
const firstVersion = 1;

const detachedOnDisk = 'left';

/**
 * A job as the text of a file. It needs no checksum: the text is one JSON object, so a text that is cut off, or has the
 * NULs that a power cut leaves behind, is no JSON.
 */
export function renderJob(job: Job, owner: string): string {
  // On disk, `force` and `detached` have the names that the first version gave them.
  const { force: again, halt, ...others } = job;
  const written = halt?.reason === 'detached' ? { reason: detachedOnDisk } : halt;
  return `${JSON.stringify({ version, owner, job: { ...others, again, halt: written } })}\n`;
}

/** Reads what `renderJob` wrote; undefined for anything else: torn, changed, or of another version. */
export function parseJob(text: string): JournalEntry | undefined {
  try {
    const entry = object(parseJson(text));
    const found = entry['version'];
    return found === version || found === firstVersion
      ? { job: jobOf(object(entry['job']), found), owner: nonEmpty(entry['owner']) }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a later version of Steno, which may be running in another window, wrote that text. */
export function isOfLaterVersion(text: string): boolean {
  try {
    const found = object(parseJson(text))['version'];
    return typeof found === 'number' && found > version;
  } catch {
    return false;
  }
}

/** Whether a text can be the id of a job. Ids become names of files. */
export function isJobId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

// The readers below refuse the whole text when they do not understand a part: half a job might be paid for twice.

function refuse(): never {
  throw new Error('This is no job');
}

function object(value: unknown): JsonObject {
  return isJsonObject(value) ? value : refuse();
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : refuse();
}

function nonEmpty(value: unknown): string {
  return text(value) || refuse();
}

function textLike(value: unknown, isRight: (text: string) => boolean): string {
  const found = text(value);
  return isRight(found) ? found : refuse();
}

function amount(value: unknown): number {
  return readAmount(value) ?? refuse();
}

function flag(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse();
}

function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}

const isWebAddress = (found: string): boolean => /^https?:\/\//.test(found);
const isSha256 = (found: string): boolean => /^[0-9a-f]{64}$/.test(found);

function jobOf(value: JsonObject, writtenBy: number): Job {
  return {
    id: textLike(value['id'], isJobId),
    service: nonEmpty(value['service']),
    recording: recordingOf(object(value['recording'])),
    durationSeconds: orNull(value['durationSeconds'], amount),
    notePath: nonEmpty(value['notePath']),
    instructions:
      writtenBy === firstVersion ? defaultInstructions : instructionsOf(object(value['instructions'])),
    force: flag(value['again']),
    batch: orNull(value['batch'], text),
    chosenMs: amount(value['chosenMs']),
    changedMs: amount(value['changedMs']),
    stage: stageOf(object(value['stage'])),
    halt: orNull(value['halt'], haltOf),
  };
}

function instructionsOf(value: JsonObject): Instructions {
  return { options: object(value['options']), deleteAfterwards: flag(value['deleteAfterwards']) };
}

function recordingOf({ path, name, sizeBytes, modifiedMs, url }: JsonObject): Recording {
  return {
    ...(url === undefined ? {} : { url: textLike(url, isWebAddress) }),
    path: nonEmpty(path),
    name: nonEmpty(name),
    sizeBytes: amount(sizeBytes),
    // A file may claim to be from before 1970.
    modifiedMs: typeof modifiedMs === 'number' && Number.isFinite(modifiedMs) ? modifiedMs : refuse(),
  };
}

function stageOf(value: JsonObject): Stage {
  const { phase } = value;
  switch (phase) {
    case 'waiting':
    case 'uploading':
      return { phase };
    case 'uploaded':
      return { phase, upload: uploadOf(value) };
    case 'submitting':
      return { phase, upload: uploadOf(value), sinceMs: amount(value['sinceMs']) };
    case 'submitted': {
      const sinceMs = amount(value['sinceMs']);
      return { phase, upload: uploadOf(value), sinceMs, transcriptId: transcriptIdOf(value) };
    }
    case 'transcribed':
      return { phase, ...savedOf(value) };
    case 'saved':
      return { phase, ...savedOf(value), hasSidecar: flag(value['hasSidecar']) };
    case 'done':
      return {
        phase,
        transcriptId: transcriptIdOf(value),
        hasSidecar: flag(value['hasSidecar']),
        note: nonEmpty(value['note']),
      };
    default:
      return refuse();
  }
}

function savedOf(stage: JsonObject): { readonly transcriptId: string; readonly sha256: string | null } {
  return { transcriptId: transcriptIdOf(stage), sha256: sha256Of(stage['sha256']) };
}

function uploadOf(stage: JsonObject): StoredUpload {
  const { url, sha256, uploadedMs } = object(stage['upload']);
  return { url: nonEmpty(url), sha256: sha256Of(sha256), uploadedMs: amount(uploadedMs) };
}

function sha256Of(value: unknown): string | null {
  return orNull(value, (found) => textLike(found, isSha256));
}

function transcriptIdOf({ transcriptId }: JsonObject): string {
  return textLike(transcriptId, isTranscriptId);
}

function haltOf(value: unknown): Halt {
  const { reason, failure } = object(value);
  switch (reason) {
    case detachedOnDisk:
      return { reason: 'detached' };
    case 'failed':
      return { reason, failure: keptFailureOf(object(failure)) };
    default:
      return refuse();
  }
}

/** A failure is only reported, so a part that cannot be read must not cost the job. */
function keptFailureOf(value: JsonObject): KeptFailure {
  const textOf = (name: string): string | undefined => {
    const found = value[name];
    return typeof found === 'string' ? found : undefined;
  };
  const kind = textOf('kind') ?? '';
  return {
    kind: isFailureKind(kind) ? kind : 'unexpected',
    message: textOf('message') ?? '',
    status: readAmount(value['status']) ?? undefined,
    retryAfterMs: readAmount(value['retryAfterMs']) ?? undefined,
    transcriptId: textOf('transcriptId'),
    code: textOf('code'),
    subject: textOf('subject'),
    host: textOf('host'),
    keptAt: textOf('keptAt'),
  };
}
