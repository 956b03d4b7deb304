import { formatTime } from '../text';
/**
 * A link to a time in the recording, as a media fragment: `[00:00:04](standup.mp3#t=4.2)`.
 *
 * @param destination '' where nobody knows of a recording: `[00:00:04](#t=4.2)`
 */
export function timeLink(destination: string, ms: number): string {
  return `[${formatTime(ms)}](${destination}#t=${ms / 1000})`;
}

const line =
  /^\[\d+:\d\d:\d\d\]\((?:<[^<>]*#t=(\d{1,12}(?:\.\d+)?)>|[^()\s]*#t=(\d{1,12}(?:\.\d+)?))\)(?:[ \t]+([^]*))?$/;

/** A line that begins with a time link: the time in ms and the Markdown behind it; null for any other line. */
export function parseTimedLine(text: string): { startMs: number; markdown: string } | null {
  const match = line.exec(text);
  if (match === null) {
    return null;
  }
  const seconds = match[1] ?? match[2];
  return { startMs: Math.round(Number(seconds) * 1000), markdown: (match[3] ?? '').trim() };
}
