import { readFile } from 'node:fs/promises';
import { parseNote } from '../../src/core/note/parseNote';
import { normalisedWords, pairWords } from './wordErrors';

/** A word, or a longer text, with its speaker and its times. */
export interface TimedWord {
  readonly text: string;
  readonly speaker: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** How a transcript compares with what was said. */
export interface Comparison {
  /** Wrong, missing and additional words per word said. */
  readonly wordErrorRate: number;
  /** The share of the correct words that have the right speaker, 0 to 1. Labels are matched to speakers as well as possible. */
  readonly speakerAccuracy: number;
  /** Number of speakers in the transcript. */
  readonly speakersFound: number;
  /** For each correct word, the distance of its start from the true one. */
  readonly startErrorsMs: readonly number[];
}

interface ReferenceFile {
  readonly utterances: readonly {
    readonly speaker: string;
    readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  }[];
}

/** Reads what is said in a recording from the `.json` file beside it, where times are in seconds. */
export async function readReference(recording: string): Promise<TimedWord[]> {
  const file = recording.replace(/\.\w+$/, '.json');
  const { utterances } = JSON.parse(await readFile(file, 'utf8')) as ReferenceFile;
  return utterances.flatMap(({ speaker, words }) =>
    words.map(({ text, start, end }) => ({ text, speaker, startMs: 1000 * start, endMs: 1000 * end })),
  );
}

/** Compares the text of a note with what was said. All words of a paragraph get the time of the paragraph. */
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

/** The largest share of pairs that can agree if each label stands for a different speaker, or for none. */
function agreement(pairs: readonly (readonly [speaker: string, label: string])[]): number {
  const speakers = [...new Set(pairs.map(([speaker]) => speaker))];
  const labels = [...new Set(pairs.map(([, label]) => label))];
  const count = (speaker: string, label: string): number =>
    pairs.filter((pair) => pair[0] === speaker && pair[1] === label).length;
  const maxFrom = (index: number, free: readonly string[]): number => {
    const label = labels[index];
    if (label === undefined) {
      return 0;
    }
    const counts = free.map((speaker) => {
      const rest = free.filter((other) => other !== speaker);
      return count(speaker, label) + maxFrom(index + 1, rest);
    });
    return Math.max(maxFrom(index + 1, free), ...counts);
  };
  return pairs.length === 0 ? 0 : maxFrom(0, speakers) / pairs.length;
}
