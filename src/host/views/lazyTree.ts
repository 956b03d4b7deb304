import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../platform/disposables';

/** A tree that tells which of its lines have changed; undefined for all lines. */
interface Tree<T> extends vscode.TreeDataProvider<T> {
  readonly onDidChangeTreeData: vscode.Event<T[] | undefined>;
}

/** Stands in for a tree, which it loads when VS Code first shows the view. Until then it costs nothing. */
export class LazyTree<T> implements Tree<T>, Disposable {
  readonly onDidChangeTreeData: vscode.Event<T[] | undefined>;
  private readonly owned = new DisposableStore();
  private loaded: Promise<Tree<T>> | undefined;

  /**
   * @param changed a new emitter, which the tree owns from now on
   * @param load loads the tree; called again if it failed
   */
  constructor(
    private readonly changed: Pick<vscode.EventEmitter<T[] | undefined>, 'event' | 'fire' | 'dispose'>,
    private readonly load: () => Promise<Tree<T>>,
  ) {
    this.owned.add(changed);
    this.onDidChangeTreeData = changed.event;
  }

  async getChildren(line?: T): Promise<T[]> {
    return (await (await this.tree()).getChildren(line)) ?? [];
  }

  async getTreeItem(line: T): Promise<vscode.TreeItem> {
    return (await this.tree()).getTreeItem(line);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private tree(): Promise<Tree<T>> {
    return (this.loaded ??= this.loadOnce());
  }

  private async loadOnce(): Promise<Tree<T>> {
    try {
      const tree = await this.load();
      this.owned.add(tree.onDidChangeTreeData((lines) => this.changed.fire(lines)));
      return tree;
    } catch (thrown) {
      this.loaded = undefined;
      throw thrown;
    }
  }
}
