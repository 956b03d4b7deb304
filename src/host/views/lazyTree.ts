import * as vscode from 'vscode';

interface Tree<T> extends vscode.TreeDataProvider<T> {
  /** Lines that changed; undefined for all. */
  readonly onDidChangeTreeData: vscode.Event<T[] | undefined>;
}

/**
 * A view whose tree is loaded when the view is first looked at. Until then it costs nothing.
 *
 * @param load called again when it failed
 */
export function createLazyTree<T>(id: string, load: () => Promise<Tree<T>>): vscode.TreeView<T> {
  const changed = new vscode.EventEmitter<T[] | undefined>();
  let loaded: Promise<Tree<T>> | undefined;
  const loadOnce = async (): Promise<Tree<T>> => {
    try {
      const tree = await load();
      tree.onDidChangeTreeData((lines) => changed.fire(lines));
      return tree;
    } catch (thrown) {
      loaded = undefined;
      throw thrown;
    }
  };
  const tree = (): Promise<Tree<T>> => (loaded ??= loadOnce());
  return vscode.window.createTreeView(id, {
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (line) => (await tree()).getChildren(line),
      getTreeItem: async (line) => (await tree()).getTreeItem(line),
    },
  });
}
