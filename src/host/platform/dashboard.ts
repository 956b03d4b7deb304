import * as vscode from 'vscode';

/** Opens, in the browser, the page of AssemblyAI where a person makes keys and sees the account's balance. */
export async function openDashboard(): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse('https://www.assemblyai.com/dashboard'));
}
