import type { JobEntry } from '../../src/core/jobs/jobEntry';

/** A list of jobs that are as a test says, and that counts who listens to it. */
export class ToldJobs {
  entries: readonly JobEntry[] = [];
  readonly listeners = new Set<() => void>();

  tell(...entries: readonly JobEntry[]): void {
    this.entries = entries;
    this.listeners.forEach((listener) => listener());
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }
}
