import type { Word } from './model';
import { isSpaceless } from './spacelessScripts';

/** A position in a text where a paragraph may begin. */
export interface BreakPoint {
  readonly offset: number;
  /** When the word here begins; null where no word of the transcript is known to be here. */
  readonly startMs: number | null;
  /** Silence before that word, 0 where it is not known. */
  readonly pauseMs: number;
}

/** How far ahead a word is searched, in characters. */
const usualReach = 60;
/** How far at most after words that were not found. It limits the time for a text that does not match its words. */
const maxReach = 600;

const opensWhatFollows = /[\p{Ps}\p{Pi}]$/u;
const belongsToWhatPrecedes = /^[\p{M}\p{Pe}\p{Pf}\p{Po}\u200c\u200d]/u;
const breakInText =
  / |(?<![\u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a])[\u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a]{1,20}[\u300d\u300f\uff09\u201d\u2019]{0,20}(?![ \u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a\u300d\u300f\uff09\u201d\u2019]|$)/g;

/**
 * All positions in a text where a paragraph may begin, in order: after spaces, after Chinese and Japanese punctuation,
 * and before words of scripts without spaces.
 *
 * @param words the words of the text with their times
 */
export function breakPoints(text: string, words: readonly Word[]): BreakPoint[] {
  const found: BreakPoint[] = [];
  const located = locateWords(text, words)[Symbol.iterator]();
  let ahead = located.next();
  for (const match of text.matchAll(breakInText)) {
    const offset = match.index + match[0].length;
    for (; !ahead.done && ahead.value.offset <= offset; ahead = located.next()) {
      found.push(ahead.value);
    }
    if (found.at(-1)?.offset !== offset) {
      found.push({ offset, startMs: null, pauseMs: 0 });
    }
  }
  for (; !ahead.done; ahead = located.next()) {
    found.push(ahead.value);
  }
  return found;
}

/**
 * Finds the words in the text in their order. Words that are not in the text are skipped, and so are words at
 * which no paragraph may begin.
 */
function* locateWords(text: string, words: readonly Word[]): Generator<BreakPoint> {
  const haystack = folded(text);
  let from = 0;
  let missed = 0;
  let lastEndMs = words[0]?.startMs ?? 0;
  for (const word of words) {
    const reach = Math.min(usualReach + missed, maxReach);
    const offset = indexOfWithin(haystack, folded(word.text), from, reach);
    if (offset === -1) {
      missed += word.text.length + 1;
    } else {
      missed = 0;
      from = offset + word.text.length;
      if (mayBeginAt(text, offset)) {
        yield { offset, startMs: word.startMs, pauseMs: word.startMs - lastEndMs };
      }
    }
    lastEndMs = word.endMs;
  }
}

/** The text in lower case, unless that would change its length. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function indexOfWithin(text: string, part: string, from: number, reach: number): number {
  const start = text[from] === ' ' ? from + 1 : from;
  if (text.startsWith(part, start)) {
    return start;
  }
  const found = text.slice(start, start + reach + part.length).indexOf(part);
  return found === -1 ? -1 : start + found;
}

function mayBeginAt(text: string, offset: number): boolean {
  if (offset === 0 || text[offset - 1] === ' ') {
    return true;
  }
  return (
    isSpaceless(text.slice(offset - 1, offset + 2)) &&
    !opensWhatFollows.test(text.slice(Math.max(0, offset - 2), offset)) &&
    !belongsToWhatPrecedes.test(text.slice(offset, offset + 2))
  );
}
