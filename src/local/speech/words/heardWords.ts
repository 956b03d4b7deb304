import { sampleRate } from '../../../audio/sound/sound';
import { type Chunk, partAt, samplesPerFrame, soundTime } from '../chunks/packing';
import type { Recognised } from '../recognition/recogniser';
import type { Vocabulary } from '../recognition/vocabulary';
import type { SpokenWord } from '../heard/speech';
import { alignToFrames } from './alignment';
import { SpeechEnergy } from './speechEnergy';

/** A word with its place in a chunk, in seconds. */
interface PlacedWord {
  readonly text: string;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

const secondsPerFrame = samplesPerFrame / sampleRate;
/**
 * The attention of Moonshine runs ahead of the sound by so much: the least error against times of a LibriVox reading by forced
 * alignment and of twelve synthetic sentences.
 */
const attentionLead = 0.05;
const shortestWordMs = 30;

/**
 * The words of a chunk with their times in the sound.
 *
 * @param samples of the chunk
 * @param before last word of the chunk before; no word begins before it has ended
 */
export function heardWords(
  chunk: Chunk,
  samples: Float32Array,
  recognised: Recognised,
  vocabulary: Vocabulary,
  before?: SpokenWord,
): SpokenWord[] {
  const energy = new SpeechEnergy(samples);
  const words = placeWords(recognised, vocabulary).map((word) => ({ ...word, ...energy.trim(word) }));
  return oneAfterTheOther(
    words.map((word) => inSound(chunk, word)),
    before?.endMs ?? 0,
  );
}

/** Tokens that belong to one word, as positions in all of them. */
interface TokenRange {
  readonly from: number;
  to: number;
}

function placeWords(recognised: Recognised, vocabulary: Vocabulary): PlacedWord[] {
  const { tokens, probabilities, attention, frames } = recognised;
  const firstFrames = alignToFrames(attention, frames);
  const time = (token: number) =>
    (token < tokens.length ? (firstFrames[token] ?? 0) : endFrame) * secondsPerFrame + attentionLead;
  const endFrame = recognised.ended ? (firstFrames[tokens.length] ?? frames) : frames;
  return wordRanges(tokens, vocabulary)
    .map(({ from, to }) => ({
      text: vocabulary.text(tokens.slice(from, to)),
      // As sure as of its least sure part.
      confidence: Math.min(...probabilities.slice(from, to)),
      start: time(from),
      end: time(to),
    }))
    .filter(({ text }) => text !== '');
}

function wordRanges(tokens: readonly number[], vocabulary: Vocabulary): TokenRange[] {
  const ranges: TokenRange[] = [];
  tokens.forEach((token, i) => {
    const last = ranges.at(-1);
    if (!last || vocabulary.beginsWord(token)) {
      ranges.push({ from: i, to: i + 1 });
    } else {
      last.to = i + 1;
    }
  });
  return ranges;
}

/** A word belongs to the part in which its middle lies, and does not reach beyond it. */
function inSound(chunk: Chunk, { text, confidence, start, end }: PlacedWord): SpokenWord {
  const part = partAt(chunk, (start + end) / 2);
  const milliseconds = (seconds: number) => Math.round((part ? soundTime(part, seconds) : seconds) * 1000);
  const startMs = milliseconds(start);
  return { text, confidence, startMs, endMs: Math.max(startMs + shortestWordMs, milliseconds(end)) };
}

/** No word begins before the one before has ended. */
function oneAfterTheOther(words: readonly SpokenWord[], endBefore: number): SpokenWord[] {
  let end = endBefore;
  return words.map((word) => {
    const startMs = Math.max(word.startMs, end);
    end = Math.max(word.endMs, startMs + 1);
    return { ...word, startMs, endMs: end };
  });
}
