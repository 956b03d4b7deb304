import { gapAfter, type NoteEdit } from '../note/noteEdit';
import { serialiseNote, type NoteBlock } from '../note/parseNote';

/** The rule for a note. In a note without front matter, `---` could end front matter that its first line opens. */
function ruleFor([first]: readonly NoteBlock[]): string {
  return first?.kind === 'frontMatter' ? '---' : '***';
}

/**
 * The edits that add sections before the turns, after the sections that are there, with a rule where there is none yet.
 */
export function placeBefore(blocks: readonly NoteBlock[], sections: readonly string[]): readonly NoteEdit[] {
  if (sections.length === 0) {
    return [];
  }
  const { at, endsSections } = beginningOf(blocks);
  const before = serialiseNote(blocks.slice(0, at));
  const text = [...sections, ...(endsSections ? [] : [ruleFor(blocks)])].join('\n\n');
  return [insertion(before, `${text}\n\n`)];
}

/** The edits that add sections at the end of a note, with a rule between the turns and the first section. */
export function placeAfter(blocks: readonly NoteBlock[], sections: readonly string[]): readonly NoteEdit[] {
  if (sections.length === 0) {
    return [];
  }
  const after = blocks.slice(blocks.findLastIndex(({ kind }) => kind === 'paragraph') + 1);
  const hasRule = after.some(({ kind }) => kind === 'rule');
  return [
    insertion(
      serialiseNote(blocks),
      `${[...(hasRule ? [] : [ruleFor(blocks)]), ...sections].join('\n\n')}\n`,
    ),
  ];
}

function insertion(before: string, text: string): NoteEdit {
  return { start: before.length, end: before.length, text: `${gapAfter(before)}${text}` };
}

/** The block at which the turns begin: the rule before them, the heading of the first turn, or its first paragraph. */
function beginningOf(blocks: readonly NoteBlock[]): { readonly at: number; readonly endsSections: boolean } {
  const first = blocks.findIndex(({ kind }) => kind === 'paragraph');
  const head = blocks.slice(0, first === -1 ? blocks.length : first);
  const lastMark = head.findLastIndex(({ kind }) => kind === 'heading' || kind === 'rule');
  const begin = head[lastMark]?.kind === 'heading' ? lastMark : head.length;
  const lastBefore = head.slice(0, begin).findLastIndex(({ raw }) => raw.trim() !== '');
  return head[lastBefore]?.kind === 'rule'
    ? { at: lastBefore, endsSections: true }
    : { at: begin, endsSections: false };
}
