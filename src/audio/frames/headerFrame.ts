import { parseFrameHeader } from '../codecs/mp3/frameHeader';
import { sideInfoBytes } from '../codecs/mp3/sideInfo';

/**
 * What a first frame without sound says of the whole file: in Xing's header with LAME's extension
 * (gabriel.mp3-tech.org/mp3infotag.html), or in Fraunhofer's, which is called VBRI.
 */
export interface HeaderFrame {
  /** How many of the decoded samples are sound; undefined where it does not say. */
  readonly samples: number | undefined;
  /** How many bytes all frames have, this one included; undefined where it does not say. */
  readonly bytes: number | undefined;
  /** How many samples precede the sound, the delay of the decoder included; undefined where it does not say. */
  readonly lead: number | undefined;
}

/** The delay of every decoder of layer III, in samples. */
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

/** Adds zeros to a frame that is too short. */
function padded(frame: Buffer): Buffer {
  return Buffer.concat([frame], longestHeader);
}

function readXing(header: Buffer, samplesPerFrame: number): HeaderFrame {
  const flags = header.readUInt32BE(4);
  // The parts: number of frames, number of bytes, table of contents, quality.
  const sizes = [4, 4, 100, 4].map((size, bit) => (flags & (1 << bit) ? size : 0));
  const [framesSize = 0, bytesSize = 0] = sizes;
  const frames = framesSize === 0 ? 0 : header.readUInt32BE(8);
  const bytes = bytesSize === 0 ? 0 : header.readUInt32BE(8 + framesSize);
  const extension = 8 + sizes.reduce((sum, size) => sum + size, 0);
  // The extension begins with the name of the encoder.
  const isExtended = header.readUInt8(extension) !== 0;
  const packed = isExtended ? header.readUIntBE(extension + 21, 3) : 0;
  const delay = packed >> 12;
  const padding = packed & 0xfff;
  const lead = isExtended ? delay + decoderDelay : undefined;
  return {
    // The lead is never sound, even if an encoder claims to have added less padding than the decoder's delay.
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
