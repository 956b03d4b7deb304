import * as vscode from 'vscode';

/** Opens AssemblyAI's page for API keys and the account's balance in the browser. */
export async function openDashboard(): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse('https://www.assemblyai.com/dashboard'));
}
