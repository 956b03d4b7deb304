import type { HeaderReader } from './header';
import { readAt } from '../../node/readRange';

/** Flash video: each tag is followed by its size, so the last one, which says when it is, can be found from the end. */
export const flv: HeaderReader = {
  claims: (head) => head.toString('latin1', 0, 3) === 'FLV',
  async seconds(file, size) {
    const tagSize = (await readAt(file, size - 4, 4)).readUInt32BE(0);
    const tag = await readAt(file, size - 4 - tagSize, 8);
    return (tag.readUIntBE(4, 3) + tag.readUInt8(7) * 2 ** 24) / 1000;
  },
};
