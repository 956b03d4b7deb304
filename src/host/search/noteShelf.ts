import { readFile, stat } from 'node:fs/promises';
import { parseNote } from '../../core/note/parseNote';
import { searchableParagraphs, type SearchableParagraph } from '../../core/search/searchNote';
import { inParallel } from '../../core/inParallel';
import { readsAtOnce } from '../../node/readFiles';
import { readHeadOfNote } from '../note/readHeadOfNote';

/** A note, ready to be searched. */
export interface ShelvedNote {
  readonly file: string;
  /** When it was written, ms since 1970: as it says, else as the disk does. */
  readonly createdMs: number;
  readonly passages: readonly SearchableParagraph[];
}

/** Ten hours of talk make one megabyte. */
const largestBytes = 8 * 1024 * 1024;
/** Files between two reports that there are more notes. */
const filesOfBatch = 64;
/** What is kept in memory at most: years of talk. */
const mostBytes = 128 * 1024 * 1024;

interface Read {
  readonly version: string;
  /** Undefined where the file is no note of a transcript, or was passed over. */
  readonly note: ShelvedNote | undefined;
  /** Whether there was no room for it. */
  readonly isPassedOver: boolean;
  /** Bytes that are kept of it. */
  readonly size: number;
}

/** Notes in memory, each read again only once it has changed. */
export class NoteShelf {
  private readonly read = new Map<string, Read>();
  private bytes = 0;

  /** The newest first. */
  get notes(): readonly ShelvedNote[] {
    const notes = [...this.read.values()].flatMap(({ note }) => note ?? []);
    return notes.sort((one, other) => other.createdMs - one.createdMs);
  }

  /** How many files were too large to be read. */
  get passedOver(): number {
    return [...this.read.values()].filter(({ isPassedOver }) => isPassedOver).length;
  }

  /**
   * Takes in those of the files that are notes of transcripts, and lets go of all others.
   *
   * @param textOf what an editor has of a file, which counts more than the disk
   * @param onMore called now and then, when there may be more notes
   */
  async fill(
    files: readonly string[],
    textOf: (file: string) => string | undefined,
    onMore: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    const kept = new Set(files);
    [...this.read.keys()].filter((file) => !kept.has(file)).forEach((file) => this.letGo(file));
    for (let from = 0; from < files.length; from += filesOfBatch) {
      await inParallel(files.slice(from, from + filesOfBatch), readsAtOnce, async (file) => {
        signal.throwIfAborted();
        await this.take(file, textOf(file));
      });
      onMore();
    }
  }

  private async take(file: string, text: string | undefined): Promise<void> {
    try {
      const { size, mtimeMs } = await stat(file);
      const version = text ?? `${size} ${mtimeMs}`;
      if (this.read.get(file)?.version !== version) {
        this.letGo(file);
        const content = text ?? (await this.contentOf(file, size));
        const note = typeof content === 'string' ? shelvedNote(file, content, mtimeMs) : undefined;
        this.keep(file, {
          version,
          note,
          isPassedOver: content === null,
          size: note === undefined ? 0 : size,
        });
      }
    } catch {
      // Gone meanwhile, or not to be read: then nothing can be found in it.
      this.letGo(file);
    }
  }

  /** The text of a note; undefined of anything else, as most Markdown is, and null where there is no room for it. */
  private async contentOf(file: string, sizeBytes: number): Promise<string | null | undefined> {
    if (!(await namesTranscript(file))) {
      return undefined;
    }
    const room = Math.min(largestBytes, mostBytes - this.bytes);
    return sizeBytes <= room ? readFile(file, 'utf8') : null;
  }

  private keep(file: string, read: Read): void {
    this.read.set(file, read);
    this.bytes += read.size;
  }

  private letGo(file: string): void {
    this.bytes -= this.read.get(file)?.size ?? 0;
    this.read.delete(file);
  }
}

async function namesTranscript(file: string): Promise<boolean> {
  return /^transcript:/m.test(await readHeadOfNote(file));
}

function shelvedNote(file: string, text: string, modifiedMs: number): ShelvedNote | undefined {
  const note = parseNote(text);
  const { transcript, all } = note.properties;
  const created = Date.parse(String(all.get('created')));
  const createdMs = Number.isNaN(created) ? modifiedMs : created;
  return transcript === null ? undefined : { file, createdMs, passages: searchableParagraphs(note) };
}
