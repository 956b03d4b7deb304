import type { Word } from './model';
import { isSpaceless } from './spacelessScripts';

/** A place in a text where a paragraph may begin. */
export interface BreakPoint {
  readonly offset: number;
  /** When the word here begins; null where no word of the transcript was found. */
  readonly startMs: number | null;
  /** Silence before that word. */
  readonly pauseMs: number;
}

/** How far ahead the next word is looked for, in characters. */
const nearby = 60;
/** The same after words that were not found: far enough to find the thread again, but never the whole text. */
const farthest = 600;

const opensWhatFollows = /[\p{Ps}\p{Pi}]$/u;
const belongsToWhatPrecedes = /^[\p{M}\p{Pe}\p{Pf}\p{Po}\u200c\u200d]/u;
const textualBreak =
  / |[\u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a]+[\u300d\u300f\uff09\u201d\u2019]*(?![ \u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a\u300d\u300f\uff09\u201d\u2019]|$)/g;

/**
 * Every place in the text where a paragraph may begin, in order: after a space, after Chinese and Japanese
 * punctuation, and at the words of scripts without spaces.
 */
export function breakPoints(text: string, words: readonly Word[]): BreakPoint[] {
  const places: BreakPoint[] = [];
  const located = locateWords(text, words)[Symbol.iterator]();
  let ahead = located.next();
  for (const match of text.matchAll(textualBreak)) {
    const offset = match.index + match[0].length;
    for (; !ahead.done && ahead.value.offset <= offset; ahead = located.next()) {
      places.push(ahead.value);
    }
    if (places.at(-1)?.offset !== offset) {
      places.push({ offset, startMs: null, pauseMs: 0 });
    }
  }
  for (; !ahead.done; ahead = located.next()) {
    places.push(ahead.value);
  }
  return places;
}

/**
 * Finds the words in the text one after the other. Text is what counts: a word that is not there is passed over,
 * as is one where no paragraph may begin.
 */
function* locateWords(text: string, words: readonly Word[]): Generator<BreakPoint> {
  const haystack = folded(text);
  let from = 0;
  let missed = 0;
  let lastEndMs = words[0]?.startMs ?? 0;
  for (const word of words) {
    const reach = Math.min(nearby + missed, farthest);
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

/** Lower case, as long as that keeps every character where it was. */
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
