import type { WindowShape } from './icsInfo';

/** The rising half of a window, of a given length: ISO/IEC 14496-3, 4.6.11.3.2. */
export function risingHalf(shape: WindowShape, length: number): Float64Array {
  return shape === 'sine' ? sineHalf(length) : kaiserBesselHalf(length);
}

function sineHalf(length: number): Float64Array {
  return new Float64Array(length).map((_, n) => Math.sin((Math.PI / (2 * length)) * (n + 0.5)));
}

/** The Kaiser-Bessel derived window: square roots of the running sums of a Kaiser window, over its whole sum. */
function kaiserBesselHalf(length: number): Float64Array {
  const alpha = length < 512 ? 6 : 4;
  const kaiser = new Float64Array(length + 1).map((_, n) =>
    besselI0(Math.PI * alpha * Math.sqrt(1 - ((2 * n) / length - 1) ** 2)),
  );
  const total = kaiser.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  return kaiser.subarray(0, length).map((value) => {
    sum += value;
    return Math.sqrt(sum / total);
  });
}

/** The modified Bessel function of the first kind and order zero, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * Number.EPSILON; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * The rising half of a long window that stands beside short ones: nothing, the rise of a short window, and then all.
 *
 * @param length of the result
 */
export function lateRise(shortHalf: Float64Array, length: number): Float64Array {
  const rise = new Float64Array(length).fill(1);
  const flat = (length - shortHalf.length) / 2;
  rise.fill(0, 0, flat);
  rise.set(shortHalf, flat);
  return rise;
}
