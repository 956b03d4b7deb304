import { blocksWithOffsets, parseNote, type Note } from '../note/parseNote';
import type { Span } from '../span';
import type { Turn } from '../transcript/turns';

/** The part of a note that a question is about. */
export interface QuestionContext {
  /** Title of the note, or its name where it has none. */
  readonly title: string;
  /** With the names of speakers. */
  readonly turns: readonly Turn[];
  /** Whether the note has more turns or paragraphs than these. */
  readonly isPart: boolean;
}

/**
 * What a question about a note is about: the paragraphs that a selection touches, or all of them where it touches none.
 * The text is that of the note, with all changes of its user.
 *
 * @param name stands in for the title of a note without one
 * @param selected offsets in the note
 */
export function questionContext(markdown: string, name: string, selected: Span): QuestionContext {
  const note = parseNote(markdown);
  const part = turnsWithin(note, selected);
  const isPart = part.length > 0 && countParagraphs(part) < countParagraphs(note.turns);
  return { title: note.title ?? name, turns: isPart ? part : note.turns, isPart };
}

/** How many paragraphs the turns have together. */
export function countParagraphs(turns: readonly Turn[]): number {
  return turns.reduce((count, { paragraphs }) => count + paragraphs.length, 0);
}

/** The turns with only those paragraphs that a selection touches; an empty selection touches none. */
function turnsWithin({ blocks, turns }: Note, { start, end }: Span): readonly Turn[] {
  const said = [...blocksWithOffsets(blocks)].filter(([, { kind }]) => kind === 'paragraph');
  const isTouched = said.map(
    ([offset, { raw }]) => offset < end && offset + raw.trimEnd().length > start && start < end,
  );
  let index = 0;
  return turns
    .map((turn) => ({ ...turn, paragraphs: turn.paragraphs.filter(() => isTouched[index++]) }))
    .filter(({ paragraphs }) => paragraphs.length > 0);
}
