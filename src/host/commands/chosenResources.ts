import * as vscode from 'vscode';

/**
 * What VS Code's menus hand over: the resource under the pointer, and the whole selection if that is part of it;
 * undefined from the command palette.
 */
export function chosenResources(clicked: unknown, selected: unknown): readonly vscode.Uri[] | undefined {
  if (!(clicked instanceof vscode.Uri)) {
    return undefined;
  }
  const all = Array.isArray(selected) ? selected.filter((item) => item instanceof vscode.Uri) : [];
  return all.length > 0 ? all : [clicked];
}
