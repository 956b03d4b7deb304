import type * as vscode from 'vscode';
import { toolNames, type ToolName } from '../platform/manifest';
import type { Tool } from './tool';

/**
 * Offers the tools to language models, where the editor has any. What they need is loaded when one is called.
 *
 * @param lm `vscode.lm`, which not every editor that runs extensions has
 */
export function registerTools(
  lm: Partial<typeof vscode.lm> | undefined,
  tools: () => Promise<Readonly<Record<ToolName, Tool>>>,
): vscode.Disposable[] {
  return toolNames.flatMap((name) => {
    const tool: Tool = {
      prepareInvocation: async (options, token) => (await tools())[name].prepareInvocation(options, token),
      invoke: async (options, token) => (await tools())[name].invoke(options, token),
    };
    return lm?.registerTool?.(name, tool) ?? [];
  });
}
