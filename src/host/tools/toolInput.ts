import { parseTime, type TranscriptSelection } from '../../core/search/transcriptLines';
import { readObject } from '../../core/json';
import { ToolRefusal } from './workspaceFiles';

// A model may send anything, whatever the schema in package.json says.

/** Input of `steno_transcribe`. */
export interface TranscribeInput {
  readonly path: string;
  readonly preset: string | undefined;
}

/** Reads the input of `steno_transcribe`. @throws ToolRefusal when it is malformed */
export function readTranscribeInput(input: unknown): TranscribeInput {
  const { path, preset } = readObject(input);
  return { path: requiredPath(path), preset: optionalText('preset', preset) };
}

/** Input of `steno_readTranscript`. */
export interface ReadTranscriptInput {
  readonly path: string;
  readonly part: TranscriptSelection;
}

/** Reads the input of `steno_readTranscript`. @throws ToolRefusal when it is malformed */
export function readTranscriptInput(input: unknown): ReadTranscriptInput {
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

/** Models may fill in optional fields with an empty text, which counts as left out. */
function optionalText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value !== 'string') {
    throw new ToolRefusal(`“${name}” has to be a string.`);
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
