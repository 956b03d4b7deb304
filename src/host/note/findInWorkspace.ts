import * as vscode from 'vscode';

/** More notes than a workspace has. It ends the search in a workspace that is a whole disk. */
const maxFiles = 5000;

/** Files of the workspace that lie on disk. */
export interface FoundFiles {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Says which files were left out; undefined when none were. */
  readonly leftOut: string | undefined;
}

/** Finds files of the workspace by a glob pattern, except in `node_modules`. */
export async function findInWorkspace(pattern: string): Promise<FoundFiles> {
  const uris = await vscode.workspace.findFiles(pattern, '**/node_modules/**', maxFiles);
  return {
    files: uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath),
    leftOut: uris.length < maxFiles ? undefined : `Only ${maxFiles} files in this workspace were searched`,
  };
}
