import { stat } from 'node:fs/promises';
import { parseNote } from '../../core/note/parseNote';
import { searchableParagraphs, type SearchableParagraph } from '../../core/search/searchNote';
import { inParallel } from '../../core/inParallel';
import { readsAtOnce, readText } from '../../node/readFiles';
import { readHeadOfNote } from '../note/readHeadOfNote';

/** A note in memory, ready to be searched. */
export interface CachedNote {
  /** Absolute path. */
  readonly file: string;
  /** When it was created, ms since 1970, from its front matter; without that, when the file was changed. */
  readonly createdMs: number;
  readonly paragraphs: readonly SearchableParagraph[];
}

/** A note of ten hours of speech has one megabyte. */
const largestBytes = 8 * 1024 * 1024;
/** How many files are read between two reports of progress. */
const filesOfBatch = 64;
/** How much is kept in memory: years of speech. */
const maxBytes = 128 * 1024 * 1024;

/** What is known of a file. */
interface CacheEntry {
  /** Changes with the file. */
  readonly version: string;
  /** Undefined when the file is no note, or too large. */
  readonly note: CachedNote | undefined;
  /** Whether the file is a note for which there was no room. */
  readonly isTooLarge: boolean;
  /** Bytes that are kept in memory. */
  readonly size: number;
}

/** Keeps notes in memory for searching, and reads a file again only once it has changed. */
export class NoteCache {
  private readonly entries = new Map<string, CacheEntry>();
  private bytes = 0;

  /** All notes, the newest first. */
  get notes(): readonly CachedNote[] {
    const notes = [...this.entries.values()].flatMap(({ note }) => note ?? []);
    return notes.sort((one, other) => other.createdMs - one.createdMs);
  }

  /** How many notes were too large to be read. */
  get tooLargeCount(): number {
    return [...this.entries.values()].filter(({ isTooLarge }) => isTooLarge).length;
  }

  /**
   * Reads the notes among some files, as far as they have changed, and drops all other files.
   *
   * @param files absolute paths
   * @param unsavedText the text of a file in an editor, which is used instead of the file; undefined when there is none
   * @param onMore called now and then, when there may be more notes
   * @throws the reason of the signal
   */
  async update(
    files: readonly string[],
    unsavedText: (file: string) => string | undefined,
    onMore: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    const kept = new Set(files);
    [...this.entries.keys()].filter((file) => !kept.has(file)).forEach((file) => this.drop(file));
    for (let from = 0; from < files.length; from += filesOfBatch) {
      await inParallel(files.slice(from, from + filesOfBatch), readsAtOnce, async (file) => {
        signal.throwIfAborted();
        await this.updateFile(file, unsavedText(file));
      });
      onMore();
    }
  }

  private async updateFile(file: string, text: string | undefined): Promise<void> {
    try {
      const { size, mtimeMs } = await stat(file);
      const version = text ?? `${size} ${mtimeMs}`;
      if (this.entries.get(file)?.version !== version) {
        this.drop(file);
        const content = text ?? (await this.readNote(file, size));
        const note = typeof content === 'string' ? cachedNote(file, content, mtimeMs) : undefined;
        const isTooLarge = content === null;
        this.add(file, { version, note, isTooLarge, size: note === undefined ? 0 : size });
      }
    } catch {
      // The file is gone or cannot be read, so there is nothing to find in it.
      this.drop(file);
    }
  }

  /** The text of a note; undefined for other files, as most Markdown files are; null when there is no room for it. */
  private async readNote(file: string, sizeBytes: number): Promise<string | null | undefined> {
    if (!(await namesTranscript(file))) {
      return undefined;
    }
    const room = Math.min(largestBytes, maxBytes - this.bytes);
    return sizeBytes <= room ? readText(file, room) : null;
  }

  private add(file: string, entry: CacheEntry): void {
    this.entries.set(file, entry);
    this.bytes += entry.size;
  }

  private drop(file: string): void {
    this.bytes -= this.entries.get(file)?.size ?? 0;
    this.entries.delete(file);
  }
}

async function namesTranscript(file: string): Promise<boolean> {
  return /^transcript:/m.test(await readHeadOfNote(file));
}

function cachedNote(file: string, text: string, modifiedMs: number): CachedNote | undefined {
  const note = parseNote(text);
  const { transcript, all } = note.properties;
  const created = Date.parse(String(all.get('created')));
  const createdMs = Number.isNaN(created) ? modifiedMs : created;
  return transcript === null ? undefined : { file, createdMs, paragraphs: searchableParagraphs(note) };
}
