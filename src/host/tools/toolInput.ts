import { parseTime, type TranscriptSelection } from '../../core/search/transcriptLines';
import { readObject } from '../../core/json';
import { ToolRefusal } from './workspaceFiles';

// A model may send anything, whatever the schema says.

export interface TranscribeInput {
  readonly path: string;
  readonly preset: string | undefined;
}

/** @throws ToolRefusal */
export function readTranscribeInput(input: unknown): TranscribeInput {
  const { path, preset } = readObject(input);
  return { path: requiredPath(path), preset: optionalText('preset', preset) };
}

export interface ReadInput {
  readonly path: string;
  readonly part: TranscriptSelection;
}

/** @throws ToolRefusal */
export function readReadInput(input: unknown): ReadInput {
  const { path, speaker, from, to, query } = readObject(input);
  return {
    path: requiredPath(path),
    part: {
      speaker: optionalText('speaker', speaker),
      fromMs: optionalTime('from', from),
      toMs: optionalTime('to', to),
      query: optionalText('query', query),
    },
  };
}

function requiredPath(value: unknown): string {
  const path = optionalText('path', value);
  if (path === undefined || path.includes('\0')) {
    throw new ToolRefusal('The path of the file is missing.');
  }
  return path;
}

/** Models fill in what they need not: an empty text is none. */
function optionalText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value !== 'string') {
    throw new ToolRefusal(`“${name}” has to be a text.`);
  }
  return value;
}

function optionalTime(name: string, value: unknown): number | undefined {
  const text = optionalText(name, typeof value === 'number' ? String(value) : value);
  const ms = text === undefined ? undefined : parseTime(text);
  if (text !== undefined && ms === undefined) {
    throw new ToolRefusal(`“${name}” has to be a time such as 00:12:30, or a number of seconds.`);
  }
  return ms;
}
