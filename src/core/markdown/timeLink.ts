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
  const rest = text.slice(beginning.exec(text)?.[0].length ?? text.length);
  const isBracketed = rest.startsWith('<');
  const end = isBracketed ? rest.indexOf('>') : rest.search(/[()\s]/);
  const destination = rest.slice(isBracketed ? 1 : 0, Math.max(0, end));
  const mark = destination.lastIndexOf(timeMark);
  const seconds = destination.slice(mark + timeMark.length);
  const after = rest.slice(end + (isBracketed ? 2 : 1));
  const isLink = end !== -1 && rest.startsWith(')', isBracketed ? end + 1 : end) && !destination.includes('<');
  const isTimed = mark !== -1 && secondsFormat.test(seconds);
  if (!isLink || !isTimed || !/^(?:$|[ \t])/.test(after)) {
    return null;
  }
  return { startMs: Math.round(Number(seconds) * 1000), markdown: after.trim() };
}
