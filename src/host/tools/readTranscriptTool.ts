import * as vscode from 'vscode';
import { logFailure } from '../platform/reportFailure';
import { notePathOf } from '../transcribe/plan';
import { findNote } from '../note/noteFile';
import { inspectRecording } from '../recordings/inspectRecording';
import { findTranscript } from './findTranscript';
import { transcriptResult, runForModel, characterLimit, workspaceRoots, type Tool } from './tool';
import { readTranscriptInput } from './toolInput';
import { resolveFile } from './workspaceFiles';
import type { Log } from '../../core/ports';

/** The tool that returns the transcript of a note or a recording in the workspace to a language model. It sends nothing. */
export class ReadTranscriptTool implements Tool {
  constructor(private readonly log: Log) {}

  prepareInvocation(): Promise<vscode.PreparedToolInvocation> {
    return Promise.resolve({ invocationMessage: 'Reading a transcript' });
  }

  invoke(
    options: vscode.LanguageModelToolInvocationOptions<unknown>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const onFailure = logFailure.bind(undefined, this.log, 'Reading a transcript');
    return runForModel(token, onFailure, async () => {
      const roots = workspaceRoots();
      const { path: named, part } = readTranscriptInput(options.input);
      const { file, turns } = await findTranscript(await resolveFile(named, roots), roots, noteOf);
      const about = `The transcript in ${vscode.workspace.asRelativePath(file)}.`;
      return transcriptResult(about, turns, part, characterLimit(options));
    });
  }
}

/** The note of a recording; undefined also when the recording is gone, since its sidecar may still be there. */
async function noteOf(recording: string): Promise<string | undefined> {
  try {
    return await findNote(notePathOf(recording), await inspectRecording(recording));
  } catch {
    return undefined;
  }
}
