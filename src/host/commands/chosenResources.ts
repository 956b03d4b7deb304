import * as vscode from 'vscode';

/**
 * The resources that a menu of VS Code passes to a command: the selected ones, if the one under the pointer is among them,
 * else that one alone. Undefined when the command was run from the palette.
 */
export function chosenResources(clicked: unknown, selected: unknown): readonly vscode.Uri[] | undefined {
  if (!(clicked instanceof vscode.Uri)) {
    return undefined;
  }
  const all = Array.isArray(selected) ? selected.filter((item) => item instanceof vscode.Uri) : [];
  return all.length > 0 ? all : [clicked];
}
