import { gapAfter, type NoteEdit } from '../note/noteEdit';
import { serialiseNote, type NoteBlock } from '../note/parseNote';

/** Below a line that begins front matter without an end, `---` would be that end. */
function ruleFor([first]: readonly NoteBlock[]): string {
  return first?.kind === 'frontMatter' ? '---' : '***';
}

/** Sections behind those that stand before what is said, with the rule that ends them, where it is not there yet. */
export function placeBefore(blocks: readonly NoteBlock[], sections: readonly string[]): readonly NoteEdit[] {
  if (sections.length === 0) {
    return [];
  }
  const { at, endsSections } = beginningOf(blocks);
  const before = serialiseNote(blocks.slice(0, at));
  const text = [...sections, ...(endsSections ? [] : [ruleFor(blocks)])].join('\n\n');
  return [insertion(before, `${text}\n\n`)];
}

/** Sections at the end of a note, with a rule between what is said and the first of them. */
export function placeAfter(blocks: readonly NoteBlock[], sections: readonly string[]): readonly NoteEdit[] {
  if (sections.length === 0) {
    return [];
  }
  const behind = blocks.slice(blocks.findLastIndex(({ kind }) => kind === 'paragraph') + 1);
  const isParted = behind.some(({ kind }) => kind === 'rule');
  return [
    insertion(
      serialiseNote(blocks),
      `${[...(isParted ? [] : [ruleFor(blocks)]), ...sections].join('\n\n')}\n`,
    ),
  ];
}

function insertion(before: string, text: string): NoteEdit {
  return { start: before.length, end: before.length, text: `${gapAfter(before)}${text}` };
}

/** Where what is said begins: at the rule before it, at the heading of its first turn, or with its first paragraph. */
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
