import type * as vscode from 'vscode';

/** Remembers a choice for the next time. That VS Code cannot keep it is no reason to stop what was chosen. */
export async function remember(state: vscode.Memento, key: string, value: unknown): Promise<void> {
  await state.update(key, value).then(undefined, () => undefined);
}
