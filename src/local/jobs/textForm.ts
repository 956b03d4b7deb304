import { readObjects, type JsonObject } from '../../core/json';
import { bareWord } from '../../core/search/phrase';
import type { SpokenWord } from '../speech/heard/speech';

/** A phrase as it is heard, word by word and bare, and how it is to be written. */
interface Spelling {
  readonly heard: readonly string[];
  readonly written: string;
}

/** What a text is put through, in this order. */
type Step = (words: readonly SpokenWord[]) => readonly SpokenWord[];

const punctuation = /^[^\p{L}\p{N}$€£%&+]+|[^\p{L}\p{N}$€£%&+]+$/gu;

/** Words without punctuation around them; what was nothing else is gone. */
function unpunctuated(words: readonly SpokenWord[]): readonly SpokenWord[] {
  return words
    .map((word) => ({ ...word, text: word.text.replace(punctuation, '') }))
    .filter((word) => word.text !== '');
}

function lowerCased(words: readonly SpokenWord[]): readonly SpokenWord[] {
  return words.map((word) => ({ ...word, text: word.text.toLowerCase() }));
}

/** By the first word that is heard; the longest phrase first, since it wins. */
type Spellings = ReadonlyMap<string, readonly Spelling[]>;

function readSpellings(value: unknown): Spellings {
  const spellings = new Map<string, Spelling[]>();
  for (const { from, to } of readObjects(value)) {
    for (const text of from as readonly string[]) {
      const heard = text.split(/\s+/).map(bareWord).filter(Boolean);
      const first = heard[0];
      if (first !== undefined) {
        const alike = spellings.get(first) ?? [];
        spellings.set(first, [...alike, { heard, written: to as string }]);
      }
    }
  }
  spellings.forEach((alike) => alike.sort((one, other) => other.heard.length - one.heard.length));
  return spellings;
}

/** The words of a phrase as one, within the punctuation that stood around them. */
function joined(words: readonly SpokenWord[], written: string): SpokenWord[] {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const before = /^[^\p{L}\p{N}]*/u.exec(first.text)?.[0] ?? '';
  const after = /[^\p{L}\p{N}]*$/u.exec(last.text)?.[0] ?? '';
  return [{ ...first, text: before + written + after, endMs: last.endMs }];
}

function spelled(words: readonly SpokenWord[], spellings: Spellings): readonly SpokenWord[] {
  const bare = words.map((word) => bareWord(word.text));
  const result: SpokenWord[] = [];
  for (let index = 0; index < words.length;) {
    const start = index;
    const found = spellings
      .get(bare[start] ?? '')
      ?.find(({ heard }) => heard.every((text, offset) => bare[start + offset] === text));
    const count = found?.heard.length ?? 1;
    const span = words.slice(start, start + count);
    result.push(...(found === undefined ? span : joined(span, found.written)));
    index += count;
  }
  return result;
}

/** The words in the form that `punctuate`, `format_text` and `custom_spelling` ask for. */
export function textForm(parameters: JsonObject): Step {
  const spellings = readSpellings(parameters['custom_spelling']);
  const steps: readonly Step[] = [
    ...(parameters['punctuate'] === false ? [unpunctuated] : []),
    ...(parameters['format_text'] === false ? [lowerCased] : []),
    ...(spellings.size === 0 ? [] : [(words: readonly SpokenWord[]) => spelled(words, spellings)]),
  ];
  return (words) => steps.reduce((formed, step) => step(formed), words);
}
