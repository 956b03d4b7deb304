import { Failure } from '../failures/failure';
import { percentEncoded } from '../markdown/linkDestination';

export const defaultNotePathTemplate = '${recordingFolder}/${recordingName}.transcript.md';

/** What the variables of a note path stand for. */
export interface NotePathVariables {
  /** Absolute path of the folder that the recording is in. */
  readonly recordingFolder: string;
  /** File name without its extension. */
  readonly recordingName: string;
  /** File name with its extension. */
  readonly recordingFile: string;
  /** Absolute path; absent where the recording is in no folder of the workspace. */
  readonly workspaceFolder?: string | undefined;
}

/**
 * The absolute path that a template such as `${workspaceFolder}/notes/${recordingName}.md` means for a recording.
 * A relative one starts at the folder of the recording.
 *
 * @throws Failure `settings` for a variable that does not exist or has no value here
 */
export function expandNotePath(template: string, variables: NotePathVariables): string {
  if (template.trim() === '') {
    throw new Failure('settings', 'The path of notes is empty', { subject: 'steno.notePath' });
  }
  const values = new Map<string, string | undefined>(Object.entries(variables));
  const path = template.replace(/\$\{([^}]*)\}/g, (variable, name: string) => {
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

/** Where a note goes when its place is taken for the nth time: `talk.transcript.md` → `talk.transcript-2.md`. */
export function alternativeNotePath(path: string, n: number): string {
  return beforeExtension(path, `-${n}`);
}

/** Where a translation goes that has a note of its own: `talk.transcript.md` → `talk.transcript.de.md`. */
export function translationNotePath(path: string, language: string): string {
  // The code is the service's word, and becomes part of a name.
  return beforeExtension(path, `.${language.replace(/[^\w-]/g, '').slice(0, 20) || 'translation'}`);
}

/** The name of a note without its ending: `talk` of `talk.transcript.md` and of its translation `talk.transcript.de.md`. */
export function noteStem(fileName: string): string {
  return fileName.replace(/(?:\.transcript(?:\.[\w-]+)?)?\.md$/i, '');
}

function beforeExtension(path: string, text: string): string {
  const extension = /(?<=[^\\/])\.[^.\\/]*$/.exec(path)?.[0] ?? '';
  return `${path.slice(0, path.length - extension.length)}${text}${extension}`;
}

/**
 * The way from a note to its recording, both given as absolute paths: relative, with `/`, and not yet encoded.
 * From one drive of Windows to another there is no such way; it is a `file:` URI then.
 *
 * @param separator of the paths, `/` or `\\`
 */
export function linkFromNote(notePath: string, recordingPath: string, separator: string): string {
  const windows = separator === '\\';
  const note = split(notePath, windows);
  const recording = split(recordingPath, windows);
  if (!same(note.root, recording.root, windows)) {
    return fileUri(recording);
  }
  const folder = note.names.slice(0, -1);
  const parting = folder.findIndex((name, i) => !same(name, recording.names[i] ?? '', windows));
  const shared = Math.min(parting === -1 ? folder.length : parting, recording.names.length - 1);
  return [...folder.slice(shared).map(() => '..'), ...recording.names.slice(shared)].join('/');
}

interface SplitPath {
  /** Drive or share on Windows, else ''. */
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
