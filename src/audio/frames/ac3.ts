import type { FileHandle } from 'node:fs/promises';
import { countFrames, type FrameLength } from './countFrames';

/** ATSC A/52, section 5.4.1. */
const sampleRates = [48_000, 44_100, 32_000];
const kilobits = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640];
const headerBytes = 6;
/** Later versions are Dolby Digital Plus, which has other headers. */
const lastVersion = 10;

/**
 * How long a file of Dolby Digital (AC-3) is, in seconds; undefined for files that are damaged, or of another kind.
 *
 * @param contentsBytes where its last byte other than 0 ends
 */
export function ac3Seconds(file: FileHandle, contentsBytes: number): Promise<number | undefined> {
  return countFrames(file, 0, contentsBytes, headerBytes, frameLength);
}

function frameLength(bytes: Uint8Array): FrameLength | undefined {
  const header = Buffer.from(bytes);
  if (header.length < headerBytes || header.readUInt16BE(0) !== 0x0b77) {
    return undefined;
  }
  const code = header.readUInt8(4);
  const sampleRate = sampleRates[code >> 6];
  const rate = kilobits[(code & 63) >> 1];
  if (!sampleRate || !rate || header.readUInt8(5) >> 3 > lastVersion) {
    return undefined;
  }
  const words = Math.floor((rate * 96_000) / sampleRate) + (sampleRate === 44_100 ? code & 1 : 0);
  return { bytes: words * 2, seconds: 1536 / sampleRate };
}
