import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { stat, type FileHandle } from 'node:fs/promises';
import { Failure } from '../core/failures/failure';
import type { Clock, Recording } from '../core/ports';
import { diskFailure } from './diskFailure';
import { openToRead } from './openFile';

/** Not below the high water mark of a socket, see `chunks`. */
const smallestChunkBytes = 64 * 1024;
/** Measured: half the time per byte of 64 KiB, and no better from here on. */
const largestChunkBytes = 512 * 1024;
/** One is being sent, one is being read, one is spare. */
const buffers = 3;
const fastChunkMs = 100;
const slowChunkMs = 1000;

/**
 * Facts about a file, by its path and by its handle. Each is compared only with its own kind: on Windows, some versions of
 * Node give other facts by path (no device) than by handle.
 */
interface FileFacts {
  readonly atPath: Stats;
  readonly held: Stats;
}

/** A recording that is read once, from beginning to end, while it is sent. */
export class RecordingFile {
  /** Bytes that were sent so far. */
  sentBytes = 0;
  private readonly hash = createHash('sha256');

  private constructor(
    private readonly handle: FileHandle,
    private readonly opened: FileFacts,
    private readonly recording: Recording,
  ) {}

  /** @throws Failure `recording…`, also when the file is no longer the one that the job began with */
  static async open(recording: Recording): Promise<RecordingFile> {
    let handle: FileHandle | undefined;
    try {
      const atPath = await stat(recording.path);
      checkKind(atPath, recording.name);
      handle = await openToRead(recording.path);
      const held = await handle.stat();
      // A file system or Node may round times, so a difference of less than a millisecond is none.
      const isSameAge = Math.abs(atPath.mtimeMs - recording.modifiedMs) < 1;
      const isSameSize = [atPath, held].every(({ size }) => size === recording.sizeBytes);
      if (!isSameSize || !isSameAge) {
        throw changed(recording);
      }
      return new RecordingFile(handle, { atPath, held }, recording);
    } catch (thrown) {
      await handle?.close();
      throw diskFailure(thrown, recording.name);
    }
  }

  get isSent(): boolean {
    return this.sentBytes === this.recording.sizeBytes;
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** The SHA-256 of all bytes, lower-case hex. To be called once, after the last byte. */
  sha256(): string {
    return this.hash.digest('hex');
  }

  /**
   * The bytes, for undici to write. The next chunk is read while one is written. Chunks grow on a fast connection, because
   * each has a cost, and shrink on a slow one, so that progress shows.
   *
   * The buffers are reused. This is safe because undici asks for the next chunk only when the socket is drained, or so far
   * below its high water mark that the last chunk is already written.
   */
  async *chunks(
    clock: Clock,
    onProgress: (sentBytes: number) => void,
  ): AsyncGenerator<Uint8Array, void, void> {
    const ring = Buffer.allocUnsafeSlow(buffers * largestChunkBytes);
    let chunkBytes = smallestChunkBytes;
    let readBytes = 0;
    const readNext = async (turn: number): Promise<Buffer> => {
      const begin = (turn % buffers) * largestChunkBytes;
      const room = Math.min(chunkBytes, this.recording.sizeBytes - readBytes);
      const chunk = await this.fill(ring.subarray(begin, begin + room));
      readBytes += chunk.length;
      return chunk;
    };

    let next = readNext(0);
    for (let turn = 1; !this.isSent; turn++) {
      const chunk = await next;
      this.hash.update(chunk);
      if (this.sentBytes + chunk.length === this.recording.sizeBytes) {
        // Before the last byte is sent: the service drops an upload that is not complete.
        await this.checkUnchanged();
      } else {
        next = readNext(turn);
        // A failure counts when the chunk is awaited. Until then it must not count as unhandled.
        next.catch(() => undefined);
      }
      const startedMs = clock.now();
      yield chunk;
      chunkBytes = nextChunkBytes(chunkBytes, clock.now() - startedMs);
      this.sentBytes += chunk.length;
      onProgress(this.sentBytes);
    }
  }

  /** Fills the buffer, with as many reads as it takes. */
  private async fill(buffer: Buffer): Promise<Buffer> {
    try {
      for (let filled = 0; filled < buffer.length;) {
        const { bytesRead } = await this.handle.read(buffer, filled, buffer.length - filled, null);
        if (bytesRead === 0) {
          throw changed(this.recording);
        }
        filled += bytesRead;
      }
      return buffer;
    } catch (thrown) {
      throw diskFailure(thrown, this.recording.name);
    }
  }

  /** Fails when the file was written to or replaced since it was opened. */
  private async checkUnchanged(): Promise<void> {
    try {
      const atPath = await stat(this.recording.path);
      const held = await this.handle.stat();
      const isSameFile = atPath.ino === this.opened.atPath.ino;
      if (!isSameFile || !isAsBefore(atPath, this.opened.atPath) || !isAsBefore(held, this.opened.held)) {
        throw changed(this.recording);
      }
    } catch (thrown) {
      throw diskFailure(thrown, this.recording.name);
    }
  }
}

function isAsBefore(now: Stats, before: Stats): boolean {
  return now.size === before.size && now.mtimeMs === before.mtimeMs;
}

function nextChunkBytes(bytes: number, tookMs: number): number {
  if (tookMs < fastChunkMs) {
    return Math.min(largestChunkBytes, bytes * 2);
  }
  return tookMs > slowChunkMs ? Math.max(smallestChunkBytes, bytes / 2) : bytes;
}

/**
 * Refuses folders, special files and empty files.
 *
 * @param name of the recording, for the user
 * @throws Failure
 */
export function checkKind(stats: Stats, name: string): void {
  if (stats.isDirectory()) {
    throw new Failure('recordingIsFolder', 'It is a folder', { subject: name });
  }
  if (!stats.isFile()) {
    throw new Failure('recordingUnreadable', 'It is not a regular file', { subject: name });
  }
  if (stats.size === 0) {
    throw new Failure('recordingEmpty', 'It has no bytes', { subject: name });
  }
}

function changed({ name }: Recording): Failure {
  return new Failure('recordingChanged', 'Its size or its time has changed', { subject: name });
}
