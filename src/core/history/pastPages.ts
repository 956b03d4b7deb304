import type { PastTranscript } from './pastTranscript';

/** A page of the list of transcripts, newest first. */
export interface PastPage {
  readonly rows: readonly PastTranscript[];
  /** Address of the page with the next older ones; null after the last page. */
  readonly olderUrl: string | null;
}

/**
 * The list of past transcripts, loaded page by page. Even if the list changes meanwhile, or a page leads back to an
 * earlier one, no row comes twice, and the list has an end.
 */
export class PastPages {
  private readonly byId = new Map<string, PastTranscript>();
  private readonly visited = new Set<string>();
  private older: string | null | undefined;

  /** @param load loads the page at an address, or the newest page */
  constructor(
    private readonly load: (olderUrl: string | undefined, signal: AbortSignal) => Promise<PastPage>,
  ) {}

  /** All rows that are loaded, newest first. */
  get rows(): readonly PastTranscript[] {
    return [...this.byId.values()];
  }

  /** Whether nothing is loaded yet. */
  get isFresh(): boolean {
    return this.older === undefined;
  }

  /** Whether there may be older rows. */
  get hasOlder(): boolean {
    return this.older !== null;
  }

  /** Loads the newest or the next older rows. If `load` fails, so does this, and can be called again. */
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
