/** Something that holds on to a resource until it is disposed of. Every `Disposable` of VS Code is one. */
export interface Disposable {
  dispose(): unknown;
}

/**
 * Owns disposables, and disposes of them together, the newest first. What is added after that is disposed of at once, so
 * that work which ends late leaves nothing behind.
 */
export class DisposableStore implements Disposable {
  private readonly owned: Disposable[] = [];
  private isOver = false;

  get isDisposed(): boolean {
    return this.isOver;
  }

  /** Takes over the ownership of a disposable, and returns it. */
  add<T extends Disposable>(disposable: T): T {
    if (this.isOver) {
      disposable.dispose();
    } else {
      this.owned.push(disposable);
    }
    return disposable;
  }

  /** Disposes of all of them, even if some throw. @throws AggregateError with what they threw */
  dispose(): void {
    this.isOver = true;
    const errors: unknown[] = [];
    for (let next = this.owned.pop(); next !== undefined; next = this.owned.pop()) {
      try {
        next.dispose();
      } catch (thrown) {
        errors.push(thrown);
      }
    }
    if (errors.length > 0) {
      throw new AggregateError(errors, 'Not everything could be disposed of');
    }
  }
}
