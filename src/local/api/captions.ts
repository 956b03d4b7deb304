import type { WordBody } from './bodies';
import { passageBody, sentencesOf } from './sentences';

/** Two lines of 42 characters, as is usual for subtitles. */
const defaultCharsPerCaption = 84;

interface Caption {
  readonly text: string;
  /** ms */
  readonly start: number;
  readonly end: number;
}

/** A sentence in captions of at most so many characters; only a single word may be longer. */
function captionsOf(sentence: readonly WordBody[], charsPerCaption: number): Caption[] {
  const captions: WordBody[][] = [];
  let length = 0;
  for (const word of sentence) {
    const last = captions.at(-1);
    if (last === undefined || length + 1 + word.text.length > charsPerCaption) {
      captions.push([word]);
      length = word.text.length;
    } else {
      last.push(word);
      length += 1 + word.text.length;
    }
  }
  return captions.map(passageBody);
}

function captions(words: readonly WordBody[], charsPerCaption = defaultCharsPerCaption): Caption[] {
  return sentencesOf(words).flatMap((sentence) => captionsOf(sentence, charsPerCaption));
}

function timestamp(ms: number, decimalMark: string): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const seconds = ms / 1000;
  const clock = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${clock}${decimalMark}${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
}

/** SubRip: numbered captions, hours always, a comma before the milliseconds. */
export function srt(words: readonly WordBody[], charsPerCaption?: number): string {
  const cue = ({ text, start, end }: Caption, index: number): string =>
    `${index + 1}\n${timestamp(start, ',')} --> ${timestamp(end, ',')}\n${text}\n`;
  return captions(words, charsPerCaption).map(cue).join('\n');
}

/** WebVTT (W3C); `<` and `&` would begin markup there. */
export function vtt(words: readonly WordBody[], charsPerCaption?: number): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const cue = ({ text, start, end }: Caption): string =>
    `${timestamp(start, '.')} --> ${timestamp(end, '.')}\n${escaped(text)}\n`;
  return ['WEBVTT\n', ...captions(words, charsPerCaption).map(cue)].join('\n');
}
