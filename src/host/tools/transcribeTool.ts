import * as path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import { parseNote } from '../../core/note/parseNote';
import { destinationText } from '../../core/request/destination';
import { estimateText, extentOf, hasExtras } from '../../core/request/estimate';
import { noteBytes, readText } from '../../node/readFiles';
import { logFailure } from '../platform/reportFailure';
import { localOrigin } from '../local/localApi';
import { readPricePerHour } from '../platform/settings';
import { requestOfPreset, type PresetRequest } from './presetInstructions';
import type { Prospect, QuietTranscriber } from '../transcribe/quietTranscriber';
import {
  transcriptResult,
  runForModel,
  plainMarkdown,
  characterLimit,
  workspaceRoots,
  type Tool,
} from './tool';
import { readTranscribeInput } from './toolInput';
import { pathInWorkspace, resolveFile, ToolRefusal } from './workspaceFiles';
import type { Log } from '../../core/ports';

interface Task {
  /** Absolute path of the recording. */
  readonly file: string;
  readonly request: PresetRequest;
  readonly prospect: Prospect;
}

/** The tool that transcribes a recording for a language model, once the user has agreed to the price and the destination. */
export class TranscribeTool implements Tool {
  /** What the user was asked to agree to, by the input of the call. */
  private readonly confirmed = new Map<string, string>();

  constructor(
    private readonly transcriber: QuietTranscriber,
    private readonly log: Log,
  ) {}

  prepareInvocation(
    { input }: { readonly input: unknown },
    token: vscode.CancellationToken,
  ): Promise<vscode.PreparedToolInvocation> {
    return this.runForModel(token, async (signal) => {
      const task = await this.taskOf(input, signal);
      const name = path.basename(task.file);
      // VS Code asks the user only if there is a title.
      const title = 'Transcribe this recording?';
      this.confirmed.set(JSON.stringify(input), termsOf(task));
      return {
        invocationMessage: plainMarkdown(`Transcribing ${name}`),
        confirmationMessages: { title, message: plainMarkdown(...describe(task)) },
      };
    });
  }

  invoke(
    options: vscode.LanguageModelToolInvocationOptions<unknown>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    return this.runForModel(token, async (signal) => {
      const task = await this.taskOf(options.input, signal);
      if (this.confirmed.get(JSON.stringify(options.input)) !== termsOf(task)) {
        // The terms have changed since the user agreed: the note may be gone, or a setting may be different.
        throw new ToolRefusal('Price, destination or options are not what the user agreed to. Ask again.');
      }
      const { prospect, file } = task;
      const note = await this.transcriber.transcribe(prospect, signal);
      const { turns } = parseNote(await readText(note, noteBytes));
      const [name, notePath] = [path.basename(file), vscode.workspace.asRelativePath(note)];
      const about =
        prospect.kind === 'hasNote'
          ? `${name} had a note already, so nothing was sent and nothing was paid: ${notePath}.`
          : `The transcript of ${name} is written to ${notePath}.`;
      return transcriptResult(about, turns, {}, characterLimit(options));
    });
  }

  private async taskOf(input: unknown, signal: AbortSignal): Promise<Task> {
    const { path: named, preset } = readTranscribeInput(input);
    const roots = workspaceRoots();
    const file = await pathInWorkspace(await resolveFile(named, roots), roots);
    const request = await requestOfPreset(preset, file);
    const prospect = await this.transcriber.inspect(file, request.instructions, signal);
    if (preset !== undefined && prospect.kind === 'fresh' && prospect.service === localOrigin) {
      throw new Failure('beyondLocal', 'Presets need AssemblyAI', { subject: path.basename(file) });
    }
    return { file, request, prospect };
  }

  private runForModel<T>(
    token: vscode.CancellationToken,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return runForModel(token, (failure) => logFailure(this.log, 'Transcribing for a model', failure), work);
  }
}

/** Everything that the user agrees to, also what the words leave out, such as the key terms themselves. */
function termsOf(task: Task): string {
  return JSON.stringify([describe(task), task.request.instructions]);
}

/** What the user is asked to agree to, in paragraphs. */
function describe({ file, request, prospect }: Task): readonly string[] {
  const recording = vscode.workspace.asRelativePath(file);
  switch (prospect.kind) {
    case 'hasNote': {
      const note = vscode.workspace.asRelativePath(prospect.note);
      return [
        recording,
        `It has a note already, ${note}, which is read. Nothing is sent, and it costs nothing.`,
      ];
    }
    case 'transcribed':
      return [
        recording,
        'Its transcript is already beside it, so only the note is written. Nothing is sent, and it costs nothing.',
      ];
    case 'fresh': {
      const { service, durationSeconds } = prospect;
      const price = service === localOrigin ? null : readPricePerHour();
      const estimate = estimateText(
        extentOf([durationSeconds]),
        price,
        hasExtras(request.instructions.options),
      );
      return [recording, `${estimate}.`, `It goes to ${destinationText(service)}.`, ...request.words];
    }
  }
}
