import type * as vscode from 'vscode';
import { toolNames, type ToolName } from '../platform/manifest';
import type { Tool } from './tool';

/**
 * Registers the tools for language models. They load what they need when a model first calls one.
 *
 * @param lm `vscode.lm`; some editors that run VS Code extensions do not have it, and then no tool is registered
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
