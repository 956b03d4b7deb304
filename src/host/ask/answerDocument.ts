import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';
import { DisposableStore } from '../platform/disposables';

/**
 * A new document into which an answer is written as it arrives. The user may edit it meanwhile: each piece is inserted
 * after the last one.
 */
export class AnswerDocument {
  private readonly subscriptions = new DisposableStore();

  /** @param end offset after the last piece */
  private constructor(
    private readonly document: vscode.TextDocument,
    private end: number,
    onClosed: () => void,
  ) {
    this.subscriptions.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document) {
          this.moveEnd(event.contentChanges);
        }
      }),
    );
    this.subscriptions.add(
      vscode.workspace.onDidCloseTextDocument((closed) => {
        if (closed === document) {
          onClosed();
        }
      }),
    );
  }

  /** Opens the document beside the active editor, without taking the focus. @param head its first lines */
  static async open(head: string, onClosed: () => void): Promise<AnswerDocument> {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: head });
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
    return new AnswerDocument(document, document.getText().length, onClosed);
  }

  get isClosed(): boolean {
    return this.document.isClosed;
  }

  /** Inserts Markdown after the last piece; does nothing once the document is closed. */
  async append(markdown: string): Promise<void> {
    const { document } = this;
    const text = document.eol === vscode.EndOfLine.CRLF ? markdown.replaceAll('\n', '\r\n') : markdown;
    while (text !== '' && !document.isClosed) {
      const { version } = document;
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.positionAt(this.end), text);
      if (await vscode.workspace.applyEdit(edit)) {
        this.end += text.length;
        return;
      }
      if (document.version === version) {
        throw new Failure('unexpected', 'VS Code did not apply the edit');
      }
      // The user typed at the same moment.
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** Edits before the end move it. A piece that is inserted here begins at the end, so it does not count. */
  private moveEnd(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    for (const { rangeOffset, rangeLength, text } of changes) {
      if (rangeOffset < this.end) {
        const before = Math.min(rangeLength, this.end - rangeOffset);
        this.end += text.length - before;
      }
    }
  }
}
