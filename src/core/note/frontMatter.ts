import { readObject } from '../json';
import { formatTime } from '../text';
import type { Redaction } from '../transcript/results/results';
import { frontMatterEntries, parseEntry } from './frontMatterEntries';
import { yamlString } from './yamlString';

/** The front matter that Steno writes; null and empty fields are left out. */
export interface FrontMatter {
  /** Link to the recording: a relative path with `/`, a `file:` URI, or an address on the web. */
  readonly recording: string | null;
  /** Id of the transcript at the service. */
  readonly transcript: string;
  /** API code such as `en`. */
  readonly language: string | null;
  /** API code of the language that the note was translated from. */
  readonly translatedFrom: string | null;
  /** API codes of all languages spoken, where there are several. */
  readonly languages: readonly string[];
  readonly durationSeconds: number | null;
  /** Names by label. */
  readonly speakers: ReadonlyMap<string, string>;
  readonly model: string | null;
  /** The API's `domain`, such as `medical-v1`. */
  readonly domain: string | null;
  readonly redaction: Redaction | null;
  readonly created: Date;
  readonly warnings: readonly string[];
}

/** Front matter as YAML between `---` lines. */
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
    // Always quoted, since parsers read it as a time of day or a number of seconds.
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

/** What was redacted, and what replaces it. */
function redactionFields(redaction: Redaction | null): string[] {
  return redaction === null
    ? []
    : [...list('redacted', redaction.policies), ...field('redacted_with', redaction.substitute)];
}

/** Front matter as it was read from a note, which may have been edited. */
export interface NoteProperties {
  readonly recording: string | null;
  readonly transcript: string | null;
  /** API code of the language that the note was translated from. */
  readonly translatedFrom: string | null;
  /** Names by label. */
  readonly speakers: ReadonlyMap<string, string>;
  /** The values of all keys that Steno writes; scalars are strings, as they are written. */
  readonly all: ReadonlyMap<string, unknown>;
}

/** Reads the YAML between the `---` lines. What cannot be read counts as missing, and other keys are left alone. */
export function parseFrontMatter(yaml: string): NoteProperties {
  const all = new Map<string, unknown>();
  for (const [key, entry] of frontMatterEntries(yaml)) {
    const value = asMap(parseEntry(entry)?.toJS()).get(key);
    if (value !== undefined) {
      all.set(key, value);
    }
  }
  return {
    recording: readString(all.get('recording')),
    transcript: readString(all.get('transcript')),
    translatedFrom: readString(all.get('translated_from')),
    speakers: readNames(all.get('speakers')),
    all,
  };
}

function asMap(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(readObject(value)));
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
