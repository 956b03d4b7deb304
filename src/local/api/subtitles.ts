import type { WordBody } from './bodies';
import { passageBody, sentencesOf } from './sentences';

/** Two lines of 42 characters, which is usual for subtitles. */
const defaultCharsPerCue = 84;

interface Cue {
  readonly text: string;
  /** ms from the start of the recording. */
  readonly start: number;
  /** ms from the start of the recording. */
  readonly end: number;
}

/** Splits a sentence into cues of limited length. Only a cue of a single word may be longer. */
function cuesOfSentence(sentence: readonly WordBody[], charsPerCue: number): Cue[] {
  const cues: WordBody[][] = [];
  let length = 0;
  for (const word of sentence) {
    const last = cues.at(-1);
    if (last === undefined || length + 1 + word.text.length > charsPerCue) {
      cues.push([word]);
      length = word.text.length;
    } else {
      last.push(word);
      length += 1 + word.text.length;
    }
  }
  return cues.map(passageBody);
}

function cuesOf(words: readonly WordBody[], charsPerCue = defaultCharsPerCue): Cue[] {
  return sentencesOf(words).flatMap((sentence) => cuesOfSentence(sentence, charsPerCue));
}

function timestamp(ms: number, decimalMark: string): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const seconds = ms / 1000;
  const clock = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${clock}${decimalMark}${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
}

/**
 * Subtitles as SubRip: numbered cues, times with hours and with a comma before the milliseconds.
 *
 * @param charsPerCue the most characters in a cue
 */
export function renderSrt(words: readonly WordBody[], charsPerCue?: number): string {
  const cue = ({ text, start, end }: Cue, index: number): string =>
    `${index + 1}\n${timestamp(start, ',')} --> ${timestamp(end, ',')}\n${text}\n`;
  return cuesOf(words, charsPerCue).map(cue).join('\n');
}

/**
 * Subtitles as WebVTT (https://www.w3.org/TR/webvtt1/), with markup characters escaped.
 *
 * @param charsPerCue the most characters in a cue
 */
export function renderVtt(words: readonly WordBody[], charsPerCue?: number): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const cue = ({ text, start, end }: Cue): string =>
    `${timestamp(start, '.')} --> ${timestamp(end, '.')}\n${escaped(text)}\n`;
  return ['WEBVTT\n', ...cuesOf(words, charsPerCue).map(cue)].join('\n');
}
