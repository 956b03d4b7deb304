import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../core/json';
import type { ListedTranscript } from '../api/list';
import { ownerOnly, replaceFile, temporarySuffix } from '../../node/files';
import { isUuid } from './uuid';

/** How the name of a file ended while version 0.1.0 wrote it. */
const earlierSuffix = '.tmp';

/** A transcript on disk. */
export interface TranscriptRecord {
  readonly version: 1;
  readonly id: string;
  readonly uploadId: string;
  /** ms since 1970; no two are alike. */
  readonly createdMs: number;
  /** When it became final. */
  readonly completedMs?: number;
  /** How often work on it began without coming to an end in good order. */
  readonly starts: number;
  /** As the API shows it. */
  readonly body: JsonObject;
}

/** What is kept in memory of a transcript. */
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
    const value: unknown = JSON.parse(text);
    return isRecord(value, id) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Transcripts in a folder, a file each. What they say is read when it is asked for; a file that is torn or not of
 * this kind is passed over and left as it is.
 */
export class TranscriptStore {
  private readonly headOfId = new Map<string, TranscriptHead>();
  /** One after the other, since Windows does not rename onto a file that is being read. */
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly folder: string) {}

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

  /** In order of creation. */
  get heads(): readonly TranscriptHead[] {
    return [...this.headOfId.values()];
  }

  /** Undefined when there is no such transcript. */
  read(id: string): Promise<TranscriptRecord | undefined> {
    return this.inTurn(() => this.find(id));
  }

  /** Stores a new transcript, made of the moment of its creation: now, or later where that is taken. */
  add(nowMs: number, create: (createdMs: number) => TranscriptRecord): Promise<TranscriptRecord> {
    return this.inTurn(() => {
      const newest = this.heads.at(-1)?.createdMs ?? -Infinity;
      return this.write(create(Math.max(nowMs, newest + 1)));
    });
  }

  /**
   * Changes a transcript while nobody else does. Returns it, changed; undefined when there is none or `edit` leaves it
   * as it is by returning undefined.
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

  /** From now on there is no such transcript, whatever stands on disk. */
  forget(id: string): void {
    this.headOfId.delete(id);
  }

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
    // A folder that was removed is not made anew: the loss of the other transcripts must not go unnoticed.
    await stat(this.folder);
    await replaceFile(this.pathOf(record.id), JSON.stringify(record), ownerOnly, record.id);
    this.headOfId.set(record.id, headOf(record));
    return record;
  }

  /** Forgets what somebody else has removed or torn: a job without its record can never be worked on. */
  private async find(id: string): Promise<TranscriptRecord | undefined> {
    const record = this.headOfId.has(id) ? await this.readFile(id) : undefined;
    if (record === undefined) {
      this.forget(id);
    }
    return record;
  }

  private async readFile(id: string): Promise<TranscriptRecord | undefined> {
    const text = await readFile(this.pathOf(id), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : parseRecord(text, id);
  }

  private pathOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}
