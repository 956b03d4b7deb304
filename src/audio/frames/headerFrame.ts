import { parseFrameHeader } from '../codecs/mp3/frameHeader';
import { sideInfoBytes } from '../codecs/mp3/sideInfo';

/**
 * What encoders tell of the whole in a first frame that has no sound: Xing's header with LAME's extension of it
 * (gabriel.mp3-tech.org/mp3infotag.html), or Fraunhofer's, which is called VBRI.
 */
export interface HeaderFrame {
  /** How much is sound of what is decoded; undefined where it does not say. */
  readonly samples: number | undefined;
  /** Of all frames, with this one; undefined where it does not say. */
  readonly bytes: number | undefined;
  /** Samples until the sound begins, the decoder's own delay included; undefined where it does not say. */
  readonly lead: number | undefined;
}

/** What every decoder of layer III is late by, in samples. */
const decoderDelay = 529;

/** All parts of Xing's header, its extension, and the longest side information before them. */
const longestHeader = 4 + 32 + 120 + 36;
/** Where Fraunhofer's header stands, whatever the format. */
const vbriStart = 4 + 32;

/** @returns undefined when this is a frame with sound, or none of layer III */
export function readHeaderFrame(frame: Uint8Array): HeaderFrame | undefined {
  const header = parseFrameHeader(frame);
  if (header?.layer !== 3) {
    return undefined;
  }
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.length);
  const nameAt = (at: number): string => bytes.toString('latin1', at, at + 4);
  const start = 4 + sideInfoBytes(header);
  if (['Xing', 'Info'].includes(nameAt(start))) {
    return readXing(padded(bytes).subarray(start), header.samples);
  }
  if (nameAt(vbriStart) !== 'VBRI') {
    return undefined;
  }
  return readVbri(padded(bytes).subarray(vbriStart), header.samples);
}

/** With zeros where a short frame leaves something out. */
function padded(frame: Buffer): Buffer {
  return Buffer.concat([frame], longestHeader);
}

function readXing(header: Buffer, samplesPerFrame: number): HeaderFrame {
  const flags = header.readUInt32BE(4);
  // Frames, bytes, table of contents and quality.
  const sizes = [4, 4, 100, 4].map((size, bit) => (flags & (1 << bit) ? size : 0));
  const [framesSize = 0, bytesSize = 0] = sizes;
  const frames = framesSize === 0 ? 0 : header.readUInt32BE(8);
  const bytes = bytesSize === 0 ? 0 : header.readUInt32BE(8 + framesSize);
  const extension = 8 + sizes.reduce((sum, size) => sum + size, 0);
  // It begins with the encoder's name.
  const isExtended = header.readUInt8(extension) !== 0;
  const packed = isExtended ? header.readUIntBE(extension + 21, 3) : 0;
  const delay = packed >> 12;
  const padding = packed & 0xfff;
  const lead = isExtended ? delay + decoderDelay : undefined;
  return {
    // Of what is decoded, all that is behind the lead is there, however little padding an encoder claims to have added.
    samples: orUndefined(frames * samplesPerFrame - Math.max(delay + padding, lead ?? 0)),
    bytes: orUndefined(bytes),
    lead,
  };
}

function readVbri(header: Buffer, samplesPerFrame: number): HeaderFrame {
  return {
    samples: orUndefined(header.readUInt32BE(14) * samplesPerFrame),
    bytes: orUndefined(header.readUInt32BE(10)),
    lead: undefined,
  };
}

function orUndefined(count: number): number | undefined {
  return count > 0 ? count : undefined;
}
