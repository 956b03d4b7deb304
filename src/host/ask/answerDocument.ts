import * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';

/**
 * A new document that an answer is written into as it comes. Its reader may write into it meanwhile: everything is added
 * behind what was added last.
 */
export class AnswerDocument {
  private readonly subscriptions: vscode.Disposable[] = [];

  /** @param end offset behind what was added last */
  private constructor(
    private readonly document: vscode.TextDocument,
    private end: number,
    onClosed: () => void,
  ) {
    this.subscriptions.push(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document) {
          this.follow(event.contentChanges);
        }
      }),
      vscode.workspace.onDidCloseTextDocument((closed) => {
        if (closed === document) {
          onClosed();
        }
      }),
    );
  }

  /** Opens it beside, without drawing the user away from the note. */
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
        throw new Failure('unexpected', 'The editor took no edit');
      }
      // Somebody wrote at the same moment.
    }
  }

  dispose(): void {
    this.subscriptions.forEach((each) => void each.dispose());
  }

  /** What others change before the end moves it; what is added here begins at the end itself. */
  private follow(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    for (const { rangeOffset, rangeLength, text } of changes) {
      if (rangeOffset < this.end) {
        const before = Math.min(rangeLength, this.end - rangeOffset);
        this.end += text.length - before;
      }
    }
  }
}
