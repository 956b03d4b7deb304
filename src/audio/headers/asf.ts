const headerObject = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex');
const filePropertiesObject = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex');
/** It is the flag of recordings that were not finished. */
const isBroadcast = 1;

/** Whether this is Windows Media. */
export function isAsf(head: Buffer): boolean {
  return head.subarray(0, 16).equals(headerObject);
}

/**
 * How long Windows Media is, in seconds; undefined where it does not say. Microsoft, "Advanced Systems Format
 * Specification", section 3.2.
 *
 * @param head the first bytes of the file
 */
export function asfSeconds(head: Buffer): number | undefined {
  const at = head.indexOf(filePropertiesObject);
  if (at < 0 || at + 92 > head.length || (head.readUInt32LE(at + 88) & isBroadcast) !== 0) {
    return undefined;
  }
  const playSeconds = Number(head.readBigUInt64LE(at + 64)) / 1e7;
  const prerollSeconds = Number(head.readBigUInt64LE(at + 80)) / 1000;
  return playSeconds - prerollSeconds;
}
