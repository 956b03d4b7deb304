import type { FileHandle } from 'node:fs/promises';
import { BitReader } from '../coding/bitReader';
import { readFrameHeader } from '../codecs/flac/frameHeader';
import { readStreamInfo, type StreamInfo } from '../codecs/flac/streamInfo';
import { readAt } from '../../node/readRange';

/** The last frame is searched for in so much of the end of the file, then in more. */
const tails = [2 ** 17, 2 ** 20, 2 ** 24];
const longestHeader = 16;

/**
 * How long a FLAC file is whose own header does not say, because it was written to a pipe: until the end of its last frame,
 * in seconds. RFC 9639, section 9.1.
 *
 * @param description as `readStreamInfo` takes it
 * @returns undefined where no frame is found near the end
 * @throws DamagedPacket
 */
export async function lastFrameEnd(
  file: FileHandle,
  fileBytes: number,
  description: Uint8Array,
): Promise<number | undefined> {
  const info = readStreamInfo(description);
  const blockSize = Buffer.from(description).readUInt16BE(10);
  for (const length of tails) {
    const start = Math.max(0, fileBytes - length);
    const tail = await readAt(file, start, Math.min(fileBytes, length));
    for (let at = tail.lastIndexOf(0xff); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(0xff, at - 1)) {
      const end = frameEnd(tail.subarray(at, at + longestHeader), info, blockSize);
      if (end !== undefined) {
        return end / info.sampleRate;
      }
    }
    if (start === 0) {
      return undefined;
    }
  }
  return undefined;
}

/** @returns in samples; undefined where no frame of the stream begins */
function frameEnd(bytes: Uint8Array, info: StreamInfo, usualBlockSize: number): number | undefined {
  if (((bytes[1] ?? 0) & 0xfe) !== 0xf8) {
    return undefined;
  }
  try {
    const frame = readFrameHeader(new BitReader(bytes), bytes, info);
    const isSame = frame.sampleRate === info.sampleRate && frame.channels === info.channels;
    const start = frame.isNumberOfSample ? frame.number : frame.number * usualBlockSize;
    return isSame && frame.bitsPerSample === info.bitsPerSample ? start + frame.blockSize : undefined;
  } catch {
    return undefined;
  }
}
