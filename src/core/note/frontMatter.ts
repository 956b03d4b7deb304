import { parseDocument } from 'yaml';
import type { Redaction } from '../transcript/results/results';
import { yamlString } from './yamlString';
import { formatTime } from '../text';

/** What a note says about itself, as it is written; null and empty fields are left out. */
export interface FrontMatter {
  /** Path from the note to the recording, with `/`, or a `file:` URI, or an address on the web. */
  readonly recording: string | null;
  /** Id at the service. */
  readonly transcript: string;
  readonly language: string | null;
  /** The language that the note was translated from. */
  readonly translatedFrom: string | null;
  /** All languages spoken, where there are several. */
  readonly languages: readonly string[];
  readonly durationSeconds: number | null;
  /** Names by label. */
  readonly speakers: ReadonlyMap<string, string>;
  readonly model: string | null;
  /** The domain that the service was prepared for. */
  readonly domain: string | null;
  readonly redaction: Redaction | null;
  readonly created: Date;
  readonly warnings: readonly string[];
}

/** The YAML block at the head of a note, with its fences. */
export function renderFrontMatter(matter: FrontMatter): string {
  const { durationSeconds, speakers, warnings } = matter;
  const duration = durationSeconds === null ? null : formatTime(Math.round(durationSeconds) * 1000);
  const named = [...speakers].map(([label, name]) => `${yamlString(label)}: ${yamlString(name)}`);
  return [
    '---',
    ...field('recording', matter.recording),
    `transcript: ${yamlString(matter.transcript)}`,
    ...field('language', matter.language),
    ...field('translated_from', matter.translatedFrom),
    ...list('languages', matter.languages),
    // Always quoted: a time of day to some readers, a number of seconds to others.
    ...(duration === null ? [] : [`duration: "${duration}"`]),
    ...(named.length === 0 ? [] : [`speakers: {${named.join(', ')}}`]),
    ...field('model', matter.model),
    ...field('domain', matter.domain),
    ...redactionFields(matter.redaction),
    `created: ${matter.created.toISOString().replace(/\.\d+Z$/, 'Z')}`,
    ...(warnings.length === 0
      ? []
      : ['warnings:', ...warnings.map((warning) => `  - ${yamlString(warning)}`)]),
    '---',
    '',
  ].join('\n');
}

function field(key: string, value: string | null): string[] {
  return value === null ? [] : [`${key}: ${yamlString(value)}`];
}

function list(key: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${key}: [${values.map(yamlString).join(', ')}]`];
}

/** What was redacted, and what stands in its place. */
function redactionFields(redaction: Redaction | null): string[] {
  return redaction === null
    ? []
    : [...list('redacted', redaction.policies), ...field('redacted_with', redaction.substitute)];
}

/** Front matter as read from a note, which anybody may have edited. */
export interface NoteProperties {
  readonly recording: string | null;
  readonly transcript: string | null;
  /** The language that the note was translated from. */
  readonly translatedFrom: string | null;
  /** Names by label. */
  readonly speakers: ReadonlyMap<string, string>;
  /** Every key, also those that are not ours; scalars as the strings that they are written as. */
  readonly all: ReadonlyMap<string, unknown>;
}

/** No note has so much to say about itself, and to read a megabyte would hold the editor up for seconds. */
const longest = 64 * 1024;

/** Reads the YAML between the fences; what cannot be read counts as absent. */
export function parseFrontMatter(yaml: string): NoteProperties {
  const all = readMap(yaml.length > longest ? '' : yaml);
  return {
    recording: readString(all.get('recording')),
    transcript: readString(all.get('transcript')),
    translatedFrom: readString(all.get('translated_from')),
    speakers: readNames(all.get('speakers')),
    all,
  };
}

function readMap(yaml: string): ReadonlyMap<string, unknown> {
  // Without a schema, no label or name turns into a number, a truth or nothing.
  const document = parseDocument(yaml, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  try {
    return asMap(document.errors.length === 0 ? document.toJS() : null);
  } catch {
    // Aliases without end or without an anchor.
    return new Map();
  }
}

function asMap(value: unknown): ReadonlyMap<string, unknown> {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  return new Map(isMapping ? Object.entries(value) : []);
}

function readString(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function readNames(value: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [label, name] of asMap(value)) {
    if (typeof name === 'string' && name !== '') {
      names.set(label, name);
    }
  }
  return names;
}
