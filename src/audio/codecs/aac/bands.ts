/** How the spectrum of one kind of window is cut into scale factor bands. */
export interface Bands {
  /** Where each band begins; behind the last one, the length of the window. */
  readonly offsets: readonly number[];
  /** No TNS filter reaches beyond this band. */
  readonly tnsLimit: number;
}

/** The bands of long and of short windows. */
export interface FrameBands {
  readonly long: Bands;
  readonly short: Bands;
}

// The tables of ISO/IEC 14496-3, 4.5.4, each named after the lowest frequency (in kHz) that has it.
const long88 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 64, 72, 80, 88, 96, 108, 120, 132, 144, 156, 172,
  188, 212, 240, 276, 320, 384, 448, 512, 576, 640, 704, 768, 832, 896, 960, 1024,
];
const long64 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 64, 72, 80, 88, 100, 112, 124, 140, 156, 172, 192,
  216, 240, 268, 304, 344, 384, 424, 464, 504, 544, 584, 624, 664, 704, 744, 784, 824, 864, 904, 944, 984,
  1024,
];
const long44 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 72, 80, 88, 96, 108, 120, 132, 144, 160, 176, 196, 216,
  240, 264, 292, 320, 352, 384, 416, 448, 480, 512, 544, 576, 608, 640, 672, 704, 736, 768, 800, 832, 864,
  896, 928, 1024,
];
const long32 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 72, 80, 88, 96, 108, 120, 132, 144, 160, 176, 196, 216,
  240, 264, 292, 320, 352, 384, 416, 448, 480, 512, 544, 576, 608, 640, 672, 704, 736, 768, 800, 832, 864,
  896, 928, 960, 992, 1024,
];
const long22 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 52, 60, 68, 76, 84, 92, 100, 108, 116, 124, 136, 148, 160, 172,
  188, 204, 220, 240, 260, 284, 308, 336, 364, 396, 432, 468, 508, 552, 600, 652, 704, 768, 832, 896, 960,
  1024,
];
const long11 = [
  0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 100, 112, 124, 136, 148, 160, 172, 184, 196, 212, 228, 244,
  260, 280, 300, 320, 344, 368, 396, 424, 456, 492, 532, 572, 616, 664, 716, 772, 832, 896, 960, 1024,
];
const long8 = [
  0, 12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156, 172, 188, 204, 220, 236, 252, 268, 288, 308,
  328, 348, 372, 396, 420, 448, 476, 508, 544, 580, 620, 664, 712, 764, 820, 880, 944, 1024,
];
const short64 = [0, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64, 92, 128];
const short32 = [0, 4, 8, 12, 16, 20, 28, 36, 44, 56, 68, 80, 96, 112, 128];
const short22 = [0, 4, 8, 12, 16, 20, 24, 28, 36, 44, 52, 64, 76, 92, 108, 128];
const short11 = [0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 60, 72, 88, 108, 128];
const short8 = [0, 4, 8, 12, 16, 20, 24, 28, 36, 44, 52, 60, 72, 88, 108, 128];

/** Which tables serve from which sampling frequency on (4.5.1.1), and where TNS ends there (4.6.9). */
const bandsByFrequency = [
  { from: 75_132, long: long88, short: short64, tnsLong: 31, tnsShort: 9 },
  { from: 55_426, long: long64, short: short64, tnsLong: 34, tnsShort: 10 },
  { from: 46_009, long: long44, short: short32, tnsLong: 40, tnsShort: 14 },
  { from: 37_566, long: long44, short: short32, tnsLong: 42, tnsShort: 14 },
  { from: 27_713, long: long32, short: short32, tnsLong: 51, tnsShort: 14 },
  { from: 18_783, long: long22, short: short22, tnsLong: 46, tnsShort: 14 },
  { from: 9_391, long: long11, short: short11, tnsLong: 42, tnsShort: 14 },
];
const lowest = { long: long8, short: short8, tnsLong: 39, tnsShort: 14 };

/** @param sampleRate any; the standard names the nearest table for frequencies that have none of their own */
export function bandsFor(sampleRate: number, samplesPerFrame: number): FrameBands {
  const found = bandsByFrequency.find(({ from }) => sampleRate >= from) ?? lowest;
  return {
    long: { offsets: cutAt(samplesPerFrame, found.long), tnsLimit: found.tnsLong },
    short: { offsets: cutAt(samplesPerFrame / 8, found.short), tnsLimit: found.tnsShort },
  };
}

/** The tables of the standard for frames of 960 samples are those for 1024, cut off. */
function cutAt(end: number, offsets: readonly number[]): readonly number[] {
  return [...offsets.filter((offset) => offset < end), end];
}
