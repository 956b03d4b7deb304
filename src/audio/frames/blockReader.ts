import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';

const blockBytes = 2 ** 16;

/** Reads a file in blocks, keeps the latest block, and gives parts of it. */
export class BlockReader {
  private block: Uint8Array = new Uint8Array(0);
  private start = 0;

  /** @param readAt gives fewer bytes than asked for at the end only, and a new array each time */
  constructor(private readonly readAt: (position: number, length: number) => Promise<Uint8Array>) {}

  static of(file: FileHandle): BlockReader {
    return new BlockReader((position, length) => readAt(file, position, length));
  }

  /** @returns fewer bytes than asked for at the end of the file; as long as they are referenced, so is their whole block */
  async read(position: number, length: number): Promise<Uint8Array> {
    const from = position - this.start;
    if (from >= 0 && from + length <= this.block.length) {
      return this.block.subarray(from, from + length);
    }
    this.block = await this.readAt(position, Math.max(length, blockBytes));
    this.start = position;
    return this.block.subarray(0, length);
  }

  /**
   * @param least so many bytes have to be at hand; otherwise `most` are read
   * @returns what is at hand from a place on; fewer bytes than `least` at the end of the file
   */
  async readAhead(position: number, least: number, most: number): Promise<Uint8Array> {
    const from = position - this.start;
    const isAtHand = from >= 0 && from + least <= this.block.length;
    return isAtHand ? this.block.subarray(from) : this.read(position, most);
  }
}
