import { readFile } from 'node:fs/promises';
import { parseNote } from '../../src/core/note/parseNote';
import { normalisedWords, pairWords } from './wordErrors';

/** A word with what is known of it; times in ms. */
export interface TimedWord {
  readonly text: string;
  readonly speaker: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** How a transcript compares with what was really said. */
export interface Comparison {
  readonly wordErrorRate: number;
  /** Of the words that were recognised, the part that is with the one who said it, by the best naming of the speakers. */
  readonly speakerAccuracy: number;
  readonly speakersFound: number;
  /** Of each recognised word: ms between its true beginning and the one that was found. */
  readonly startErrorsMs: readonly number[];
}

interface ReferenceFile {
  readonly utterances: readonly {
    readonly speaker: string;
    readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  }[];
}

/** What is said in a recording, from the `.json` of the same name beside it, where times are in seconds. */
export async function readReference(recording: string): Promise<TimedWord[]> {
  const file = recording.replace(/\.\w+$/, '.json');
  const { utterances } = JSON.parse(await readFile(file, 'utf8')) as ReferenceFile;
  return utterances.flatMap(({ speaker, words }) =>
    words.map(({ text, start, end }) => ({ text, speaker, startMs: 1000 * start, endMs: 1000 * end })),
  );
}

/** Compares the text of a note with what was said; a paragraph's time stands for all of its words. */
export function compareWithReference(note: string, reference: readonly TimedWord[]): Comparison {
  const heard = parseNote(note).turns.flatMap(({ speaker, paragraphs }) =>
    paragraphs.map(({ text, startMs }) => ({ text, speaker: speaker ?? '', startMs, endMs: startMs })),
  );
  return compareWords(reference, heard);
}

/** Compares words, or longer texts, with what was said. */
export function compareWords(said: readonly TimedWord[], heard: readonly TimedWord[]): Comparison {
  const [saidWords, heardWords] = [singleWords(said), singleWords(heard)];
  const textOf = ({ text }: TimedWord): string => text;
  const pairs = pairWords(saidWords.map(textOf), heardWords.map(textOf));
  const hits = pairs.flatMap(({ said: one = -1, heard: other = -1 }) => {
    const [saidWord, heardWord] = [saidWords[one], heardWords[other]];
    return saidWord !== undefined && saidWord.text === heardWord?.text
      ? [[saidWord, heardWord] as const]
      : [];
  });
  return {
    wordErrorRate: (pairs.length - hits.length) / saidWords.length,
    speakerAccuracy: agreement(hits.map(([one, other]) => [one.speaker, other.speaker] as const)),
    speakersFound: new Set(heardWords.map(({ speaker }) => speaker)).size,
    startErrorsMs: hits.map(([one, other]) => Math.abs(one.startMs - other.startMs)),
  };
}

function singleWords(texts: readonly TimedWord[]): TimedWord[] {
  return texts.flatMap((each) => normalisedWords(each.text).map((text) => ({ ...each, text })));
}

/** The largest part of the pairs that agree, when every name on the right stands for another one on the left. */
function agreement(pairs: readonly (readonly [left: string, right: string])[]): number {
  const lefts = [...new Set(pairs.map(([left]) => left))];
  const rights = [...new Set(pairs.map(([, right]) => right))];
  const count = (left: string, right: string): number =>
    pairs.filter((pair) => pair[0] === left && pair[1] === right).length;
  const most = (index: number, free: readonly string[]): number => {
    const right = rights[index];
    if (right === undefined) {
      return 0;
    }
    const taken = free.map((left) => {
      const rest = free.filter((other) => other !== left);
      return count(left, right) + most(index + 1, rest);
    });
    return Math.max(most(index + 1, free), ...taken);
  };
  return pairs.length === 0 ? 0 : most(0, lefts) / pairs.length;
}
