import { cleanText } from '../../text';
import type { Transcript } from '../../transcript/model';
import { escapeHeading } from '../../markdown/markdownText';

/** What the sections of a note are made from. */
export interface SectionSource {
  readonly transcript: Transcript;
  /** A link to a time in the recording. */
  readonly timeLink: (ms: number) => string;
  /** What a speaker is called in this note. */
  readonly nameOf: (label: string) => string;
}

/**
 * Blocks of Markdown, to be parted by blank lines, beginning with the heading; [] when there is nothing to show.
 *
 * Only what was said begins a line with a time. In a section the time stands behind its text, so that a line of it is
 * never taken for something said, not even when its list marker is gone.
 */
export type RenderSection = (source: SectionSource) => string[];

/** The heading of a section. */
export function sectionHeading(name: string): string {
  return `## ${escapeHeading(name)}`;
}

/** Lines that belong together, as one block; [] when there are none. */
export function blockOf(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** A word of the API for people: `health_issues` is "Health issues". */
export function readableName(name: string): string {
  const words = cleanText(name.replaceAll('_', ' ')) || 'other';
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const mostLinks = 10;

/** Text and the times that belong to it, not more than anybody follows: `release branch: 00:00:04, 00:01:12`. */
export function withTimes(markdown: string, timesMs: readonly number[], { timeLink }: SectionSource): string {
  if (timesMs.length === 0) {
    return markdown;
  }
  const links = timesMs.slice(0, mostLinks).map(timeLink);
  const more = timesMs.length > mostLinks ? [`and ${timesMs.length - mostLinks} more`] : [];
  return `${markdown}: ${[...links, ...more].join(', ')}`;
}

/** Text and the one time that belongs to it. */
export function withTime(markdown: string, startMs: number | null, { timeLink }: SectionSource): string {
  return startMs === null ? markdown : `${markdown} ${timeLink(startMs)}`;
}
