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

const timedLine =
  /^\[\d+:\d\d:\d\d\]\((?:<[^<>]*#t=(\d{1,12}(?:\.\d+)?)>|[^()\s]*#t=(\d{1,12}(?:\.\d+)?))\)(?:[ \t]+([^]*))?$/;

/** Reads a line that begins with a time link: its time, and the Markdown after the link. Null for any other line. */
export function parseTimedLine(text: string): { startMs: number; markdown: string } | null {
  const match = timedLine.exec(text);
  if (match === null) {
    return null;
  }
  const seconds = match[1] ?? match[2];
  return { startMs: Math.round(Number(seconds) * 1000), markdown: (match[3] ?? '').trim() };
}
