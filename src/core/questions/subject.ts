import { parseNote, type NoteBlock } from '../note/parseNote';
import type { Span } from '../span';
import type { Paragraph } from '../transcript/paragraphs';
import type { Turn } from '../transcript/turns';

/** What a question is about. */
export interface Subject {
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
export function subjectOf(markdown: string, name: string, selected: Span): Subject {
  const note = parseNote(markdown);
  const part = turnsWithin(note.blocks, selected);
  const isPart = part.length > 0 && countParagraphs(part) < countParagraphs(note.turns);
  return { title: note.title ?? name, turns: isPart ? part : note.turns, isPart };
}

/** How many paragraphs the turns have. */
export function countParagraphs(turns: readonly Turn[]): number {
  return turns.reduce((count, { paragraphs }) => count + paragraphs.length, 0);
}

/** A caret without a selection touches nothing. */
function turnsWithin(blocks: readonly NoteBlock[], { start, end }: Span): Turn[] {
  const turns: { speaker: string | null; paragraphs: Paragraph[] }[] = [{ speaker: null, paragraphs: [] }];
  let offset = 0;
  for (const block of blocks) {
    const isTouched = offset < end && offset + block.raw.trimEnd().length > start && start < end;
    offset += block.raw.length;
    if (block.kind === 'heading') {
      turns.push({ speaker: block.name, paragraphs: [] });
    } else if (block.kind === 'paragraph' && isTouched) {
      turns.at(-1)?.paragraphs.push({ startMs: block.startMs, text: block.text });
    }
  }
  return turns.filter(({ paragraphs }) => paragraphs.length > 0);
}
