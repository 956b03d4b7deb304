import { escapeHeading, escapeText } from '../markdown/markdownText';
import { gapAfter } from '../note/noteEdit';
import { blocksWithOffsets, parseNote, type Note } from '../note/parseNote';
import { cleanText } from '../text';

/** Text to be inserted into a note. */
export interface Insertion {
  /** Where, in characters from the start of the note. */
  readonly offset: number;
  readonly text: string;
}

/** An answer that becomes a section of the note that it is about. */
export interface AnswerSection {
  readonly heading: string;
  /** Markdown made by `safeAnswer`. */
  readonly body: string;
  /** Name of the language model. */
  readonly model: string;
}

/**
 * Where an answer goes in a note, and the Markdown of its section: before the heading of the first turn, or at the end
 * of a note whose first turn has no heading, since the first paragraphs would become part of the section. `parseNote`
 * reads the same turns before and after.
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

/** Offset of the first turn's heading; undefined where it has none. */
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
