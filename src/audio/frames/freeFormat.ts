import { parseFrameHeader } from '../codecs/mp3/frameHeader';

/** A frame is shorter than this: 640 kbit/s at 32 kHz, the most that decoders are known to take, need 2880 bytes. */
const longestFrame = 4096;
/** How many bytes have to be read to recognise a frame and the next one. */
export const longestFreeFrame = 2 * longestFrame;

/**
 * Recognises frames in the free format. They do not say how long they are, but all have the same length, give or take a byte.
 *
 * @param bytes where a frame should begin
 */
export function isFreeFormat(bytes: Uint8Array): boolean {
  const isLike = (at: number): boolean =>
    bytes[at] === bytes[0] &&
    bytes[at + 1] === bytes[1] &&
    parseFrameHeader(bytes.subarray(at))?.bitRate === 0;
  if (!isLike(0) || parseFrameHeader(bytes)?.layer !== 3) {
    return false;
  }
  for (let length = 24; length < longestFrame; length++) {
    if (isLike(length) && [-1, 0, 1].some((padding) => isLike(2 * length + padding))) {
      return true;
    }
  }
  return false;
}
