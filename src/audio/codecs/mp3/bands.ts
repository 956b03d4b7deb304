import type { GranuleInfo } from './sideInfo';

/** A run of spectral lines that shares one scale factor. */
export interface Band {
  readonly start: number;
  readonly end: number;
  /** Which of the three short blocks, or undefined in a long one. */
  readonly window: 0 | 1 | 2 | undefined;
  /** Number of the scale factor band among the long ones or the short ones. */
  readonly number: number;
}

const long22 = [
  0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576,
];
const short16 = [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192];

/** First lines of the bands of long blocks, and the end. ISO/IEC 11172-3 and 13818-3, tables B.8. */
export const longBounds: readonly (readonly number[])[] = [
  [0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 52, 62, 74, 90, 110, 134, 162, 196, 238, 288, 342, 418, 576],
  [0, 4, 8, 12, 16, 20, 24, 30, 36, 42, 50, 60, 72, 88, 106, 128, 156, 190, 230, 276, 330, 384, 576],
  [0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 54, 66, 82, 102, 126, 156, 194, 240, 296, 364, 448, 550, 576],
  long22,
  // Some decoders, ffmpeg's among them, have 330 for 332; encoders go by the standard.
  [0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 114, 136, 162, 194, 232, 278, 332, 394, 464, 540, 576],
  long22,
  long22,
  long22,
  [0, 12, 24, 36, 48, 60, 72, 88, 108, 132, 160, 192, 232, 280, 336, 400, 476, 566, 568, 570, 572, 574, 576],
];

/** The same for each of the three short blocks. */
export const shortBounds: readonly (readonly number[])[] = [
  [0, 4, 8, 12, 16, 22, 30, 40, 52, 66, 84, 106, 136, 192],
  [0, 4, 8, 12, 16, 22, 28, 38, 50, 64, 80, 100, 126, 192],
  [0, 4, 8, 12, 16, 22, 30, 42, 58, 78, 104, 138, 180, 192],
  [0, 4, 8, 12, 18, 24, 32, 42, 56, 74, 100, 132, 174, 192],
  [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 136, 180, 192],
  short16,
  short16,
  short16,
  [0, 8, 16, 24, 36, 52, 72, 96, 124, 160, 162, 164, 166, 192],
];

/** Lines of the two subbands that stay long in a mixed granule. */
const mixedLines = 36;

const cache = new Map<string, readonly Band[]>();

/** The bands of a granule in the order in which its spectrum is sent. */
export function bandsOf({ blockType, mixed }: GranuleInfo, rateIndex: number): readonly Band[] {
  const key = `${rateIndex} ${blockType === 2} ${mixed}`;
  const known = cache.get(key);
  if (known) {
    return known;
  }
  const bands =
    blockType !== 2
      ? longBands(rateIndex, 576)
      : mixed
        ? [...longBands(rateIndex, mixedLines), ...shortBands(rateIndex, mixedLines / 3)]
        : shortBands(rateIndex, 0);
  cache.set(key, bands);
  return bands;
}

function longBands(rateIndex: number, end: number): Band[] {
  return pairs(longBounds[rateIndex] ?? [])
    .filter(([, bandEnd]) => bandEnd <= end)
    .map(([start, bandEnd], number) => ({ start, end: bandEnd, window: undefined, number }));
}

/** @param from first line of each short block that is sent */
function shortBands(rateIndex: number, from: number): Band[] {
  return pairs(shortBounds[rateIndex] ?? []).flatMap(([start, end], number) => {
    const first = Math.max(start, from);
    const width = end - first;
    if (width <= 0) {
      return [];
    }
    return ([0, 1, 2] as const).map((window) => {
      const line = 3 * first + window * width;
      return { start: line, end: line + width, window, number };
    });
  });
}

function pairs(bounds: readonly number[]): [number, number][] {
  return bounds.slice(1).map((end, i) => [bounds[i] ?? 0, end]);
}
