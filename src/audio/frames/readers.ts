import { longestHeader, type Frame, type FrameReader } from './frame';

/** kbit/s by index, of MPEG-1 and of its extension to lower rates, for layers I, II and III. */
const bitRates = {
  1: [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  2: [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
} as const;
const mpegRates = [44_100, 48_000, 32_000];
/** By the version's two bits: 2.5, a reserved one, 2 and 1. */
const rateDivisors = [4, undefined, 2, 1];

/** MPEG audio: MP3, MP2 and MP1. */
export const mpegFrame: FrameReader = (bytes, at) => {
  if (at + longestHeader > bytes.length) {
    return undefined;
  }
  const header = bytes.readUInt32BE(at);
  const divisor = rateDivisors[(header >>> 19) & 3];
  const layer = 4 - ((header >>> 17) & 3);
  const rate = mpegRates[(header >>> 10) & 3];
  const kbits = bitRates[divisor === 1 ? 1 : 2][layer - 1]?.[((header >>> 12) & 15) - 1];
  if (header >>> 21 !== 0x7ff || !divisor || !rate || !kbits) {
    return undefined;
  }
  return mpegFrameOf(layer, rate / divisor, divisor === 1, kbits * 1000, (header >>> 9) & 1);
};

function mpegFrameOf(layer: number, rate: number, isFirst: boolean, bits: number, padding: number): Frame {
  if (layer === 1) {
    return { bytes: (Math.floor((12 * bits) / rate) + padding) * 4, seconds: 384 / rate };
  }
  const samples = layer === 2 || isFirst ? 1152 : 576;
  return { bytes: Math.floor((samples / 8) * (bits / rate)) + padding, seconds: samples / rate };
}

const adtsRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];

/** Bare AAC. */
export const adtsFrame: FrameReader = (bytes, at) => {
  if (at + longestHeader > bytes.length || (bytes.readUInt16BE(at) & 0xfff6) !== 0xfff0) {
    return undefined;
  }
  const rate = adtsRates[(bytes.readUInt8(at + 2) >> 2) & 15];
  const length = (bytes.readUIntBE(at + 3, 3) >> 5) & 0x1fff;
  if (!rate || length < longestHeader) {
    return undefined;
  }
  const blocks = (bytes.readUInt8(at + 6) & 3) + 1;
  return { bytes: length, seconds: (blocks * 1024) / rate };
};

const ac3Rates = [48_000, 44_100, 32_000];
const ac3Kbits = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640];
/** Later ones are Dolby Digital Plus, whose headers are others. */
const lastAc3 = 10;

/** Dolby Digital. */
export const ac3Frame: FrameReader = (bytes, at) => {
  if (at + longestHeader > bytes.length || bytes.readUInt16BE(at) !== 0x0b77) {
    return undefined;
  }
  const code = bytes.readUInt8(at + 4);
  const rate = ac3Rates[code >> 6];
  const kbits = ac3Kbits[(code & 63) >> 1];
  if (!rate || !kbits || bytes.readUInt8(at + 5) >> 3 > lastAc3) {
    return undefined;
  }
  const words = Math.floor((kbits * 96_000) / rate) + (rate === 44_100 ? code & 1 : 0);
  return { bytes: words * 2, seconds: 1536 / rate };
};

/** Bytes of a frame by its kind, without its header; the last are notes of silence. */
const narrowBand = [12, 13, 15, 17, 19, 20, 26, 31, 5];
const wideBand = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5];
/** The kind of a frame in which there is nothing at all. */
const nothing = 15;

const amrFrame =
  (sizes: readonly number[]): FrameReader =>
  (bytes, at) => {
    if (at >= bytes.length) {
      return undefined;
    }
    const header = bytes.readUInt8(at);
    const kind = (header >> 3) & 15;
    const size = kind === nothing ? 0 : sizes[kind];
    return size === undefined || (header & 0x83) !== 0 ? undefined : { bytes: 1 + size, seconds: 0.02 };
  };

/** Adaptive Multi-Rate, which telephones record. */
export const amrNarrowFrame = amrFrame(narrowBand);
export const amrWideFrame = amrFrame(wideBand);
