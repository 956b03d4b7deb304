import * as vscode from 'vscode';
import type { AssemblyAiClient } from '../../assemblyai/client';
import { PastPages } from '../../core/history/pastPages';
import { pastTitle, type PastTranscript } from '../../core/history/pastTranscript';
import type { TranscriptStatus } from '../../core/transcript/model';
import type { CommandParts } from '../commands/commandParts';
import { mention } from '../platform/messages';
import { attempt } from '../services/atAssemblyAi';
import { deleteTranscripts } from './deleteTranscripts';
import { HistoryPick, type HistoryChoice, type HistoryView } from './historyPick';
import type { KnownTranscripts } from './knownTranscripts';
import { openTranscript, readKnown } from './openTranscript';

/** As many as a person looks through at once. */
const pageRows = 50;

/** Shows past transcripts again and again, until one is opened or the list is closed. */
export class HistoryBrowser {
  private readonly known: Promise<KnownTranscripts>;
  private readonly deleted = new Set<string>();
  private view: HistoryView;
  private isSeveral = false;

  constructor(
    private readonly client: AssemblyAiClient,
    private readonly parts: CommandParts,
  ) {
    this.known = readKnown(parts);
    this.view = this.viewOf(undefined);
  }

  /** Rejects when the list cannot be loaded. */
  async browse(): Promise<void> {
    for (let goesOn = true; goesOn;) {
      const choice = await new HistoryPick(this.view, this.isSeveral).choose();
      // Escape leads back from checking what is to be deleted, as everywhere.
      const step = choice ?? (this.isSeveral ? ({ act: 'back' } as const) : undefined);
      goesOn = step !== undefined && (await this.act(step));
    }
  }

  /** @returns whether the list is to be shown again */
  private async act(choice: HistoryChoice): Promise<boolean> {
    switch (choice.act) {
      case 'open':
        await this.open(choice.past);
        return false;
      case 'copyId':
        await vscode.env.clipboard.writeText(choice.past.id);
        mention(`Copied ${choice.past.id}`);
        return true;
      case 'delete':
        await this.delete(choice.past);
        return true;
      case 'filter': {
        const picked = await askForStatus();
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
    await attempt(parts.log, `Transcript ${id}`, async () =>
      openTranscript(client, { id, createdMs, known: (await this.known).get(id) }, parts),
    );
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

/** A page further on may not keep to the status that was asked for. */
function pagesOf(client: AssemblyAiClient, status: TranscriptStatus | undefined): PastPages {
  const only = status === undefined ? {} : { status };
  return new PastPages(async (olderUrl, signal) => {
    const query = olderUrl === undefined ? { limit: pageRows, ...only } : { olderUrl };
    const { rows, olderUrl: next } = await client.list(query, signal);
    return { rows: rows.filter((row) => status === undefined || row.status === status), olderUrl: next };
  });
}

interface StatusItem extends vscode.QuickPickItem {
  /** Undefined for all of them. */
  readonly status: TranscriptStatus | undefined;
}

async function askForStatus(): Promise<StatusItem | undefined> {
  const items: readonly StatusItem[] = [
    { label: 'All', status: undefined },
    { label: 'Completed', status: 'completed' },
    { label: 'Failed', status: 'error' },
    { label: 'Processing', status: 'processing' },
    { label: 'Queued', status: 'queued' },
  ];
  return vscode.window.showQuickPick(items, { placeHolder: 'Which transcripts are to be shown?' });
}
