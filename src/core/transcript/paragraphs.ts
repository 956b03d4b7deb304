import { breakPoints } from './breakPoints';
import type { Utterance } from './model';
import { endsWithoutSpace, wordCount } from './spacelessScripts';

/** A part of a turn, and when it begins. */
export interface Paragraph {
  readonly startMs: number;
  readonly text: string;
}

// Paragraphs get about 80 words: the longer one is, the weaker a break has to be to end it.
const wordsBeforeSentenceEnd = 70;
const wordsBeforeClauseEnd = 100;
const maxWords = 120;
/** A silence that ends any paragraph. */
const longPauseMs = 2500;

const sentenceEnd =
  /[.!?…\u3002\uff01\uff1f\u061f\u06d4\u0964\u17d4]["'\u2019\u201d»)\]\u300d\u300f\uff09]*$/;
const clauseEnd =
  /[,;:\u2013\u2014\u3001\uff0c\uff1b\uff1a\u060c\u061b]["'\u2019\u201d»)\]\u300d\u300f\uff09]*$/;

type Spoken = Pick<Utterance, 'text' | 'words' | 'startMs' | 'endMs'>;

/** A part of a text between two break points, which is never divided. */
interface Piece {
  readonly text: string;
  readonly startMs: number;
  readonly pauseMs: number;
  readonly opensUtterance: boolean;
}

/** Divides what one speaker says in a row into paragraphs. Only spaces are added or removed between them. */
export function paragraphsOf(spoken: readonly Spoken[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let text = '';
  let startMs = 0;
  let words = 0;
  for (const piece of piecesOf(spoken)) {
    if (text === '') {
      startMs = piece.startMs;
    } else if (piece.pauseMs >= longPauseMs || isLongEnough(text, words)) {
      paragraphs.push({ startMs, text: text.trimEnd() });
      text = '';
      words = 0;
      startMs = piece.startMs;
    } else if (piece.opensUtterance && !endsWithoutSpace(text)) {
      text += ' ';
    }
    text += piece.text;
    words += wordCount(piece.text);
  }
  return text === '' ? paragraphs : [...paragraphs, { startMs, text: text.trimEnd() }];
}

function* piecesOf(spoken: readonly Spoken[]): Generator<Piece> {
  let lastEndMs = spoken[0]?.startMs ?? 0;
  for (const { text, words, startMs: utteranceMs, endMs } of spoken) {
    let from = 0;
    let startMs = utteranceMs;
    let pauseMs = utteranceMs - lastEndMs;
    for (const place of breakPoints(text, words)) {
      if (place.offset > 0) {
        yield { text: text.slice(from, place.offset), startMs, pauseMs, opensUtterance: from === 0 };
        from = place.offset;
        startMs = place.startMs ?? startMs;
        pauseMs = place.pauseMs;
      }
    }
    yield { text: text.slice(from), startMs, pauseMs, opensUtterance: from === 0 };
    lastEndMs = endMs;
  }
}

function isLongEnough(text: string, words: number): boolean {
  if (words < wordsBeforeSentenceEnd) {
    return false;
  }
  const ending = text.slice(-6).trimEnd();
  return (
    sentenceEnd.test(ending) || (words >= wordsBeforeClauseEnd && clauseEnd.test(ending)) || words >= maxWords
  );
}
