import { Failure } from '../failures/failure';
import { isJsonObject, readAmount, readObjects, readText, readTime, type JsonObject } from '../json';
import type { Transcript, TranscriptBody, TranscriptStatus, Utterance, Word } from './model';
import { readFormatting, type Formatting } from './results/readFormatting';
import { readResults, readUnderstanding } from './results/readResults';
import type { ReadUtterance } from './results/readTranslations';
import { readWarnings } from './results/readWarnings';
import { endsWithoutSpace } from './spacelessScripts';

/** The label of an utterance to which the service gives none. */
export const unknownSpeaker = 'Unknown';

/**
 * In characters. Labels are keys in YAML, where a key may have 1024 characters and each character may need six
 * (`\u0085`). No real name is this long.
 */
const maxLabelLength = 150;

/**
 * Whether a text can be the id of a transcript. Ids become parts of paths, where `../` would lead to another folder.
 */
export function isTranscriptId(id: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(id);
}

/**
 * Checks that JSON of the API is a transcript: an object with an id and a status. An unknown status becomes `error`
 * where the service gives a reason for an error, otherwise `processing`, so that the job will be polled again.
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
  return { ...json, id, status: isStatus(status) ? status : unknownStatus(json) };
}

/** What a status that is new in the API comes to. */
function unknownStatus({ error }: JsonObject): TranscriptStatus {
  return readText(error) === '' ? 'processing' : 'error';
}

function isStatus(status: string): status is TranscriptStatus {
  return ['queued', 'processing', 'completed', 'error'].includes(status);
}

/** Whether an address is the one that the service gives to a deleted transcript. */
export function isDeletedUrl(url: string): boolean {
  return /^(?:https?:\/\/)?deleted_by_user\/?$/.test(url);
}

/** Whether a transcript was deleted at the service, which then keeps only its id. */
export function isDeleted(body: TranscriptBody): boolean {
  const { audio_url: audioUrl, text, words } = body as JsonObject;
  return (
    body['is_deleted'] === true ||
    (typeof audioUrl === 'string' && isDeletedUrl(audioUrl)) ||
    (text === 'Deleted by user.' && readObjects(words).length === 0)
  );
}

/**
 * Reads a transcript body. Never throws: a value of the wrong type counts as missing. The order of words and utterances
 * is that of the service. A missing or impossible time becomes the end of the word or utterance before it.
 */
export function parseTranscript(body: TranscriptBody): Transcript {
  const labelOf =
    body['multichannel'] === true && body['speaker_labels'] !== true ? channelLabel : speakerLabel;
  const words = readWords(body['words'], labelOf, 0);
  const formatting = readFormatting(body, readUnderstanding(body).response);
  const said = readUtterances(body['utterances'], labelOf, formatting);
  const utterances =
    said.length > 0 ? said.map(({ utterance }) => utterance) : utterancesOf(words, formatting);
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

/** An utterance with its words, with its JSON. */
interface SaidUtterance extends ReadUtterance {
  readonly utterance: Utterance;
}

type LabelOf = (spoken: JsonObject) => string | null;

/** The label of a speaker. With `speaker_labels` it contains the channel, as in `1A`. */
function speakerLabel(spoken: JsonObject): string | null {
  return readLabel(spoken['speaker']) ?? readLabel(spoken['channel']);
}

/** The label of a channel. Without `speaker_labels`, channels tell speakers apart. */
function channelLabel(spoken: JsonObject): string | null {
  return readLabel(spoken['channel']) ?? readLabel(spoken['speaker']);
}

function readLabel(value: unknown): string | null {
  const label = typeof value === 'number' && Number.isFinite(value) ? String(value) : readText(value);
  return label.length <= maxLabelLength ? label || null : readText(label.slice(0, maxLabelLength));
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

/**
 * The utterances of words that have speakers: what one speaker says in a row is one. A word without a speaker belongs to
 * the one before it. [] where no word has a speaker.
 */
function utterancesOf(words: readonly Word[], formatting: Formatting): Utterance[] {
  const runs: { speaker: string; words: Word[] }[] = [];
  const first = words.find(({ speaker }) => speaker !== null)?.speaker ?? null;
  if (first === null) {
    return [];
  }
  for (const word of words) {
    const last = runs.at(-1);
    const speaker = word.speaker ?? last?.speaker ?? first;
    if (last?.speaker === speaker) {
      last.words.push(word);
    } else {
      runs.push({ speaker, words: [word] });
    }
  }
  return runs.map((run, index) => ({
    ...run,
    text: formatting.ofUtterance(joined(run.words), index),
    startMs: run.words[0]?.startMs ?? 0,
    endMs: run.words.at(-1)?.endMs ?? 0,
  }));
}

/** Start and end; the end is never before the start. */
function readTimes(item: JsonObject, otherwiseStartMs: number, otherwiseEndMs?: number) {
  const startMs = readTime(item['start']) ?? otherwiseStartMs;
  return { startMs, endMs: Math.max(startMs, readTime(item['end']) ?? otherwiseEndMs ?? startMs) };
}

function joined(spoken: readonly { readonly text: string }[]): string {
  const withGaps = spoken.map(({ text }) => (endsWithoutSpace(text) ? text : `${text} `));
  return withGaps.join('').trimEnd();
}
