import * as vscode from 'vscode';
import type { Span } from '../../core/span';

/** A place in a note. */
export interface NotePlace {
  readonly uri: vscode.Uri;
  readonly place: Span;
}

/** Shows places while one chooses among them, and goes back to where one was if none is chosen. */
export class NotePreview {
  private readonly origin = vscode.window.activeTextEditor;
  private readonly selection = this.origin?.selection;
  private readonly top = this.origin?.visibleRanges[0]?.start;
  private readonly openBefore = new Set(textTabs().map(({ uri }) => uri.toString()));
  private readonly shown = new Set<string>();
  private turn = 0;
  private running: Promise<unknown> = Promise.resolve();

  /** Shows a place without taking the focus. Of several that are asked for at once, the last one stays. */
  async show(place: NotePlace): Promise<void> {
    const turn = ++this.turn;
    const document = await vscode.workspace.openTextDocument(place.uri);
    if (turn === this.turn) {
      this.running = this.reveal(document, place.place, true);
      await this.running;
    }
  }

  async jump({ uri, place }: NotePlace): Promise<void> {
    await this.stop();
    await this.reveal(await vscode.workspace.openTextDocument(uri), place, false);
  }

  async back(): Promise<void> {
    await this.stop();
    const ours = textTabs().filter(({ uri }) => this.isOurs(uri.toString()));
    await vscode.window.tabGroups.close(ours.map(({ tab }) => tab));
    const { origin, selection, top } = this;
    if (origin === undefined || selection === undefined) {
      return;
    }
    const { document, viewColumn = vscode.ViewColumn.Active } = origin;
    const editor = await vscode.window.showTextDocument(document, { viewColumn, selection });
    if (top !== undefined) {
      editor.revealRange(new vscode.Range(top, top), vscode.TextEditorRevealType.AtTop);
    }
  }

  /** Until what is being shown is there, and nothing comes after it. */
  private async stop(): Promise<void> {
    this.turn++;
    await this.running.catch(() => undefined);
  }

  private isOurs(uri: string): boolean {
    return this.shown.has(uri) && !this.openBefore.has(uri);
  }

  private async reveal(document: vscode.TextDocument, place: Span, preserveFocus: boolean): Promise<void> {
    this.shown.add(document.uri.toString());
    const { viewColumn = vscode.ViewColumn.Active } = this.origin ?? {};
    const selection = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
    await vscode.window.showTextDocument(document, { viewColumn, selection, preserveFocus, preview: true });
  }
}

function textTabs(): readonly { readonly tab: vscode.Tab; readonly uri: vscode.Uri }[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.flatMap((tab) =>
    tab.input instanceof vscode.TabInputText ? [{ tab, uri: tab.input.uri }] : [],
  );
}
