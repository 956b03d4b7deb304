import type { HeaderReader } from './header';

const headerObject = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex');
const filePropertiesObject = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex');
/** It is the flag of recordings that were not finished. */
const isBroadcast = 1;

/** Windows Media. */
export const asf: HeaderReader = {
  claims: (head) => head.subarray(0, 16).equals(headerObject),
  seconds(_, __, head) {
    const at = head.indexOf(filePropertiesObject);
    if (at < 0 || (head.readUInt32LE(at + 88) & isBroadcast) !== 0) {
      return Promise.resolve(null);
    }
    const playSeconds = Number(head.readBigUInt64LE(at + 64)) / 1e7;
    const prerollSeconds = Number(head.readBigUInt64LE(at + 80)) / 1000;
    return Promise.resolve(playSeconds - prerollSeconds);
  },
};
