import { Failure } from '../core/failures/failure';
import { isJsonObject, readAmount, readObjects, readText, type JsonObject } from '../core/json';
import { transcriptPath, type ApiAccess } from './apiAccess';

/** A word or phrase that was found in a transcript. */
export interface WordMatch {
  readonly text: string;
  /** How often it was found. */
  readonly count: number;
  /** Where it begins and ends, in ms. */
  readonly times: readonly (readonly [startMs: number, endMs: number])[];
}

const maxTermWords = 5;

/**
 * Finds words and phrases in a transcript, by `GET /v2/transcript/{id}/word-search`.
 *
 * @param words words or phrases of up to five words, without commas; blank ones are skipped
 * @throws Failure `invalidRequest` for words that the API cannot search for
 */
export async function findWords(
  { http, retry }: ApiAccess,
  transcriptId: string,
  words: readonly string[],
  signal: AbortSignal,
): Promise<readonly WordMatch[]> {
  const { host } = http;
  const terms = words.map((word) => word.trim()).filter((word) => word !== '');
  const reason = reasonAgainst(terms);
  if (reason !== undefined) {
    throw new Failure('invalidRequest', reason, { host, transcriptId });
  }
  // The commas between terms must not be encoded.
  const query = terms.map(encodeURIComponent).join(',');
  const path = `${transcriptPath(transcriptId, host)}/word-search?words=${query}`;
  return retry.run('get', signal, async () => {
    const { json } = await http.fetchJson({ method: 'GET', path, signal, transcriptId });
    if (!isJsonObject(json) || !Array.isArray(json['matches'])) {
      throw new Failure('unexpectedAnswer', 'The answer is not a list of matches', { host, transcriptId });
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
  return terms.some((term) => term.split(/\s+/).length > maxTermWords)
    ? `A phrase to search for can have up to ${maxTermWords} words`
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
