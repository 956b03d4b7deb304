import { Failure } from '../failures/failure';
import { percentEncoded } from '../markdown/linkDestination';

/** Default of the setting `steno.notePath`. */
export const defaultNotePathTemplate = '${recordingFolder}/${recordingName}.transcript.md';

/** The values of the variables in a note path. */
export interface NotePathVariables {
  /** Absolute path of the recording's folder. */
  readonly recordingFolder: string;
  /** File name of the recording without extension. */
  readonly recordingName: string;
  /** File name of the recording with extension. */
  readonly recordingFile: string;
  /** Absolute path of the workspace folder that contains the recording; undefined where none does. */
  readonly workspaceFolder?: string | undefined;
}

/**
 * The absolute path of a recording's note, by a template such as `${workspaceFolder}/notes/${recordingName}.md`. A
 * relative path starts at the recording's folder.
 *
 * @throws Failure `settings` for an empty template, and for a variable that does not exist or has no value
 */
export function expandNotePath(template: string, variables: NotePathVariables): string {
  if (template.trim() === '') {
    throw new Failure('settings', 'The path of notes is empty', { subject: 'steno.notePath' });
  }
  const values = new Map<string, string | undefined>(Object.entries(variables));
  const path = template.replace(/\$\{([^{}]*)\}/g, (variable, name: string) => {
    const value = values.get(name);
    if (value === undefined) {
      throw new Failure('settings', `The path of notes uses ${variable}, which has no value here`, {
        subject: 'steno.notePath',
      });
    }
    return value;
  });
  return isAbsolute(path) ? path : `${variables.recordingFolder}/${path}`;
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|\\\\|[a-z]:[\\/])/i.test(path);
}

/**
 * The path of a note with a number, for where the path itself is taken: `talk.transcript.md` → `talk.transcript-2.md`.
 */
export function alternativeNotePath(path: string, n: number): string {
  return beforeExtension(path, `-${n}`);
}

/** The path of a translation's own note: `talk.transcript.md` → `talk.transcript.de.md`. @param language API code */
export function translationNotePath(path: string, language: string): string {
  // The code comes from the service, so it may contain characters that a file name cannot have.
  return beforeExtension(path, `.${language.replace(/[^\w-]/g, '').slice(0, 20) || 'translation'}`);
}

/**
 * The name of a note without its ending: `talk` for `talk.transcript.md` and for its translation
 * `talk.transcript.de.md`.
 */
export function noteStem(fileName: string): string {
  return fileName.replace(/(?:\.transcript(?:\.[\w-]+)?)?\.md$/i, '');
}

function beforeExtension(path: string, text: string): string {
  const dot = path.lastIndexOf('.');
  const name = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const extension = dot > name ? path.slice(dot) : '';
  return `${path.slice(0, path.length - extension.length)}${text}${extension}`;
}

/**
 * The link from a note to its recording: a relative path with `/`, not encoded (`linkDestination` does that). On
 * Windows, where no relative path leads to another drive, it is a `file:` URI then.
 *
 * @param notePath absolute
 * @param recordingPath absolute
 * @param separator of both paths, `/` or `\\`
 */
export function linkFromNote(notePath: string, recordingPath: string, separator: string): string {
  const windows = separator === '\\';
  const note = split(notePath, windows);
  const recording = split(recordingPath, windows);
  if (!same(note.root, recording.root, windows)) {
    return fileUri(recording);
  }
  const folder = note.names.slice(0, -1);
  const firstOther = folder.findIndex((name, i) => !same(name, recording.names[i] ?? '', windows));
  const shared = Math.min(firstOther === -1 ? folder.length : firstOther, recording.names.length - 1);
  return [...folder.slice(shared).map(() => '..'), ...recording.names.slice(shared)].join('/');
}

interface SplitPath {
  /** Drive or share on Windows, otherwise ''. */
  readonly root: string;
  readonly names: readonly string[];
}

function split(path: string, windows: boolean): SplitPath {
  if (!windows) {
    return { root: '', names: resolved(path.split('/')) };
  }
  const normal = path.replaceAll('\\', '/');
  const root = /^(?:[a-z]:|\/\/[^/]+\/[^/]+)/i.exec(normal)?.[0] ?? '';
  return { root, names: resolved(normal.slice(root.length).split('/')) };
}

function resolved(names: readonly string[]): string[] {
  const result: string[] = [];
  for (const name of names) {
    if (name === '..') {
      result.pop();
    } else if (name !== '' && name !== '.') {
      result.push(name);
    }
  }
  return result;
}

function same(a: string, b: string, windows: boolean): boolean {
  return windows ? a.toLowerCase() === b.toLowerCase() : a === b;
}

function fileUri({ root, names }: SplitPath): string {
  const path = [root, ...names].join('/').replace(/[^\w.~:/-]/gu, percentEncoded);
  return path.startsWith('//') ? `file:${path}` : `file:///${path}`;
}
