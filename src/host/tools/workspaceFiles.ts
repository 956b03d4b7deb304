import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { exists } from '../../node/files';

/** A request of a model's that cannot be met; the message tells it why, and what it can do. */
export class ToolRefusal extends Error {
  override readonly name = 'ToolRefusal';
}

/** A folder of the workspace. */
export interface WorkspaceRoot {
  /** Absolute path. */
  readonly folder: string;
  /** As VS Code calls it; where there are several, paths begin with it. */
  readonly name: string;
}

/**
 * The absolute path that a model means: one as it is, or one below a folder of the workspace, with the name of the
 * folder in front or not. It need not exist.
 *
 * @throws ToolRefusal where no folder is open that it could be below
 */
export async function resolveFile(text: string, roots: readonly WorkspaceRoot[]): Promise<string> {
  if (path.isAbsolute(text)) {
    return path.resolve(text);
  }
  const candidates = roots.flatMap(({ folder, name }) => {
    const below = path.resolve(folder, text);
    return text.startsWith(`${name}/`) ? [below, path.resolve(folder, text.slice(name.length + 1))] : [below];
  });
  for (const candidate of candidates) {
    if (await exists(candidate)) {
      return candidate;
    }
  }
  const [first] = candidates;
  if (first === undefined) {
    throw new ToolRefusal(
      'No folder is open, and only what lies in the workspace can be transcribed or read.',
    );
  }
  return first;
}

/**
 * The real path of a file, links followed, if that lies in a folder of the workspace. Undefined for everything else: a
 * model is told nothing of other files, not even whether they exist.
 */
export async function realFileIn(file: string, roots: readonly WorkspaceRoot[]): Promise<string | undefined> {
  return (await locate(file, roots))?.real;
}

/**
 * Where a file of the workspace lies, as its folder is called: links on the way to the folder are the user's, those below
 * it are followed.
 *
 * @throws ToolRefusal for everything that is not there, or lies elsewhere
 */
export async function pathInWorkspace(file: string, roots: readonly WorkspaceRoot[]): Promise<string> {
  const found = await locate(file, roots);
  if (found === undefined) {
    throw new ToolRefusal(`There is no file ${file} in this workspace, and no other can be transcribed.`);
  }
  return path.join(found.folder, found.way);
}

/** A file of the workspace. */
interface Located {
  readonly real: string;
  /** Of the workspace, as it is called there. */
  readonly folder: string;
  /** From that folder to the file, without links. */
  readonly way: string;
}

async function locate(file: string, roots: readonly WorkspaceRoot[]): Promise<Located | undefined> {
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined) {
    return undefined;
  }
  for (const { folder } of roots) {
    const root = await realpath(folder).catch(() => undefined);
    if (root !== undefined && isBelow(real, root)) {
      return { real, folder, way: path.relative(root, real) };
    }
  }
  return undefined;
}

function isBelow(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return way !== '' && !path.isAbsolute(way) && way.split(path.sep)[0] !== '..';
}
