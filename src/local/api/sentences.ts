import { meanConfidence, type WordBody } from './bodies';

/** Words that belong together: a sentence, or a paragraph. */
export interface PassageBody {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly words: readonly WordBody[];
}

/** Punctuation that ends a sentence, with the quotation marks and brackets that may follow it. */
const sentenceEnd = /[.!?…]["'”’»)\]]*$/u;
const abbreviation = /^(?:mr|mrs|ms|dr|prof|st|vs|e\.g|i\.e|[a-z])\.$/i;

/** So long a silence ends a paragraph, and so many sentences make one. */
const paragraphPauseMs = 2000;
const paragraphSentences = 5;

const saidBySameVoice = (one: WordBody, other: WordBody): boolean =>
  one.speaker === other.speaker && one.channel === other.channel;

/** Cuts a list into runs, before every item for which `startsNew` says so. */
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

/** The words by channel, since channels talk at the same time; in one list where there are none. */
function byChannel(words: readonly WordBody[]): readonly WordBody[][] {
  const channels = new Map<string | undefined, WordBody[]>();
  for (const word of words) {
    const channel = channels.get(word.channel) ?? [];
    channel.push(word);
    channels.set(word.channel, channel);
  }
  return [...channels.values()];
}

/** The words by sentence, in the order in which they begin: up to a full stop, and never of two voices. */
export function sentencesOf(words: readonly WordBody[]): readonly (readonly WordBody[])[] {
  const isOver = ({ text }: WordBody): boolean => sentenceEnd.test(text) && !abbreviation.test(text);
  return byChannel(words)
    .flatMap((channel) => runsOf(channel, (_, last, next) => !saidBySameVoice(last, next) || isOver(last)))
    .sort(([one], [other]) => (one?.start ?? 0) - (other?.start ?? 0));
}

/** The words by paragraph: some sentences of one voice without a long silence. */
export function paragraphsOf(words: readonly WordBody[]): readonly (readonly WordBody[])[] {
  const paragraphs = runsOf(sentencesOf(words), (run, last, next) => {
    const [lastWord, nextWord] = [last.at(-1), next[0]];
    return (
      run.length >= paragraphSentences ||
      lastWord === undefined ||
      nextWord === undefined ||
      !saidBySameVoice(lastWord, nextWord) ||
      nextWord.start - lastWord.end >= paragraphPauseMs
    );
  });
  return paragraphs.map((sentences) => sentences.flat());
}

/** Words as the API sends what they make up. */
export function passageBody(words: readonly WordBody[]): PassageBody {
  return {
    text: words.map((word) => word.text).join(' '),
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    confidence: meanConfidence(words) ?? 0,
    words,
  };
}
