import { isMap, isScalar, parseDocument, type Pair, type Scalar } from 'yaml';
import { escapeHeading } from '../markdown/markdownText';
import type { NoteEdit } from '../note/noteEdit';
import { blocksWithOffsets, type Note, type NoteBlock } from '../note/parseNote';
import { hasDefaultName, defaultSpeakerName } from '../note/speakerNames';
import { yamlString } from '../note/yamlString';

/**
 * Names for the speakers of a note that nobody has named: labels with what the service calls them. What somebody else
 * wrote stays, in front matter as in headings.
 */
export function namesToGive(
  { properties }: Note,
  found: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const called = (label: string): string => properties.speakers.get(label) ?? defaultSpeakerName(label);
  return new Map([...found].filter(([label]) => hasDefaultName(label, called(label))));
}

/** Puts names in place of those like "Speaker A": over what is said, and in front matter. */
export function speakerNameEdits({ blocks }: Note, names: ReadonlyMap<string, string>): readonly NoteEdit[] {
  const byDefault = new Map([...names].map(([label, name]) => [defaultSpeakerName(label), name]));
  const edits: NoteEdit[] = [];
  for (const [at, [offset, block]] of [...blocksWithOffsets(blocks)].entries()) {
    const name = block.kind === 'heading' ? byDefault.get(block.name) : undefined;
    if (name !== undefined && isOfTurn(blocks, at)) {
      edits.push(inHeading(block.raw, offset, name));
    }
    if (block.kind === 'frontMatter') {
      edits.push(...inFrontMatter(block.raw, offset, names));
    }
  }
  return edits;
}

/** Whether something is said under a heading; else it is that of a section. */
function isOfTurn(blocks: readonly NoteBlock[], at: number): boolean {
  let next = at + 1;
  while (blocks[next]?.kind === 'other') {
    next++;
  }
  return blocks[next]?.kind === 'paragraph';
}

function inHeading(raw: string, offset: number, name: string): NoteEdit {
  const marks = /^#+[ \t]+/.exec(raw)?.[0] ?? '';
  const end = offset + raw.trimEnd().length;
  return { start: offset + marks.length, end, text: escapeHeading(name) };
}

/** Names are written anew where they stand, so that all else, comments included, stays. */
function inFrontMatter(raw: string, offset: number, names: ReadonlyMap<string, string>): readonly NoteEdit[] {
  const start = /^[^\r\n]*(?:\r\n|\n|\r)/.exec(raw)?.[0].length ?? 0;
  const yaml = raw.slice(start).replace(/---[ \t]*[\r\n]*$/, '');
  const document = parseDocument(yaml, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const speakers = document.get('speakers');
  return (isMap(speakers) ? speakers.items : []).flatMap(({ key, value }: Pair) => {
    const name = isScalar(key) ? names.get(String(key.value)) : undefined;
    const isDefault =
      isScalar(key) && isWritten(value) && value.value === defaultSpeakerName(String(key.value));
    const [from, to] = isWritten(value) ? value.range : [0, 0];
    return name === undefined || !isDefault
      ? []
      : [{ start: offset + start + from, end: offset + start + to, text: yamlString(name) }];
  });
}

const onOneLine: ReadonlySet<unknown> = new Set(['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE']);

/** A text as most people write one, where it stands; no block of lines, and nothing that is referred to elsewhere. */
function isWritten(value: unknown): value is Scalar & { readonly range: readonly [number, number, number] } {
  return (
    isScalar(value) &&
    Array.isArray(value.range) &&
    onOneLine.has(value.type) &&
    value.anchor === undefined &&
    value.tag === undefined
  );
}
