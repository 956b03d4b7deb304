import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from './disposables';

/** Subscribes to the events of a box, settles it when one of them says so, and returns the subscriptions. */
type Listen<T> = (
  resolve: (value: T | undefined) => void,
  reject: (reason: unknown) => void,
) => readonly Disposable[];

/**
 * Shows a quick pick or an input box until its listeners settle it. Then the box and the subscriptions are disposed of.
 *
 * @returns what the listeners resolve with
 * @throws what the listeners reject with
 */
export async function showBox<T>(
  box: Pick<vscode.QuickInput, 'show' | 'dispose'>,
  listen: Listen<T>,
): Promise<T | undefined> {
  const owned = new DisposableStore();
  owned.add(box);
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      listen(resolve, reject).forEach((subscription) => owned.add(subscription));
      box.show();
    });
  } finally {
    owned.dispose();
  }
}
