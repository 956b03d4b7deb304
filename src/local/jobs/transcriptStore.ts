import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../core/json';
import { parseJson } from '../../core/parseJson';
import { ownerOnly, replaceFile, temporarySuffix } from '../../node/files';
import { readText, transcriptBytes } from '../../node/readFiles';
import type { ListedTranscript } from '../api/listReply';
import { isUuid } from './uuid';

/** How the name of a file ended while version 0.1.0 wrote it. */
const earlierSuffix = '.tmp';

/** What is kept on disk about a transcript. */
export interface TranscriptRecord {
  readonly version: 1;
  readonly id: string;
  readonly uploadId: string;
  /** When it was submitted, ms since 1970. No two transcripts have the same time. */
  readonly createdMs: number;
  /** When it was completed or failed, ms since 1970. */
  readonly completedMs?: number;
  /** How often the server started on it and neither finished nor stopped properly. */
  readonly starts: number;
  /** The transcript body, as the API returns it. */
  readonly body: JsonObject;
}

/** What is kept in memory about a transcript. */
export interface TranscriptHead extends ListedTranscript {
  readonly uploadId: string;
}

function headOf({ id, uploadId, createdMs, completedMs, body }: TranscriptRecord): TranscriptHead {
  const error = body['error'];
  return {
    id,
    uploadId,
    createdMs,
    completedMs,
    status: String(body['status']),
    audioUrl: String(body['audio_url']),
    error: typeof error === 'string' ? error : undefined,
  };
}

function isRecord(value: unknown, id: string): value is TranscriptRecord {
  return (
    isJsonObject(value) &&
    value['version'] === 1 &&
    value['id'] === id &&
    typeof value['uploadId'] === 'string' &&
    isUuid(value['uploadId']) &&
    Number.isFinite(value['createdMs']) &&
    ['number', 'undefined'].includes(typeof value['completedMs']) &&
    Number.isInteger(value['starts']) &&
    isJsonObject(value['body']) &&
    typeof value['body']['status'] === 'string'
  );
}

function parseRecord(text: string, id: string): TranscriptRecord | undefined {
  try {
    const value: unknown = parseJson(text);
    return isRecord(value, id) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Transcripts in a folder, one file each. Only the heads are kept in memory. Files that are damaged or are not transcripts
 * are ignored and stay as they are.
 */
export class TranscriptStore {
  private readonly headOfId = new Map<string, TranscriptHead>();
  /** Files are accessed one after another, because Windows does not rename a file onto one that is being read. */
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly folder: string) {}

  /** Opens the folder, which is created if necessary, and removes files that a crash left unfinished. */
  static async open(folder: string): Promise<TranscriptStore> {
    const store = new TranscriptStore(folder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const heads: TranscriptHead[] = [];
    for (const name of await readdir(folder)) {
      const [, id = '', suffix] = /^([^.]+)\.json(.*)$/.exec(name) ?? [];
      if ((isUuid(id) && suffix === earlierSuffix) || name.endsWith(temporarySuffix)) {
        await rm(join(folder, name), { force: true });
      }
      const record = isUuid(id) && suffix === '' ? await store.readFile(id) : undefined;
      if (record !== undefined) {
        heads.push(headOf(record));
      }
    }
    heads
      .sort((one, other) => one.createdMs - other.createdMs)
      .forEach((head) => store.headOfId.set(head.id, head));
    return store;
  }

  /** All transcripts, oldest first. */
  get heads(): readonly TranscriptHead[] {
    return [...this.headOfId.values()];
  }

  /** @returns undefined if there is no such transcript */
  read(id: string): Promise<TranscriptRecord | undefined> {
    return this.inTurn(() => this.find(id));
  }

  /**
   * Stores a new transcript.
   *
   * @param create makes the record, given its time of creation: `nowMs`, or a later time if that is taken
   */
  add(nowMs: number, create: (createdMs: number) => TranscriptRecord): Promise<TranscriptRecord> {
    return this.inTurn(() => {
      const newest = this.heads.at(-1)?.createdMs ?? -Infinity;
      return this.write(create(Math.max(nowMs, newest + 1)));
    });
  }

  /**
   * Changes a transcript. No other change comes in between.
   *
   * @param edit makes the new record, or returns undefined to leave the transcript as it is
   * @returns the new record; undefined if there is no such transcript or it was left as it is
   */
  update(
    id: string,
    edit: (record: TranscriptRecord) => TranscriptRecord | undefined,
  ): Promise<TranscriptRecord | undefined> {
    return this.inTurn(async () => {
      const record = await this.find(id);
      const edited = record && edit(record);
      return edited && this.write(edited);
    });
  }

  /** Forgets a transcript, but does not touch its file. */
  forget(id: string): void {
    this.headOfId.delete(id);
  }

  /** Removes a transcript and its file. */
  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      this.forget(id);
      await rm(this.pathOf(id), { force: true });
    });
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.turn.then(action);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async write(record: TranscriptRecord): Promise<TranscriptRecord> {
    // A folder that was removed is not made again: the loss of the other transcripts must not go unnoticed.
    await stat(this.folder);
    await replaceFile(this.pathOf(record.id), JSON.stringify(record), ownerOnly, record.id);
    this.headOfId.set(record.id, headOf(record));
    return record;
  }

  /** Forgets a transcript whose file was removed or damaged, because its job could never be carried out. */
  private async find(id: string): Promise<TranscriptRecord | undefined> {
    const record = this.headOfId.has(id) ? await this.readFile(id) : undefined;
    if (record === undefined) {
      this.forget(id);
    }
    return record;
  }

  private async readFile(id: string): Promise<TranscriptRecord | undefined> {
    const text = await readText(this.pathOf(id), transcriptBytes).catch(() => undefined);
    return text === undefined ? undefined : parseRecord(text, id);
  }

  private pathOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}
