/** How many bytes from the start of a file `isText` needs. */
export const isTextBytes = 4096;

const tab = 0x09;
const carriageReturn = 0x0d;
const space = 0x20;
const del = 0x7f;

/**
 * Whether a file is text rather than media. Every audio and video container has control bytes in its first kilobytes
 * (lengths, padding, sync words); plain text has only tabs and line ends.
 *
 * @param head the first `isTextBytes` of the file, or all of a shorter one
 */
export function isText(head: Uint8Array): boolean {
  return head.every((byte) => (byte >= space && byte !== del) || (byte >= tab && byte <= carriageReturn));
}
