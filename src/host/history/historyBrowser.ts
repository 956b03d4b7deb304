import * as vscode from 'vscode';
import type { AssemblyAiClient } from '../../assemblyai/client';
import { PastPages } from '../../core/history/pastPages';
import { pastTitle, type PastTranscript } from '../../core/history/pastTranscript';
import type { TranscriptStatus } from '../../core/transcript/model';
import { copyText } from '../platform/links';
import { deleteTranscripts } from './deleteTranscripts';
import type { HistoryParts } from './historyParts';
import { HistoryPick, type HistoryChoice, type HistoryView } from './historyPick';
import type { KnownTranscripts } from './knownTranscripts';
import { openOrReport, readKnown } from './openTranscript';

/** As many transcripts as a user skims through at once. */
const pageRows = 50;

/** *Transcripts at AssemblyAI…*: shows the list after each action, until a transcript is opened or the list is closed. */
export class HistoryBrowser {
  private readonly known: Promise<KnownTranscripts>;
  private readonly deleted = new Set<string>();
  private view: HistoryView;
  private isSeveral = false;

  constructor(
    private readonly client: AssemblyAiClient,
    private readonly parts: HistoryParts,
  ) {
    this.known = readKnown(parts.jobs);
    this.view = this.viewOf(undefined);
  }

  /** Shows the list. @throws Failure when it cannot be loaded */
  async browse(): Promise<void> {
    for (let continues = true; continues;) {
      const choice = await new HistoryPick(this.view, this.isSeveral).choose();
      // Escape goes back from the list for deleting several.
      const step = choice ?? (this.isSeveral ? ({ act: 'back' } as const) : undefined);
      continues = step !== undefined && (await this.act(step));
    }
  }

  /** @returns whether to show the list again */
  private async act(choice: HistoryChoice): Promise<boolean> {
    switch (choice.act) {
      case 'open':
        await this.open(choice.past);
        return false;
      case 'copyId':
        await copyText(choice.past.id, `Copied ${choice.past.id}`);
        return true;
      case 'delete':
        await this.delete(choice.past);
        return true;
      case 'filter': {
        const picked = await promptForStatus();
        this.view = picked === undefined ? this.view : this.viewOf(picked.status);
        return true;
      }
      case 'several':
      case 'back':
        this.isSeveral = choice.act === 'several';
        return true;
    }
  }

  private async open({ id, createdMs }: PastTranscript): Promise<void> {
    const { client, parts } = this;
    await openOrReport(client, { id, createdMs, known: (await this.known).get(id) }, parts);
  }

  private async delete(past: readonly PastTranscript[]): Promise<void> {
    const known = await this.known;
    const doomed = past.map((each) => {
      const { name, note, isTranslation } = known.get(each.id) ?? {};
      const hasNote = note !== undefined && isTranslation !== true;
      return { id: each.id, title: pastTitle(each, name), hasNote };
    });
    const deleted = await deleteTranscripts(this.client, doomed, this.parts);
    deleted.forEach((id) => this.deleted.add(id));
    this.isSeveral = false;
  }

  private viewOf(status: TranscriptStatus | undefined): HistoryView {
    const { client, deleted, known } = this;
    return { host: client.host, known, deleted, status, pages: pagesOf(client, status) };
  }
}

/** The pages of the list. A later page may contain transcripts of another status, which are left out here. */
function pagesOf(client: AssemblyAiClient, status: TranscriptStatus | undefined): PastPages {
  const only = status === undefined ? {} : { status };
  return new PastPages(async (olderUrl, signal) => {
    const query = olderUrl === undefined ? { limit: pageRows, ...only } : { olderUrl };
    const { rows, olderUrl: next } = await client.list(query, signal);
    return { rows: rows.filter((row) => status === undefined || row.status === status), olderUrl: next };
  });
}

interface StatusItem extends vscode.QuickPickItem {
  /** Undefined for transcripts of any status. */
  readonly status: TranscriptStatus | undefined;
}

async function promptForStatus(): Promise<StatusItem | undefined> {
  const items: readonly StatusItem[] = [
    { label: 'All', status: undefined },
    { label: 'Completed', status: 'completed' },
    { label: 'Failed', status: 'error' },
    { label: 'Processing', status: 'processing' },
    { label: 'Queued', status: 'queued' },
  ];
  return vscode.window.showQuickPick(items, { placeHolder: 'Select which transcripts to show' });
}
