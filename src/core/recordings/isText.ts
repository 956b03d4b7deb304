/** How many bytes from the start of a file `isText` needs to see. */
export const isTextBytes = 4096;

const tab = 0x09;
const carriageReturn = 0x0d;
const space = 0x20;
const del = 0x7f;

/**
 * Whether the head of a file is text rather than media. Every audio and video container has control bytes
 * within its first kilobytes (lengths, zero padding, sync words), plain text has none but tab and line ends.
 */
export function isText(head: Uint8Array): boolean {
  return head.every((byte) => (byte >= space && byte !== del) || (byte >= tab && byte <= carriageReturn));
}
