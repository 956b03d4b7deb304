interface Disposable {
  dispose(): unknown;
}

/** Disposes everything that was added, once: the last first, since later parts may use earlier ones. */
export class DisposableStore implements Disposable {
  private readonly added: Disposable[] = [];
  private isDisposed = false;

  /** Returns what was added. It is disposed at once if the store is disposed already. */
  add<T extends Disposable>(disposable: T): T {
    if (this.isDisposed) {
      disposable.dispose();
    } else {
      this.added.push(disposable);
    }
    return disposable;
  }

  /** Disposes all, even where one of them fails. @throws AggregateError of what failed */
  dispose(): void {
    this.isDisposed = true;
    const errors: unknown[] = [];
    for (const disposable of this.added.splice(0).reverse()) {
      try {
        disposable.dispose();
      } catch (thrown) {
        errors.push(thrown);
      }
    }
    if (errors.length > 0) {
      throw new AggregateError(errors, 'Not everything could be disposed');
    }
  }
}
