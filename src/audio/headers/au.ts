import type { HeaderReader } from './header';

/** Bytes of a sample, by the number of its coding. */
const sampleBytes: Readonly<Partial<Record<number, number>>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 3,
  5: 4,
  6: 4,
  7: 8,
  27: 1,
};

/** Sun's and NeXT's audio. */
export const au: HeaderReader = {
  claims: (head) => head.toString('latin1', 0, 4) === '.snd',
  seconds(_, size, head) {
    const rest = Math.max(0, size - head.readUInt32BE(4));
    // Whoever does not know how much will follow writes the largest number.
    const bytes = Math.min(rest, head.readUInt32BE(8));
    const bytesPerSecond =
      (sampleBytes[head.readUInt32BE(12)] ?? 0) * head.readUInt32BE(16) * head.readUInt32BE(20);
    return Promise.resolve(bytes / bytesPerSecond);
  },
};
