import { unescapeText } from '../markdown/markdownText';
import { linkTargetsIn, parseTimedLine, type LinkTargets } from '../markdown/timeLink';
import { trimmedEnd } from '../text';
import type { Paragraph } from '../transcript/paragraphs';
import type { Turn } from '../transcript/turns';
import { parseFrontMatter, type NoteProperties } from './frontMatter';

/**
 * A block of a note. `raw` is its Markdown with line breaks. Together, the `raw` of all blocks are the whole note, so a
 * block can be replaced without a change in others.
 */
export type NoteBlock =
  | { readonly kind: 'frontMatter'; readonly raw: string; readonly properties: NoteProperties }
  | { readonly kind: 'title'; readonly raw: string; readonly text: string }
  | { readonly kind: 'heading'; readonly raw: string; readonly name: string }
  | ({ readonly kind: 'paragraph'; readonly raw: string } & Paragraph)
  /** A line across the page, such as `---`. */
  | { readonly kind: 'rule'; readonly raw: string }
  /** Blank lines, and everything else that is not one of the above. */
  | { readonly kind: 'other'; readonly raw: string };

/** A note as it was read, with all changes of its user. */
export interface Note {
  readonly properties: NoteProperties;
  readonly title: string | null;
  /**
   * The turns, with names of speakers. A heading without a paragraph that begins with a time is not a turn but a
   * section. A rule ends a section, so that paragraphs after it do not count as said by "Summary".
   */
  readonly turns: readonly Turn[];
  readonly blocks: readonly NoteBlock[];
}

/** Reads a note. Any text can be read, and `serialiseNote` makes the same text of its blocks. */
export function parseNote(markdown: string): Note {
  const blocks = blocksOf(markdown);
  const frontMatter = blocks.find((block) => block.kind === 'frontMatter');
  return {
    properties: frontMatter?.properties ?? parseFrontMatter(''),
    title: blocks.find((block) => block.kind === 'title')?.text ?? null,
    turns: turnsIn(blocks),
    blocks,
  };
}

/** The Markdown of blocks. */
export function serialiseNote(blocks: readonly NoteBlock[]): string {
  return blocks.map(({ raw }) => raw).join('');
}

/** The blocks in their order, each with the offset in the note at which it begins. */
export function* blocksWithOffsets(
  blocks: readonly NoteBlock[],
): Generator<readonly [offset: number, block: NoteBlock]> {
  let offset = 0;
  for (const block of blocks) {
    yield [offset, block];
    offset += block.raw.length;
  }
}

function turnsIn(blocks: readonly NoteBlock[]): Turn[] {
  const turns: { speaker: string | null; paragraphs: Paragraph[] }[] = [{ speaker: null, paragraphs: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      turns.push({ speaker: block.name, paragraphs: [] });
    } else if (block.kind === 'paragraph') {
      turns.at(-1)?.paragraphs.push({ startMs: block.startMs, text: block.text });
    } else if (block.kind === 'rule' && turns.at(-1)?.paragraphs.length === 0) {
      turns.push({ speaker: null, paragraphs: [] });
    }
  }
  return turns.filter(({ paragraphs }) => paragraphs.length > 0);
}

const frontMatterBlock =
  /^\ufeff?---[ \t]*(?:\r\n|\n|\r)(?:([^]*?)(?:\r\n|\n|\r))??---[ \t]*(?:\r\n|\n|\r|$)/;
const lines = /[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g;

function blocksOf(markdown: string): NoteBlock[] {
  const frontMatter = frontMatterBlock.exec(markdown);
  const raw = frontMatter?.[0] ?? '';
  const text = markdown.slice(raw.length);
  const reader = new BodyReader(linkTargetsIn(text));
  for (const line of text.match(lines) ?? []) {
    reader.read(line);
  }
  const body = reader.blocks;
  return frontMatter === null
    ? body
    : [{ kind: 'frontMatter', raw, properties: parseFrontMatter(frontMatter[1] ?? '') }, ...body];
}

const heading = /^(#{1,2})[ \t]+([^]+)$/;
const rule = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
/**
 * Lines that end a paragraph without a blank line: those of other blocks, and underlines, which turn it into a heading.
 */
const interruption =
  /^ {0,3}(?:#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|\d{1,9}[.)]\s|`{3}|~{3}|<|\||=+\s*$|[-*_](?:\s*[-*_]){2,}\s*$)/;

/** Reads the lines of a note after its front matter. */
class BodyReader {
  readonly blocks: NoteBlock[] = [];
  private hasTitle = false;
  /** Tests for the last line of the code block or comment that is being read; null outside of both. */
  private ending: ((text: string) => boolean) | null = null;

  constructor(private readonly targets: LinkTargets) {}

  read(raw: string): void {
    const text = raw.replace(/(?:\r\n|\n|\r)$/, '');
    if (this.ending !== null) {
      this.ending = this.ending(text) ? null : this.ending;
      this.addOther(raw);
      return;
    }
    this.ending = endingOf(text);
    if (this.ending !== null || !(this.continueParagraph(raw, text) || this.addKnown(raw, text))) {
      this.addOther(raw);
    }
  }

  /**
   * Adds a line to the paragraph before it, which may have been wrapped by hand.
   * @returns whether the line belongs to it
   */
  private continueParagraph(raw: string, text: string): boolean {
    const last = this.blocks.at(-1);
    if (
      last?.kind !== 'paragraph' ||
      text.trim() === '' ||
      interruption.test(text) ||
      parseTimedLine(text, this.targets) !== null
    ) {
      return false;
    }
    const more = unescapeText(text.trim());
    this.blocks.splice(-1, 1, {
      ...last,
      raw: last.raw + raw,
      text: last.text === '' ? more : `${last.text} ${more}`,
    });
    return true;
  }

  /** Adds a block that Steno writes. @returns whether the line is one */
  private addKnown(raw: string, text: string): boolean {
    const timed = parseTimedLine(text, this.targets);
    if (timed !== null) {
      this.blocks.push({
        kind: 'paragraph',
        raw,
        startMs: timed.startMs,
        text: unescapeText(timed.markdown),
      });
      return true;
    }
    if (rule.test(text)) {
      this.blocks.push({ kind: 'rule', raw });
      return true;
    }
    const [, marks, content = ''] = heading.exec(text.trimEnd()) ?? [];
    if (marks === '##') {
      this.blocks.push({ kind: 'heading', raw, name: headingText(content) });
      return true;
    }
    if (marks === '#' && !this.hasTitle) {
      this.hasTitle = true;
      this.blocks.push({ kind: 'title', raw, text: headingText(content) });
      return true;
    }
    return false;
  }

  private addOther(raw: string): void {
    const last = this.blocks.at(-1);
    if (last?.kind === 'other') {
      this.blocks.splice(-1, 1, { kind: 'other', raw: last.raw + raw });
    } else {
      this.blocks.push({ kind: 'other', raw });
    }
  }
}

function headingText(content: string): string {
  const beforeMarks = trimmedEnd(content, /#/);
  return unescapeText((/(?:^|[ \t])$/.test(beforeMarks.slice(-1)) ? beforeMarks : content).trimEnd());
}

/** The test for the last line of a code block or an HTML comment, by its first line; null for other lines. */
function endingOf(text: string): ((text: string) => boolean) | null {
  const marks = fence.exec(text)?.[1];
  if (marks !== undefined) {
    return (line) => /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1]?.startsWith(marks) === true;
  }
  const isOpenComment = /^ {0,3}<!--/.test(text) && !text.includes('-->');
  return isOpenComment ? (line) => line.includes('-->') : null;
}
