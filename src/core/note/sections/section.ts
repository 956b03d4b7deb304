import { escapeHeading } from '../../markdown/markdownText';
import { cleanText } from '../../text';
import type { Transcript } from '../../transcript/model';

/** What sections are rendered from. */
export interface SectionSource {
  readonly transcript: Transcript;
  /** Makes a Markdown link to a time in the recording. */
  readonly timeLink: (ms: number) => string;
  /** The name of a speaker in this note, by the label. */
  readonly nameOf: (label: string) => string;
}

/**
 * Renders a section as blocks of Markdown, which blank lines will separate. The first is the heading. @returns [] where
 * there is nothing to show.
 *
 * Only paragraphs of turns begin with a time. In a section the time comes after its text, so `parseNote` never takes a
 * line of it for a paragraph, even if its list marker is removed.
 */
export type RenderSection = (source: SectionSource) => string[];

/** The heading of a section. @param name plain text */
export function sectionHeading(name: string): string {
  return `## ${escapeHeading(name)}`;
}

/** Lines as one block; [] for no lines. */
export function blockOf(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** A name of the API as text: "Health issues" for `health_issues`, "Other" for ''. */
export function readableName(name: string): string {
  const words = cleanText(name.replaceAll('_', ' ')) || 'other';
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const maxLinks = 10;

/** Markdown with links to times after it, at most ten: `release branch: 00:00:04, 00:01:12`. */
export function withTimes(markdown: string, timesMs: readonly number[], { timeLink }: SectionSource): string {
  if (timesMs.length === 0) {
    return markdown;
  }
  const links = timesMs.slice(0, maxLinks).map(timeLink);
  const more = timesMs.length > maxLinks ? [`and ${timesMs.length - maxLinks} more`] : [];
  return `${markdown}: ${[...links, ...more].join(', ')}`;
}

/** Markdown with a link to one time after it; without a link for null. */
export function withTime(markdown: string, startMs: number | null, { timeLink }: SectionSource): string {
  return startMs === null ? markdown : `${markdown} ${timeLink(startMs)}`;
}
