import { Failure } from '../core/failures/failure';
import { isWebPage } from '../core/failures/errorText';
import { isJsonObject, readAmount, readObjects, readText, type JsonObject } from '../core/json';
import { isTranscriptId } from '../core/transcript/parseTranscript';
import type { HttpClient } from './httpClient';
import type { Retry } from './retry';

/** The way to the service: single exchanges, and when to repeat them. */
export interface ApiAccess {
  readonly http: HttpClient;
  readonly retry: Retry;
}

/** Where a word or phrase is in a transcript. */
export interface WordMatch {
  readonly text: string;
  readonly count: number;
  /** Start and end, ms. */
  readonly times: readonly (readonly [startMs: number, endMs: number])[];
}

const mostWordsOfTerm = 5;

/**
 * The path of a transcript: an id that is none would lead elsewhere.
 * @throws Failure `invalidRequest`
 */
export function transcriptPath(transcriptId: string, host: string): string {
  if (!isTranscriptId(transcriptId)) {
    throw new Failure('invalidRequest', 'This is no transcript id', { host });
  }
  return `/v2/transcript/${transcriptId}`;
}

/** @throws Failure `invalidRequest` for what the service could not be asked for */
export async function findWords(
  { http: channel, retry }: ApiAccess,
  transcriptId: string,
  words: readonly string[],
  signal: AbortSignal,
): Promise<readonly WordMatch[]> {
  const { host } = channel;
  const terms = words.map((word) => word.trim()).filter((word) => word !== '');
  const reason = reasonAgainst(terms);
  if (reason !== undefined) {
    throw new Failure('invalidRequest', reason, { host, transcriptId });
  }
  // The comma between terms stays one, everything in them is encoded.
  const query = terms.map(encodeURIComponent).join(',');
  const path = `${transcriptPath(transcriptId, host)}/word-search?words=${query}`;
  return retry.run('get', signal, async () => {
    const { json } = await channel.fetchJson({ method: 'GET', path, signal, transcriptId });
    if (!isJsonObject(json) || !Array.isArray(json['matches'])) {
      throw new Failure('unexpectedAnswer', 'The answer is no list of matches', { host, transcriptId });
    }
    return readObjects(json['matches']).map(readMatch);
  });
}

function reasonAgainst(terms: readonly string[]): string | undefined {
  if (terms.length === 0) {
    return 'There is nothing to search for';
  }
  if (terms.some((term) => term.includes(','))) {
    return 'What is searched for can have no comma';
  }
  return terms.some((term) => term.split(/\s+/).length > mostWordsOfTerm)
    ? `A phrase to search for can have up to ${mostWordsOfTerm} words`
    : undefined;
}

function readMatch(match: JsonObject): WordMatch {
  const { timestamps } = match;
  const times = (Array.isArray(timestamps) ? timestamps : []).flatMap((pair: unknown) => {
    const [startMs, endMs] = Array.isArray(pair) ? pair.map(readAmount) : [];
    return typeof startMs === 'number' && typeof endMs === 'number' ? [[startMs, endMs] as const] : [];
  });
  return { text: readText(match['text']), count: readAmount(match['count']) ?? times.length, times };
}

/** @throws Failure `transcriptNotReady` before the transcript is finished */
export async function fetchSubtitles(
  { http: channel, retry }: ApiAccess,
  transcriptId: string,
  format: 'srt' | 'vtt',
  charsPerCaption: number | undefined,
  signal: AbortSignal,
): Promise<string> {
  const { host } = channel;
  if (charsPerCaption !== undefined && !(Number.isInteger(charsPerCaption) && charsPerCaption >= 1)) {
    const message = 'A caption has a whole number of characters, at least one';
    throw new Failure('invalidRequest', message, { host, transcriptId });
  }
  const query = charsPerCaption === undefined ? '' : `?chars_per_caption=${charsPerCaption}`;
  const path = `${transcriptPath(transcriptId, host)}/${format}${query}`;
  return retry.run('get', signal, async () => {
    const text = await channel.fetchText({ method: 'GET', path, signal, transcriptId });
    // The type of the answer tells nothing: the API's description lists text/html for captions as well.
    if (isWebPage('', text) || (format === 'vtt' && !/^\ufeff?WEBVTT/.test(text))) {
      throw new Failure('unexpectedAnswer', 'The answer has no captions', { host, transcriptId });
    }
    return text;
  });
}
