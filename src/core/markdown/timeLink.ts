import { formatTime } from '../text';

/**
 * A Markdown link to a time in a recording, as a media fragment (https://www.w3.org/TR/media-frags/):
 * `[00:00:04](standup.mp3#t=4.2)`.
 *
 * @param destination see `linkDestination`; '' without a recording, for `[00:00:04](#t=4.2)`
 */
export function timeLink(destination: string, ms: number): string {
  return `[${formatTime(ms)}](${destination}#t=${ms / 1000})`;
}

const timeMark = '#t=';
const beginning = /^\[\d+:\d\d:\d\d\]\(/;
const secondsFormat = /^\d{1,12}(?:\.\d+)?$/;

/** Reads a line that begins with a time link: its time, and the Markdown after the link. Null for any other line. */
export function parseTimedLine(text: string): { startMs: number; markdown: string } | null {
  const begun = beginning.exec(text);
  const link = begun && parseDestination(text.slice(begun[0].length));
  if (!link || !/^(?:$|[ \t])/.test(link.after)) {
    return null;
  }
  const mark = link.destination.lastIndexOf(timeMark);
  const seconds = link.destination.slice(mark + timeMark.length);
  return mark !== -1 && secondsFormat.test(seconds)
    ? { startMs: Math.round(Number(seconds) * 1000), markdown: link.after.trim() }
    : null;
}

/** The destination of a link, and what follows the link; null where it is not closed. @param text after the `(` */
function parseDestination(text: string): { destination: string; after: string } | null {
  return (text.startsWith('<') ? upTo(text.slice(1), /[<>]/, '>)') : null) ?? upTo(text, /[()\s]/, ')');
}

/** @param stop the characters that a destination cannot have */
function upTo(text: string, stop: RegExp, closing: string): { destination: string; after: string } | null {
  const end = text.search(stop);
  return end !== -1 && text.startsWith(closing, end)
    ? { destination: text.slice(0, end), after: text.slice(end + closing.length) }
    : null;
}
