import { CST, Lexer, parseDocument, type Document } from 'yaml';

/** A key at the outermost level of front matter, with its value. */
export interface FrontMatterEntry {
  /** The YAML of key and value, with all its lines. */
  readonly yaml: string;
  /** Where that begins in the front matter, in characters. */
  readonly offset: number;
}

/** The keys that Steno writes. Others are left alone: people and other tools may write there what they like. */
const keys = [
  ...(['recording', 'transcript', 'language', 'translated_from', 'languages', 'duration'] as const),
  ...(['speakers', 'model', 'domain', 'redacted', 'redacted_with', 'created', 'warnings'] as const),
] as const;

/** A key that Steno writes. */
export type FrontMatterKey = (typeof keys)[number];

/** In characters. No real front matter is this long. */
const maxYamlLength = 64 * 1024;
/** In characters. The names of all speakers stand in one entry. */
const maxEntryLength = 32 * 1024;
/** Steno writes one list or map at most, and people hardly nest them deeper in these keys. */
const maxDepth = 8;
/** As many as the names of some hundred speakers have. The parser takes a twentieth of a millisecond for a wrong one. */
const maxTokens = 5000;
/** Each space may begin a level. */
const deepIndent = /^[ \t]{65}/m;

const lines = /[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g;
const keyOfLine = new RegExp(`^(["']?)(${keys.join('|')})\\1[ \\t]*:(?=\\s|$)`);
/** A line that goes on with the entry above it: indented, blank, a comment, an item of a list, or a closing bracket. */
const continuation = /^(?:[ \t\r\n#}\]]|-[ \t\r\n]|-$|$)/;

/**
 * Finds Steno's keys in front matter without parsing any YAML. Of a key that is there twice, the last one counts.
 *
 * @param yaml the text between the `---` lines
 */
export function frontMatterEntries(yaml: string): ReadonlyMap<FrontMatterKey, FrontMatterEntry> {
  const found = new Map<FrontMatterKey, FrontMatterEntry>();
  if (yaml.length > maxYamlLength) {
    return found;
  }
  let key: FrontMatterKey | undefined;
  let start = 0;
  let offset = 0;
  const close = (): void => {
    if (key !== undefined && offset - start <= maxEntryLength) {
      found.set(key, { yaml: yaml.slice(start, offset), offset: start });
    }
  };
  for (const line of yaml.match(lines) ?? []) {
    if (!continuation.test(line)) {
      close();
      key = keyOfLine.exec(line)?.[2] as FrontMatterKey | undefined;
      start = offset;
    }
    offset += line.length;
  }
  close();
  return found;
}

/**
 * Parses an entry. All scalars are strings, so that no label or name becomes a number, a boolean or null.
 *
 * @returns undefined for YAML that has an error, nests too deep, or has aliases or keys after a `?`
 */
export function parseEntry({ yaml }: FrontMatterEntry): Document | undefined {
  if (!isSimple(yaml)) {
    return undefined;
  }
  const document = parseDocument(yaml, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  return document.errors.length === 0 ? document : undefined;
}

const refused: ReadonlySet<string | null> = new Set(['alias', 'explicit-key-ind']);
const opening: ReadonlySet<string | null> = new Set(['flow-map-start', 'flow-seq-start']);
const closing: ReadonlySet<string | null> = new Set(['flow-map-end', 'flow-seq-end']);
const blockMarks: ReadonlySet<string | null> = new Set(['seq-item-ind', 'map-value-ind']);

/**
 * Whether YAML is as simple as Steno's. The lexer does not recurse and is asked for one token after another, so this costs
 * little, whatever the text is. The parser does recurse: a few thousand brackets overflow its stack.
 */
function isSimple(yaml: string): boolean {
  let tokens = 0;
  let brackets = 0;
  let marksOnLine = 0;
  for (const token of new Lexer().lex(yaml)) {
    const type = CST.tokenType(token);
    tokens += 1;
    brackets += Number(opening.has(type)) - Number(closing.has(type));
    marksOnLine = type === 'newline' ? 0 : marksOnLine + Number(brackets === 0 && blockMarks.has(type));
    if (refused.has(type) || tokens > maxTokens || Math.max(brackets, marksOnLine) > maxDepth) {
      return false;
    }
  }
  return !deepIndent.test(yaml);
}
