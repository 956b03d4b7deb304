import type { JsonObject } from '../../core/json';
import type { WordBody } from './bodies';
import { renderSrt, renderVtt } from './subtitles';
import { errorReply, jsonReply, textReply, type Reply } from './replies';
import type { ExportRoute } from './routes';
import { paragraphsOf, passageBody, sentencesOf } from './sentences';
import { searchWords } from './wordSearch';

/** The longest phrase that the API searches for. */
const maxWordsPerTerm = 5;

/** How the API's error texts name the exports. */
const names: Readonly<Record<ExportRoute, string>> = {
  sentences: 'sentences',
  paragraphs: 'paragraphs',
  srt: 'captions',
  vtt: 'captions',
  'word-search': 'word search',
};

function subtitlesReply(
  render: (words: readonly WordBody[], charsPerCue?: number) => string,
  words: readonly WordBody[],
  query: URLSearchParams,
): Reply {
  const chars = query.get('chars_per_caption');
  if (chars === null) {
    return textReply(render(words));
  }
  return /^[1-9]\d{0,5}$/.test(chars)
    ? textReply(render(words, Number(chars)))
    : errorReply(400, 'chars_per_caption must be a positive integer');
}

function wordSearchReply(id: unknown, words: readonly WordBody[], query: URLSearchParams): Reply {
  const terms = (query.get('words') ?? '').split(',').filter((term) => term.trim() !== '');
  if (terms.length === 0) {
    return errorReply(400, 'words is required');
  }
  if (terms.some((term) => term.trim().split(/\s+/).length > maxWordsPerTerm)) {
    return errorReply(400, `A phrase to search for can have up to ${maxWordsPerTerm} words`);
  }
  const matches = searchWords(words, terms);
  const total = matches.reduce((sum, match) => sum + match.count, 0);
  return jsonReply(200, { id, total_count: total, matches });
}

/**
 * The reply to a request for an export of a transcript: its sentences, paragraphs or subtitles, or where words are said.
 * An error if the transcript is not completed.
 *
 * @param body the transcript body
 * @param query of the request
 */
export function exportReply(route: ExportRoute, body: JsonObject, query: URLSearchParams): Reply {
  const { id, status } = body;
  if (status !== 'completed') {
    return errorReply(
      400,
      `This transcript has a status of '${String(status)}'. Transcripts must have a status of 'completed' before requesting ${names[route]}.`,
    );
  }
  const words = (body['words'] ?? []) as readonly WordBody[];
  const head = { id, confidence: body['confidence'] ?? 0, audio_duration: body['audio_duration'] ?? 0 };
  switch (route) {
    case 'sentences': {
      const labels = ({ speaker = null, channel }: Partial<WordBody>): object =>
        channel === undefined ? { speaker } : { speaker, channel };
      const sentences = sentencesOf(words).map((each) => ({
        ...passageBody(each),
        ...labels(each[0] ?? {}),
      }));
      return jsonReply(200, { ...head, sentences });
    }
    case 'paragraphs':
      return jsonReply(200, { ...head, paragraphs: paragraphsOf(words).map(passageBody) });
    case 'srt':
      return subtitlesReply(renderSrt, words, query);
    case 'vtt':
      return subtitlesReply(renderVtt, words, query);
    case 'word-search':
      return wordSearchReply(id, words, query);
  }
}
