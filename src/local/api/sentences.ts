import { meanConfidence, type WordBody } from './bodies';

/** A sentence or a paragraph as the API sends it. */
export interface PassageBody {
  readonly text: string;
  /** ms from the start of the recording. */
  readonly start: number;
  /** ms from the start of the recording. */
  readonly end: number;
  /** Mean over the words, 0 to 1. */
  readonly confidence: number;
  readonly words: readonly WordBody[];
}

/** Punctuation at the end of a sentence, with any quotation marks and brackets after it. */
const sentenceEnd = /[.!?…]["'”’»)\]]*$/u;
const abbreviation = /^(?:mr|mrs|ms|dr|prof|st|vs|e\.g|i\.e|[a-z])\.$/i;

/** A pause this long ends a paragraph. */
const paragraphPauseMs = 2000;
/** The most sentences in a paragraph. */
const paragraphSentences = 5;

const haveSameSpeaker = (one: WordBody, other: WordBody): boolean =>
  one.speaker === other.speaker && one.channel === other.channel;

/** Splits a list into runs. A new run starts with each item for which `startsNew` returns true. */
function runsOf<T>(items: readonly T[], startsNew: (run: readonly T[], last: T, next: T) => boolean): T[][] {
  const runs: T[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run === undefined || last === undefined || startsNew(run, last, item)) {
      runs.push([item]);
    } else {
      run.push(item);
    }
  }
  return runs;
}

/** The words of each channel, because people in different channels speak at the same time; one list if there are no channels. */
function byChannel(words: readonly WordBody[]): readonly WordBody[][] {
  const channels = new Map<string | undefined, WordBody[]>();
  for (const word of words) {
    const channel = channels.get(word.channel) ?? [];
    channel.push(word);
    channels.set(word.channel, channel);
  }
  return [...channels.values()];
}

/**
 * Splits words into sentences, in the order in which they start. A sentence ends with its punctuation, or where the speaker
 * changes.
 */
export function sentencesOf(words: readonly WordBody[]): readonly (readonly WordBody[])[] {
  const isOver = ({ text }: WordBody): boolean => sentenceEnd.test(text) && !abbreviation.test(text);
  return byChannel(words)
    .flatMap((channel) => runsOf(channel, (_, last, next) => !haveSameSpeaker(last, next) || isOver(last)))
    .sort(([one], [other]) => (one?.start ?? 0) - (other?.start ?? 0));
}

/** Splits words into paragraphs: up to five sentences of one speaker, without a long pause between them. */
export function paragraphsOf(words: readonly WordBody[]): readonly (readonly WordBody[])[] {
  const paragraphs = runsOf(sentencesOf(words), (run, last, next) => {
    const [lastWord, nextWord] = [last.at(-1), next[0]];
    return (
      run.length >= paragraphSentences ||
      lastWord === undefined ||
      nextWord === undefined ||
      !haveSameSpeaker(lastWord, nextWord) ||
      nextWord.start - lastWord.end >= paragraphPauseMs
    );
  });
  return paragraphs.map((sentences) => sentences.flat());
}

/** The words of a sentence or a paragraph as the API sends them. */
export function passageBody(words: readonly WordBody[]): PassageBody {
  return {
    text: words.map((word) => word.text).join(' '),
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    confidence: meanConfidence(words) ?? 0,
    words,
  };
}
