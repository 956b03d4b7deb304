/** Reads bits, most significant first. Past the end it reads zeros, so decoders check `isPastEnd` when they are done. */
export class BitReader {
  /** In bits from the beginning. */
  position = 0;

  constructor(protected readonly bytes: Uint8Array) {}

  get length(): number {
    return this.bytes.length * 8;
  }

  get isPastEnd(): boolean {
    return this.position > this.length;
  }

  /** @param count at most 25 */
  peek(count: number): number {
    const { bytes, position } = this;
    const at = position >>> 3;
    const word =
      ((bytes[at] ?? 0) << 24) |
      ((bytes[at + 1] ?? 0) << 16) |
      ((bytes[at + 2] ?? 0) << 8) |
      (bytes[at + 3] ?? 0);
    // Two shifts, since one by 32 would be none.
    return ((word << (position & 7)) >>> 1) >>> (31 - count);
  }

  skip(count: number): void {
    this.position += count;
  }

  /** @param count at most 53 */
  read(count: number): number {
    if (count > 25) {
      return this.read(count - 25) * 2 ** 25 + this.read(25);
    }
    const value = this.peek(count);
    this.position += count;
    return value;
  }

  /** A number in two's complement. */
  readSigned(count: number): number {
    if (count === 0) {
      return 0;
    }
    const value = this.read(count);
    return value >= 2 ** (count - 1) ? value - 2 ** count : value;
  }

  readFlag(): boolean {
    return this.read(1) === 1;
  }

  /** Counts the zeros before the next one, which is read as well; at the end of the data it stops. */
  readUnary(): number {
    let zeros = 0;
    while (!this.isPastEnd) {
      const ahead = this.peek(25);
      if (ahead !== 0) {
        const here = Math.clz32(ahead) - 7;
        this.position += here + 1;
        return zeros + here;
      }
      zeros += 25;
      this.position += 25;
    }
    return zeros;
  }

  alignToByte(): void {
    this.position = (this.position + 7) & ~7;
  }
}
