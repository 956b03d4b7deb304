import type { FileHandle } from 'node:fs/promises';
import { readFrameHeader } from './frameHeader';
import { sideInfoBytes } from './sideInfo';

/** How much an encoder has put around the sound. */
export interface Gapless {
  /** Of what is decoded, until the sound begins; the decoder's own delay included. */
  readonly leadSeconds: number;
  /** Of the sound itself; undefined where the tag does not say. */
  readonly durationSeconds: number | undefined;
}

/** What every decoder of layer III is late by, in samples. */
const decoderDelay = 529;

/** Reads the tag that LAME and others leave in a silent first frame; undefined where there is none. */
export async function readGapless(file: FileHandle): Promise<Gapless | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, await skipId3(file));
  const frame = buffer.subarray(0, bytesRead);
  try {
    return parseTag(frame);
  } catch {
    // Something else stands before the first frame, which is the demuxer's business.
    return undefined;
  }
}

/** @returns where the first frame should begin: behind all ID3v2 tags. id3.org, "ID3v2.4.0 Structure", section 3.1 */
async function skipId3(file: FileHandle): Promise<number> {
  let at = 0;
  for (let tag = 0; tag < 10; tag++) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(10), 0, 10, at);
    if (bytesRead < 10 || buffer.toString('latin1', 0, 3) !== 'ID3') break;
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (buffer.readUInt8(i) & 127), 0);
    const hasFooter = (buffer.readUInt8(5) & 0x10) !== 0;
    at += 10 + size + (hasFooter ? 10 : 0);
  }
  return at;
}

/** Xing's header, with LAME's extension of it: gabriel.mp3-tech.org/mp3infotag.html */
function parseTag(frame: Buffer): Gapless | undefined {
  const header = readFrameHeader(frame);
  const start = 4 + sideInfoBytes(header);
  const name = frame.toString('latin1', start, start + 4);
  if (header.layer !== 3 || (name !== 'Xing' && name !== 'Info')) return undefined;
  const flags = frame.readUInt32BE(start + 4);
  const hasFrames = (flags & 1) !== 0;
  const sizes = [4, 4, 100, 4].filter((_, bit) => flags & (1 << bit));
  const extension = start + 8 + sizes.reduce((sum, size) => sum + size, 0);
  const packed = frame.readUIntBE(extension + 21, 3);
  const delay = packed >> 12;
  const padding = packed & 0xfff;
  // Nothing but zeros where the extension would be: written by something that leaves it out.
  if (frame.readUInt8(extension) === 0) return undefined;
  const frames = hasFrames ? frame.readUInt32BE(start + 8) : undefined;
  const samples = frames === undefined ? undefined : frames * (header.lowRate ? 576 : 1152) - delay - padding;
  return {
    leadSeconds: (delay + decoderDelay) / header.sampleRate,
    durationSeconds: samples === undefined || samples <= 0 ? undefined : samples / header.sampleRate,
  };
}
