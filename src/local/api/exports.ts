import type { JsonObject } from '../../core/json';
import type { WordBody } from './bodies';
import { srt, vtt } from './captions';
import { errorReply, jsonReply, textReply, type Reply } from './replies';
import type { ExportRoute } from './routes';
import { paragraphsOf, passageBody, sentencesOf } from './sentences';
import { searchWords } from './wordSearch';

/** The longest phrase that can be searched for. */
const mostWordsOfTerm = 5;

/** What the API calls the thing that is asked for too early. */
const names: Readonly<Record<ExportRoute, string>> = {
  sentences: 'sentences',
  paragraphs: 'paragraphs',
  srt: 'captions',
  vtt: 'captions',
  'word-search': 'word search',
};

function captionsReply(
  format: (words: readonly WordBody[], charsPerCaption?: number) => string,
  words: readonly WordBody[],
  query: URLSearchParams,
): Reply {
  const asked = query.get('chars_per_caption');
  if (asked === null) {
    return textReply(format(words));
  }
  return /^[1-9]\d{0,5}$/.test(asked)
    ? textReply(format(words, Number(asked)))
    : errorReply(400, 'chars_per_caption must be a positive integer');
}

function wordSearchReply(id: unknown, words: readonly WordBody[], query: URLSearchParams): Reply {
  const terms = (query.get('words') ?? '').split(',').filter((term) => term.trim() !== '');
  if (terms.length === 0) {
    return errorReply(400, 'words is required');
  }
  if (terms.some((term) => term.trim().split(/\s+/).length > mostWordsOfTerm)) {
    return errorReply(400, `A phrase to search for can have up to ${mostWordsOfTerm} words`);
  }
  const matches = searchWords(words, terms);
  const total = matches.reduce((sum, match) => sum + match.count, 0);
  return jsonReply(200, { id, total_count: total, matches });
}

/** Sentences, paragraphs, captions or places of words of a transcript, once it is completed. */
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
      const voice = ({ speaker = null, channel }: Partial<WordBody>): object =>
        channel === undefined ? { speaker } : { speaker, channel };
      const sentences = sentencesOf(words).map((each) => ({ ...passageBody(each), ...voice(each[0] ?? {}) }));
      return jsonReply(200, { ...head, sentences });
    }
    case 'paragraphs':
      return jsonReply(200, { ...head, paragraphs: paragraphsOf(words).map(passageBody) });
    case 'srt':
      return captionsReply(srt, words, query);
    case 'vtt':
      return captionsReply(vtt, words, query);
    case 'word-search':
      return wordSearchReply(id, words, query);
  }
}
