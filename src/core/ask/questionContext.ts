import { parseNote, blocksWithOffsets, type Note } from '../note/parseNote';
import type { Span } from '../span';
import type { Turn } from '../transcript/turns';

/** What a question is about. */
export interface QuestionContext {
  /** What the note is called. */
  readonly title: string;
  /** What is said in it, with names for speakers. */
  readonly turns: readonly Turn[];
  /** Whether that is only a part of what the note has. */
  readonly isPart: boolean;
}

/**
 * A note as something to ask about, as its reader sees it: with edits and renamed speakers.
 *
 * @param selected asks only about the paragraphs that it touches; about all of them where it touches none
 */
export function questionContext(markdown: string, name: string, selected: Span): QuestionContext {
  const note = parseNote(markdown);
  const part = turnsWithin(note, selected);
  const isPart = part.length > 0 && countParagraphs(part) < countParagraphs(note.turns);
  return { title: note.title ?? name, turns: isPart ? part : note.turns, isPart };
}

/** How many paragraphs the turns have. */
export function countParagraphs(turns: readonly Turn[]): number {
  return turns.reduce((count, { paragraphs }) => count + paragraphs.length, 0);
}

/** The turns with those paragraphs that a selection touches; a caret without one touches nothing. */
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
