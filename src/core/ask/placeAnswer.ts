import { escapeHeading, escapeText } from '../markdown/markdownText';
import { gapAfter } from '../note/noteEdit';
import { parseNote, blocksWithOffsets, type Note } from '../note/parseNote';
import { cleanText } from '../text';

/** Something to be put into a text, and where. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** An answer as a section of the note that it is about. */
export interface AnswerSection {
  readonly heading: string;
  /** Markdown as `safeAnswer` makes it. */
  readonly body: string;
  /** Who answered. */
  readonly model: string;
}

/**
 * How a note gets a section: before what is said, or behind it where no speaker's heading would part the two. Its
 * turns stay what they are.
 */
export function placeAnswer(markdown: string, { heading, body, model }: AnswerSection): Insertion {
  const section = [
    `## ${escapeHeading(cleanText(heading))}`,
    ...(body === '' ? [] : [body]),
    `*${escapeText(cleanText(model))}*`,
  ].join('\n\n');
  const offset = firstTurnAt(parseNote(markdown));
  if (offset === undefined) {
    return { offset: markdown.length, text: `${gapAfter(markdown)}${section}\n` };
  }
  return { offset, text: `${gapAfter(markdown.slice(0, offset))}${section}\n\n` };
}

/** Offset of the heading of the first turn; undefined where that has none. */
function firstTurnAt({ blocks }: Note): number | undefined {
  let heading: number | undefined;
  for (const [offset, { kind }] of blocksWithOffsets(blocks)) {
    if (kind === 'paragraph') {
      return heading;
    }
    heading = kind === 'heading' ? offset : heading;
  }
  return undefined;
}
