import * as vscode from 'vscode';

/** No workspace has so many notes; ends the search in one that is a whole disk. */
const mostFiles = 5000;

/** Files on disk, by their absolute paths. */
export interface FoundFiles {
  readonly files: readonly string[];
  /** What was left out, for people; undefined where that is nothing. */
  readonly leftOut: string | undefined;
}

/** The files of the workspace that a glob pattern names, but for those of installed packages. */
export async function findInWorkspace(pattern: string): Promise<FoundFiles> {
  const uris = await vscode.workspace.findFiles(pattern, '**/node_modules/**', mostFiles);
  return {
    files: uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath),
    leftOut: uris.length < mostFiles ? undefined : `Only ${mostFiles} files of this workspace were looked at`,
  };
}
