import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import { parseNote } from '../../core/note/parseNote';
import { destinationText } from '../../core/request/destination';
import { estimateText, extentOf, hasExtras } from '../../core/request/estimate';
import { logFailure } from '../platform/reportFailure';
import { localOrigin } from '../local/localApi';
import { readPricePerHour } from '../platform/settings';
import { askedBy, type Asked } from './presetInstructions';
import type { Prospect, QuietTranscriber } from '../transcribe/quietTranscriber';
import { answerWith, forModel, plainMarkdown, roomFor, workspaceRoots, type Tool } from './tool';
import { readTranscribeInput } from './toolInput';
import { placeInWorkspace, resolveFile, ToolRefusal } from './workspaceFiles';
import type { Log } from '../../core/ports';

interface Task {
  readonly file: string;
  readonly asked: Asked;
  readonly prospect: Prospect;
}

/** Transcribes a recording for a language model, once its user has agreed to the price and to where the sound goes. */
export class TranscribeTool implements Tool {
  /** What a user agreed to with a call, by its input. */
  private readonly told = new Map<string, string>();

  constructor(
    private readonly transcriber: QuietTranscriber,
    private readonly log: Log,
  ) {}

  prepareInvocation(
    { input }: { readonly input: unknown },
    token: vscode.CancellationToken,
  ): Promise<vscode.PreparedToolInvocation> {
    return this.forModel(token, async (signal) => {
      const task = await this.taskOf(input, signal);
      const name = path.basename(task.file);
      // Without a title VS Code asks nothing.
      const title = 'Transcribe this recording?';
      this.told.set(JSON.stringify(input), allOf(task));
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
    return this.forModel(token, async (signal) => {
      const task = await this.taskOf(options.input, signal);
      if (this.told.get(JSON.stringify(options.input)) !== allOf(task)) {
        // Nobody agreed to that: its note may be gone since, or the settings may have changed.
        throw new ToolRefusal('Price, destination or options are not what the user agreed to: ask again.');
      }
      const { prospect, file } = task;
      const note = await this.transcriber.transcribe(prospect, signal);
      const { turns } = parseNote(await readFile(note, 'utf8'));
      const [name, place] = [path.basename(file), vscode.workspace.asRelativePath(note)];
      const about =
        prospect.kind === 'hasNote'
          ? `${name} had a note already, so nothing was sent and nothing was paid: ${place}.`
          : `The transcript of ${name} is written to ${place}.`;
      return answerWith(about, turns, {}, roomFor(options));
    });
  }

  private async taskOf(input: unknown, signal: AbortSignal): Promise<Task> {
    const { path: named, preset } = readTranscribeInput(input);
    const roots = workspaceRoots();
    const file = await placeInWorkspace(await resolveFile(named, roots), roots);
    const asked = await askedBy(preset, file);
    const prospect = await this.transcriber.inspect(file, asked.instructions, signal);
    if (preset !== undefined && prospect.kind === 'fresh' && prospect.service === localOrigin) {
      throw new Failure('beyondLocal', 'Presets need AssemblyAI', { subject: path.basename(file) });
    }
    return { file, asked, prospect };
  }

  private forModel<T>(
    token: vscode.CancellationToken,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return forModel(token, (failure) => logFailure(this.log, 'Transcribing for a model', failure), work);
  }
}

/** What the user agrees to: what is said, and what words leave out. */
function allOf(task: Task): string {
  return JSON.stringify([describe(task), task.asked.instructions]);
}

/** What the user agrees to, in paragraphs. */
function describe({ file, asked, prospect }: Task): readonly string[] {
  const place = vscode.workspace.asRelativePath(file);
  switch (prospect.kind) {
    case 'hasNote': {
      const note = vscode.workspace.asRelativePath(prospect.note);
      return [place, `It has a note already, ${note}, which is read: nothing is sent, and it costs nothing.`];
    }
    case 'transcribed':
      return [
        place,
        'Its transcript lies beside it: its note is written, nothing is sent, and it costs nothing.',
      ];
    case 'fresh': {
      const { service, durationSeconds } = prospect;
      const price = service === localOrigin ? null : readPricePerHour();
      const isMore = hasExtras(asked.instructions.options);
      const estimate = estimateText(extentOf([durationSeconds]), price, isMore);
      return [place, `${estimate}.`, `It goes to ${destinationText(service)}.`, ...asked.words];
    }
  }
}
