import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { actualPath } from '../../node/actualPath';
import { isBelow, isOnOtherHost } from '../../node/pathsWithin';

/** A call that cannot be carried out. The message tells the model why, and what it can do. */
export class ToolRefusal extends Error {
  override readonly name = 'ToolRefusal';
}

/** A folder of the workspace. */
export interface WorkspaceRoot {
  /** Absolute path. */
  readonly folder: string;
  /** Its name in VS Code. With several folders, paths may begin with it. */
  readonly name: string;
}

/**
 * The absolute path that a model means. A relative path starts at a folder of the workspace, or with the name of one. The
 * file need not exist.
 *
 * @throws ToolRefusal for a relative path when no folder is open, and for a path on another host
 */
export async function resolveFile(text: string, roots: readonly WorkspaceRoot[]): Promise<string> {
  if (isOnOtherHost(text, folders(roots))) {
    throw new ToolRefusal(
      `${text} is on another host. Only files in the workspace can be transcribed or read.`,
    );
  }
  if (path.isAbsolute(text)) {
    return path.resolve(text);
  }
  const candidates = roots.flatMap(({ folder, name }) => {
    const below = path.resolve(folder, text);
    return text.startsWith(`${name}/`) ? [below, path.resolve(folder, text.slice(name.length + 1))] : [below];
  });
  for (const candidate of candidates) {
    const file = await actualPath(candidate);
    if (file !== undefined) {
      return file;
    }
  }
  const [first] = candidates;
  if (first === undefined) {
    throw new ToolRefusal('No folder is open. Only files in the workspace can be transcribed or read.');
  }
  return first;
}

function folders(roots: readonly WorkspaceRoot[]): readonly string[] {
  return roots.map(({ folder }) => folder);
}

/**
 * The real path of a file, with links followed, if it is in a folder of the workspace. Undefined for all other files: a
 * model must not even learn whether they exist.
 */
export async function realFileIn(file: string, roots: readonly WorkspaceRoot[]): Promise<string | undefined> {
  return (await locate(file, roots))?.real;
}

/**
 * The path of a file in the workspace. It starts with the folder's path as the user opened it, even if that has links in
 * it; links below the folder are followed.
 *
 * @throws ToolRefusal when the file does not exist or is not in the workspace
 */
export async function pathInWorkspace(file: string, roots: readonly WorkspaceRoot[]): Promise<string> {
  const found = await locate(file, roots);
  if (found === undefined) {
    throw new ToolRefusal(
      `There is no file ${file} in this workspace. Only files in the workspace can be transcribed.`,
    );
  }
  return path.join(found.folder, found.relative);
}

/** A file in the workspace. */
interface Located {
  /** Absolute path with links followed. */
  readonly real: string;
  /** The folder of the workspace, as the user opened it. */
  readonly folder: string;
  /** Path from that folder to the file, with links followed. */
  readonly relative: string;
}

async function locate(file: string, roots: readonly WorkspaceRoot[]): Promise<Located | undefined> {
  const actual = isOnOtherHost(file, folders(roots)) ? undefined : await actualPath(file);
  const real = actual === undefined ? undefined : await realpath(actual).catch(() => undefined);
  if (real === undefined) {
    return undefined;
  }
  for (const { folder } of roots) {
    const root = await realpath(folder).catch(() => undefined);
    if (root !== undefined && isBelow(real, root)) {
      return { real, folder, relative: path.relative(root, real) };
    }
  }
  return undefined;
}
