import { isMap, isScalar, type Pair, type Scalar } from 'yaml';
import { escapeHeading } from '../markdown/markdownText';
import { frontMatterEntries, parseEntry } from '../note/frontMatterEntries';
import type { NoteEdit } from '../note/noteEdit';
import { blocksWithOffsets, type Note, type NoteBlock } from '../note/parseNote';
import { defaultSpeakerName, hasDefaultName } from '../note/speakerNames';
import { yamlString } from '../note/yamlString';

/**
 * The names that the note is missing: those of speakers who still have their default name there. A name that its user
 * has given stays.
 *
 * @param found names by label, as the service found them
 * @returns names by label
 */
export function namesToGive(
  { properties }: Note,
  found: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const called = (label: string): string => properties.speakers.get(label) ?? defaultSpeakerName(label);
  return new Map([...found].filter(([label]) => hasDefaultName(label, called(label))));
}

/**
 * The edits that replace default names such as "Speaker A" in the headings of turns and in the front matter.
 *
 * @param names names by label
 */
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

/** Whether a heading belongs to a turn rather than to a section: a paragraph follows it. */
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

/** Only the names are replaced, so that everything else in the front matter stays, including comments. */
function inFrontMatter(raw: string, offset: number, names: ReadonlyMap<string, string>): readonly NoteEdit[] {
  const start = /^[^\r\n]*(?:\r\n|\n|\r)/.exec(raw)?.[0].length ?? 0;
  const yaml = raw.slice(start).replace(/---[ \t]*[\r\n]*$/, '');
  const entry = frontMatterEntries(yaml).get('speakers');
  const speakers = entry && parseEntry(entry)?.get('speakers');
  const begin = offset + start + (entry?.offset ?? 0);
  return (isMap(speakers) ? speakers.items : []).flatMap(({ key, value }: Pair) => {
    const name = isScalar(key) ? names.get(String(key.value)) : undefined;
    const isDefault =
      isScalar(key) && isPlainString(value) && value.value === defaultSpeakerName(String(key.value));
    const [from, to] = isPlainString(value) ? value.range : [0, 0];
    return name === undefined || !isDefault
      ? []
      : [{ start: begin + from, end: begin + to, text: yamlString(name) }];
  });
}

const onOneLine: ReadonlySet<unknown> = new Set(['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE']);

/**
 * Whether a YAML value is a string on one line, without anchor and tag: only such a string can be replaced in its
 * place.
 */
function isPlainString(
  value: unknown,
): value is Scalar & { readonly range: readonly [number, number, number] } {
  return (
    isScalar(value) &&
    Array.isArray(value.range) &&
    onOneLine.has(value.type) &&
    value.anchor === undefined &&
    value.tag === undefined
  );
}
