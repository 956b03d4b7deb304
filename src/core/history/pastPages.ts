import type { PastTranscript } from './pastTranscript';

/** Some transcripts, newest first, and where the next older ones are. */
export interface PastPage {
  readonly rows: readonly PastTranscript[];
  readonly olderUrl: string | null;
}

/**
 * The list of past transcripts, read page by page as its user asks for more. A list that changes meanwhile, or that
 * leads back to where it was, shows no row twice and has an end.
 */
export class PastPages {
  private readonly byId = new Map<string, PastTranscript>();
  private readonly visited = new Set<string>();
  private older: string | null | undefined;

  /** @param load a page: the newest, or the one at that address */
  constructor(
    private readonly load: (olderUrl: string | undefined, signal: AbortSignal) => Promise<PastPage>,
  ) {}

  /** All rows so far, newest first. */
  get rows(): readonly PastTranscript[] {
    return [...this.byId.values()];
  }

  /** Whether nothing was loaded yet. */
  get isFresh(): boolean {
    return this.older === undefined;
  }

  /** Whether there may be more. */
  get hasOlder(): boolean {
    return this.older !== null;
  }

  /** Loads the newest rows, or the next older ones. Rejects as `load` does, and can be called again then. */
  async loadMore(signal: AbortSignal): Promise<void> {
    const { older } = this;
    if (older === null) {
      return;
    }
    const page = await this.load(older, signal);
    if (older !== undefined) {
      this.visited.add(older);
    }
    for (const row of page.rows) {
      if (!this.byId.has(row.id)) {
        this.byId.set(row.id, row);
      }
    }
    const isNew = page.olderUrl !== null && !this.visited.has(page.olderUrl);
    this.older = isNew ? page.olderUrl : null;
  }
}
