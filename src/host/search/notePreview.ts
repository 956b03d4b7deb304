import * as vscode from 'vscode';
import type { Span } from '../../core/span';

/** A place in a note. */
export interface NotePlace {
  readonly uri: vscode.Uri;
  readonly place: Span;
}

/** Shows places in their editors while the user chooses among them, and can put the editors back to where they were. */
export class NotePreview {
  private readonly origin = vscode.window.activeTextEditor;
  private readonly selection = this.origin?.selection;
  private readonly top = this.origin?.visibleRanges[0]?.start;
  private readonly openBefore = new Set(textTabs().map(({ uri }) => uri.toString()));
  private readonly shown = new Set<string>();
  /** Number of the latest request; the results of earlier ones are dropped. */
  private request = 0;
  private running: Promise<unknown> = Promise.resolve();

  /** Shows a place without taking the focus. If several are requested in a row, the last one stays. */
  async show(place: NotePlace): Promise<void> {
    const request = ++this.request;
    const document = await vscode.workspace.openTextDocument(place.uri);
    if (request === this.request) {
      this.running = this.reveal(document, place.place, true);
      await this.running;
    }
  }

  /** Goes to a place: shows it and focuses its editor. */
  async goTo({ uri, place }: NotePlace): Promise<void> {
    await this.stop();
    await this.reveal(await vscode.workspace.openTextDocument(uri), place, false);
  }

  /** Closes the editors that were opened for previews, and goes back to the selection from before. */
  async goBack(): Promise<void> {
    await this.stop();
    const previews = textTabs().filter(({ uri }) => this.isPreview(uri.toString()));
    await vscode.window.tabGroups.close(previews.map(({ tab }) => tab));
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

  /** Waits for the preview that is being shown, and drops later ones. */
  private async stop(): Promise<void> {
    this.request++;
    await this.running.catch(() => undefined);
  }

  private isPreview(uri: string): boolean {
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
