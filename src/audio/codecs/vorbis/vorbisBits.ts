/** Reads bits as Vorbis packs them: the least significant first. Vorbis I, section 2. */
export class VorbisBits {
  /** In bits from the beginning. */
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** In a packet with sound the end is a matter of course, and what follows it counts as silence. */
  get isPastEnd(): boolean {
    return this.position > this.bytes.length * 8;
  }

  /** @param count at most 24; zeros follow the end */
  peek(count: number): number {
    const { bytes, position } = this;
    const at = position >>> 3;
    const word =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    return (word >>> (position & 7)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.position += count;
  }

  /** @param count at most 32 */
  read(count: number): number {
    if (count > 24) {
      return this.read(24) + this.read(count - 24) * 2 ** 24;
    }
    const value = this.peek(count);
    this.position += count;
    return value;
  }

  readFlag(): boolean {
    return this.read(1) === 1;
  }

  /** Section 9.2.2. */
  readFloat(): number {
    const bits = this.read(32);
    const mantissa = bits % 2 ** 21;
    const exponent = Math.floor(bits / 2 ** 21) % 2 ** 10;
    return (bits >= 2 ** 31 ? -mantissa : mantissa) * 2 ** (exponent - 788);
  }
}

/** How many bits a number takes. Section 9.2.1. */
export function bitWidth(value: number): number {
  return value <= 0 ? 0 : 32 - Math.clz32(value);
}
