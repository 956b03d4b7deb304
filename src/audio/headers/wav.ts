import type { HeaderReader } from './header';
import { chunks } from './chunks';
import { readAt } from '../../node/readRange';

/** The sizes that programs write which do not know how much will follow, or cannot say it in 32 bits. */
const unknownSizes: readonly number[] = [0, 0xffff_ffff];

/** The numbers of codecs in which each second has as many bytes as the next; others may mean nothing by that. */
const uncompressed: readonly number[] = [1, 3, 6, 7, 0xfffe];

/** WAV in any codec. */
export const wav: HeaderReader = {
  claims: (head) =>
    ['RIFF', 'RF64', 'BW64'].includes(head.toString('latin1', 0, 4)) &&
    head.toString('latin1', 8, 12) === 'WAVE',
  async seconds(file, size) {
    let [codec, rate, bytesPerSecond] = [0, 0, 0];
    for await (const { name, start, size: said } of chunks(file, 'LE')) {
      if (name === 'fmt ') {
        const format = await readAt(file, start, 12);
        [codec, rate, bytesPerSecond] = [
          format.readUInt16LE(0),
          format.readUInt32LE(4),
          format.readUInt32LE(8),
        ];
      }
      if (name === 'fact' && !uncompressed.includes(codec)) {
        return (await readAt(file, start, 4)).readUInt32LE(0) / rate;
      }
      if (name === 'data') {
        const rest = Math.max(0, size - start);
        return (unknownSizes.includes(said) ? rest : Math.min(said, rest)) / bytesPerSecond;
      }
    }
    return null;
  },
};
