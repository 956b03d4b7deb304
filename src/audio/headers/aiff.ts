import type { HeaderReader } from './header';
import { chunks } from './chunks';
import { readAt } from '../../node/readRange';

/** AIFF and AIFF-C. */
export const aiff: HeaderReader = {
  claims: (head) =>
    head.toString('latin1', 0, 4) === 'FORM' && ['AIFF', 'AIFC'].includes(head.toString('latin1', 8, 12)),
  async seconds(file) {
    for await (const { name, start } of chunks(file, 'BE')) {
      if (name === 'COMM') {
        const common = await readAt(file, start, 18);
        return common.readUInt32BE(2) / extended(common, 8);
      }
    }
    return null;
  },
};

/** A floating-point number of 80 bits, which is how AIFF writes the rate; it is never below 0. */
function extended(bytes: Buffer, at: number): number {
  const exponent = bytes.readUInt16BE(at) & 0x7fff;
  return Number(bytes.readBigUInt64BE(at + 2)) * 2 ** (exponent - 16383 - 63);
}
