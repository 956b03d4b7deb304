/** Counts disposables that are created for a test and not disposed of yet. */
export class DisposableCounter {
  private readonly alive = new Map<object, string>();

  /** What is not disposed of yet, by name. */
  get live(): readonly string[] {
    return [...this.alive.values()].sort();
  }

  /** A disposable that is counted. */
  create(name: string): { dispose(): void } {
    const disposable = { dispose: () => void this.alive.delete(disposable) };
    this.alive.set(disposable, name);
    return disposable;
  }
}

/** An emitter like that of VS Code, whose listeners and which itself are counted. */
export class CountedEmitter<T> {
  private readonly listeners = new Set<(value: T) => unknown>();
  private readonly counted: { dispose(): void };

  constructor(private readonly counter: DisposableCounter) {
    this.counted = counter.create('emitter');
  }

  readonly event = (listener: (value: T) => unknown): { dispose(): void } => {
    const counted = this.counter.create('listener');
    this.listeners.add(listener);
    return {
      dispose: () => {
        this.listeners.delete(listener);
        counted.dispose();
      },
    };
  };

  fire(value: T): void {
    this.listeners.forEach((listener) => listener(value));
  }

  dispose(): void {
    this.listeners.clear();
    this.counted.dispose();
  }
}
