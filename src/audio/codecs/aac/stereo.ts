import type { ChannelPair } from './channelPair';
import { forEachSpan } from './icsInfo';
import { intensityBook, isIntensity, noiseBook } from './sections';

/** Turns middle and side into left and right, in the bands where both are coded: ISO/IEC 14496-3, 4.6.8.1. */
export function applyMidSide({ left, right, midSide }: ChannelPair): void {
  if (midSide === undefined) {
    return;
  }
  forEachSpan(left.info, (band, start, end) => {
    const isMadeByTool = (left.books[band] ?? 0) >= noiseBook || (right.books[band] ?? 0) >= noiseBook;
    if (midSide.used[band] !== 1 || isMadeByTool) {
      return;
    }
    for (let k = start; k < end; k++) {
      const middle = left.spectrum[k] ?? 0;
      const side = right.spectrum[k] ?? 0;
      left.spectrum[k] = middle + side;
      right.spectrum[k] = middle - side;
    }
  });
}

/** Makes the right channel of the left one, in the bands where it is but a gain: 4.6.8.2. */
export function applyIntensity({ left, right, midSide }: ChannelPair): void {
  forEachSpan(right.info, (band, start, end) => {
    const book = right.books[band] ?? 0;
    if (!isIntensity(book)) {
      return;
    }
    const isInverted = midSide?.isByBand === true && midSide.used[band] === 1;
    const sign = (book === intensityBook) === isInverted ? -1 : 1;
    const scale = sign * (right.scales[band] ?? 0);
    for (let k = start; k < end; k++) {
      right.spectrum[k] = scale * (left.spectrum[k] ?? 0);
    }
  });
}
