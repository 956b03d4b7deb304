import { Failure } from '../failures/failure';
import { isJsonObject, type JsonObject, readAmount, readObjects, readText, readTime } from '../json';
import type { Utterance, Transcript, TranscriptBody, TranscriptStatus, Word } from './model';
import { readFormatting, type Formatting } from './results/readFormatting';
import { readResults, readUnderstanding } from './results/readResults';
import type { ReadUtterance } from './results/readTranslations';
import { readWarnings } from './results/readWarnings';

/** Stands in for a label that the service left out while it told other speakers apart. */
export const unknownSpeaker = 'Unknown';

/** No label or name is longer; keys in YAML may not be, and nobody is called that. */
const longestLabel = 150;

/** Whether this can be the id of a transcript. Ids go into paths and names of files, where `../` would lead elsewhere. */
export function isTranscriptId(id: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(id);
}

/**
 * Checks that an answer of the API is a transcript: an object with an id and a status. A status that we do not
 * know reads as `processing`, since a job that is not known to be over can be asked for again.
 *
 * @throws Failure `unexpectedAnswer`
 */
export function parseTranscriptBody(json: unknown): TranscriptBody {
  if (!isJsonObject(json)) {
    throw new Failure('unexpectedAnswer', 'The answer is not a JSON object');
  }
  const { id, status } = json;
  if (typeof id !== 'string' || !isTranscriptId(id) || typeof status !== 'string' || status === '') {
    throw new Failure(
      'unexpectedAnswer',
      'The answer is a JSON object without the id and status of a transcript',
    );
  }
  return { ...json, id, status: isStatus(status) ? status : 'processing' };
}

function isStatus(status: string): status is TranscriptStatus {
  return ['queued', 'processing', 'completed', 'error'].includes(status);
}

/** Whether this is what the service puts in the place of the address of a deleted transcript. */
export function isDeletedUrl(url: string): boolean {
  return /^(?:https?:\/\/)?deleted_by_user\/?$/.test(url);
}

/** Whether the transcript was deleted at the service, so that nothing is left of it but its id. */
export function isDeleted(body: TranscriptBody): boolean {
  const { audio_url: audioUrl, text, words } = body as JsonObject;
  return (
    body['is_deleted'] === true ||
    (typeof audioUrl === 'string' && isDeletedUrl(audioUrl)) ||
    (text === 'Deleted by user.' && readObjects(words).length === 0)
  );
}

/**
 * Reads whatever the service sent. What is missing or of the wrong kind counts as absent; it never throws.
 * Order is the service's own. A time that is missing or impossible is the one at which the text before it ended.
 */
export function parseTranscript(body: TranscriptBody): Transcript {
  const labelOf =
    body['multichannel'] === true && body['speaker_labels'] !== true ? channelLabel : speakerLabel;
  const words = readWords(body['words'], labelOf, 0);
  const formatting = readFormatting(body, readUnderstanding(body).response);
  const said = readUtterances(body['utterances'], labelOf, formatting);
  const utterances = said.map(({ utterance }) => utterance);
  return {
    id: body.id,
    status: body.status,
    text: formatting.text || joined(utterances) || joined(words),
    words,
    utterances,
    language: readText(body['language_code']) || null,
    durationSeconds: readAmount(body['audio_duration']),
    model: readText(body['speech_model_used']) || readText(body['speech_model']) || null,
    warnings: readWarnings(body),
    results: readResults(body, said),
    error: readText(body['error']) || null,
  };
}

/** An utterance with its words, as read, and as it came. */
interface SaidUtterance extends ReadUtterance {
  readonly utterance: Utterance;
}

type LabelOf = (spoken: JsonObject) => string | null;

/** With diarization the label says all, including the channel, as in `1A`. */
function speakerLabel(spoken: JsonObject): string | null {
  return readLabel(spoken['speaker']) ?? readLabel(spoken['channel']);
}

/** Without it, it is the channel that tells speakers apart. */
function channelLabel(spoken: JsonObject): string | null {
  return readLabel(spoken['channel']) ?? readLabel(spoken['speaker']);
}

function readLabel(value: unknown): string | null {
  const label = typeof value === 'number' && Number.isFinite(value) ? String(value) : readText(value);
  return label.length <= longestLabel ? label || null : readText(label.slice(0, longestLabel));
}

function readUtterances(value: unknown, labelOf: LabelOf, formatting: Formatting): SaidUtterance[] {
  const said: SaidUtterance[] = [];
  let lastEndMs = 0;
  for (const [index, json] of readObjects(value).entries()) {
    const words = readWords(json['words'], labelOf, readTime(json['start']) ?? lastEndMs);
    const text = formatting.ofUtterance(readText(json['text']) || joined(words), index);
    if (text !== '') {
      const times = readTimes(json, words[0]?.startMs ?? lastEndMs, words.at(-1)?.endMs);
      const utterance = { speaker: labelOf(json) ?? unknownSpeaker, text, ...times, words };
      said.push({ utterance, json });
      lastEndMs = times.endMs;
    }
  }
  return said;
}

function readWords(value: unknown, labelOf: LabelOf, fromMs: number): Word[] {
  const words: Word[] = [];
  let lastEndMs = fromMs;
  for (const item of readObjects(value)) {
    const text = readText(item['text']);
    if (text !== '') {
      const { startMs, endMs } = readTimes(item, lastEndMs);
      words.push({
        text,
        startMs,
        endMs,
        confidence: readAmount(item['confidence']),
        speaker: labelOf(item),
      });
      lastEndMs = endMs;
    }
  }
  return words;
}

/** Start and end as far as they can be read, never the wrong way round. */
function readTimes(item: JsonObject, otherwiseStartMs: number, otherwiseEndMs?: number) {
  const startMs = readTime(item['start']) ?? otherwiseStartMs;
  return { startMs, endMs: Math.max(startMs, readTime(item['end']) ?? otherwiseEndMs ?? startMs) };
}

function joined(spoken: readonly { readonly text: string }[]): string {
  return spoken.map(({ text }) => text).join(' ');
}
