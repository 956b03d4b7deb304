import { readObjects, type JsonObject } from '../../core/json';
import { bareWord } from '../../core/search/phrase';
import { trimmedEnd } from '../../core/text';
import type { RecognisedWord } from '../recognition/recognisedSpeech';

/** An entry of `custom_spelling`. */
interface Spelling {
  /** The words of a phrase as they are recognised: lower case, without punctuation. */
  readonly heard: readonly string[];
  /** How to spell the phrase. */
  readonly written: string;
}

/** Changes the form of recognised words. */
type WordFormatter = (words: readonly RecognisedWord[]) => readonly RecognisedWord[];

const punctuation = /[^\p{L}\p{N}$€£%&+]/u;
const openingPunctuation = /^[^\p{L}\p{N}$€£%&+]+/u;

/** Removes the punctuation around words, and words that consist of nothing else. */
function unpunctuated(words: readonly RecognisedWord[]): readonly RecognisedWord[] {
  return words
    .map((word) => ({ ...word, text: trimmedEnd(word.text.replace(openingPunctuation, ''), punctuation) }))
    .filter((word) => word.text !== '');
}

function lowerCased(words: readonly RecognisedWord[]): readonly RecognisedWord[] {
  return words.map((word) => ({ ...word, text: word.text.toLowerCase() }));
}

/** Spellings by the first word of their phrase. Among those with the same first word, the longest phrase comes first and wins. */
type Spellings = ReadonlyMap<string, readonly Spelling[]>;

function readSpellings(value: unknown): Spellings {
  const spellings = new Map<string, Spelling[]>();
  for (const { from, to } of readObjects(value)) {
    for (const text of from as readonly string[]) {
      const heard = text.split(/\s+/).map(bareWord).filter(Boolean);
      const first = heard[0];
      if (first !== undefined) {
        const sameFirst = spellings.get(first) ?? [];
        sameFirst.push({ heard, written: to as string });
        spellings.set(first, sameFirst);
      }
    }
  }
  spellings.forEach((each) => each.sort((one, other) => other.heard.length - one.heard.length));
  return spellings;
}

/** Replaces the words of a phrase with one word, and keeps the punctuation around the phrase. */
function respelled(words: readonly RecognisedWord[], written: string): RecognisedWord[] {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const before = /^[^\p{L}\p{N}]*/u.exec(first.text)?.[0] ?? '';
  const after = last.text.slice(trimmedEnd(last.text, /[^\p{L}\p{N}]/u).length);
  return [{ ...first, text: before + written + after, endMs: last.endMs }];
}

function withSpellings(words: readonly RecognisedWord[], spellings: Spellings): readonly RecognisedWord[] {
  const bare = words.map((word) => bareWord(word.text));
  const result: RecognisedWord[] = [];
  for (let index = 0; index < words.length;) {
    const start = index;
    const found = spellings
      .get(bare[start] ?? '')
      ?.find(({ heard }) => heard.every((text, offset) => bare[start + offset] === text));
    const count = found?.heard.length ?? 1;
    const span = words.slice(start, start + count);
    result.push(...(found === undefined ? span : respelled(span, found.written)));
    index += count;
  }
  return result;
}

/**
 * A function that brings words into the form that `punctuate`, `format_text` and `custom_spelling` ask for.
 *
 * @param parameters of the submit, which the API accepted
 */
export function textFormatter(parameters: JsonObject): WordFormatter {
  const spellings = readSpellings(parameters['custom_spelling']);
  const formatters: readonly WordFormatter[] = [
    ...(parameters['punctuate'] === false ? [unpunctuated] : []),
    ...(parameters['format_text'] === false ? [lowerCased] : []),
    ...(spellings.size === 0 ? [] : [(words: readonly RecognisedWord[]) => withSpellings(words, spellings)]),
  ];
  return (words) => formatters.reduce((formatted, format) => format(formatted), words);
}
