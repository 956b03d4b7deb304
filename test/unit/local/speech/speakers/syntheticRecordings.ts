import { readFileSync } from 'node:fs';
import type { RecognisedWord } from '../../../../../src/local/recognition/recognisedSpeech';
import type { Cluster } from '../../../../../src/local/speech/speakers/clusters';
import type { VoiceWindow } from '../../../../../src/local/speech/speakers/voiceWindows';
import { projectPath } from '../../../../support/projectPath';

/** Variance between speakers for each dimension, as in the product's own projection. */
export const betweenSpeakers = (
  JSON.parse(readFileSync(projectPath('models', 'speaker-projection', 'speaker_lda.json'), 'utf8')) as {
    readonly lam: readonly number[];
  }
).lam;

/** Random numbers from a normal distribution with variance 1, reproducible by their seed (mulberry32, Box–Muller). */
export function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** A random voice as the model expects it, reproducible by its seed. */
export function voiceOf(seed: number): number[] {
  const normal = normals(seed);
  return betweenSpeakers.map((variance) => Math.sqrt(variance) * normal());
}

/** A cluster at a point of the embedding space. */
export function clusterAt(mean: readonly number[], weight: number): Cluster {
  return { mean, weight, seconds: weight };
}

/** A stretch of speech of one voice. */
export interface Turn {
  readonly voice: readonly number[];
  readonly seconds: number;
}

const stepSeconds = 0.384;
const windowSeconds = 1.584;
const pauseSeconds = 0.4;

/**
 * Voice windows like those of a real recording: neighbouring windows share most of their sound, so their noise is similar.
 *
 * @param deviation standard deviation of one voice
 */
export function recordingOf(turns: readonly Turn[], seed: number, deviation = 1): readonly VoiceWindow[] {
  const normal = normals(seed);
  const windows: VoiceWindow[] = [];
  let start = 0;
  for (const { voice, seconds } of turns) {
    let noise = voice.map(normal);
    for (let at = 0; at === 0 || at + windowSeconds <= seconds; at += stepSeconds) {
      windows.push({
        startSeconds: start + at,
        endSeconds: start + Math.min(seconds, at + windowSeconds),
        embedding: Float32Array.from(voice, (value, k) => value + deviation * (noise[k] ?? 0)),
      });
      noise = noise.map((value) => 0.75 * value + Math.sqrt(1 - 0.75 ** 2) * normal());
    }
    start += seconds + pauseSeconds;
  }
  return windows;
}

/** A number of turns, one voice after another. */
export function turnsOf(voices: readonly (readonly number[])[], count: number, seconds = 4): Turn[] {
  return Array.from({ length: count }, (_, i) => ({ voice: voices[i % voices.length]!, seconds }));
}

/** Words for turns: three per second, one sentence per turn. */
export function wordsOf(turns: readonly Turn[]): { words: RecognisedWord[]; turnOfWord: number[] } {
  const words: RecognisedWord[] = [];
  const turnOfWord: number[] = [];
  let start = 0;
  turns.forEach(({ seconds }, turn) => {
    const count = Math.max(1, Math.round(seconds * 3));
    for (let i = 0; i < count; i++) {
      words.push({
        text: i === count - 1 ? 'end.' : 'word',
        startMs: (start + (seconds * i) / count) * 1000,
        endMs: (start + (seconds * (i + 1)) / count) * 1000,
        confidence: 0.9,
      });
      turnOfWord.push(turn);
    }
    start += seconds + pauseSeconds;
  });
  return { words, turnOfWord };
}

/** A word; times in seconds. */
export function word(text: string, start: number, end: number): RecognisedWord {
  return { text, startMs: start * 1000, endMs: end * 1000, confidence: 0.9 };
}
