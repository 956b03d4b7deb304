import type { FileHandle } from 'node:fs/promises';

/** Knows one kind of file, and how long its recordings are. */
export interface HeaderReader {
  /** Whether a file that begins like this is of that kind. */
  claims(head: Buffer): boolean;
  /**
   * What is no number above 0 means that the file does not say.
   *
   * @param size of the file, in bytes
   * @param head its first bytes
   */
  seconds(file: FileHandle, size: number, head: Buffer): Promise<number | null>;
}
