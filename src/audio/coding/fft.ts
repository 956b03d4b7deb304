/** The discrete Fourier transform of a fixed size: a power of two, or that times a small odd number. */
export class Fft {
  private readonly oddPart: number;
  /** For each place of the first pass, which input stands there. */
  private readonly order: Uint16Array;
  /** exp(-2πi n / size). */
  private readonly cosines: Float64Array;
  private readonly sines: Float64Array;

  constructor(private readonly size: number) {
    this.order = Uint16Array.from(decimate(Array.from({ length: size }, (_, n) => n)));
    this.oddPart = size;
    while (this.oddPart % 2 === 0) {
      this.oddPart /= 2;
    }
    this.cosines = new Float64Array(size).map((_, n) => Math.cos((2 * Math.PI * n) / size));
    this.sines = new Float64Array(size).map((_, n) => -Math.sin((2 * Math.PI * n) / size));
  }

  /** Writes the transform of the input, real and imaginary parts apart, over the output. */
  transform(inRe: Float64Array, inIm: Float64Array, outRe: Float64Array, outIm: Float64Array): void {
    for (let start = 0; start < this.size; start += this.oddPart) {
      this.transformOddPart(start, inRe, inIm, outRe, outIm);
    }
    for (let half = this.oddPart; half < this.size; half *= 2) {
      this.joinHalves(half, outRe, outIm);
    }
  }

  /** By definition; for powers of two it but copies. */
  private transformOddPart(
    start: number,
    inRe: Float64Array,
    inIm: Float64Array,
    outRe: Float64Array,
    outIm: Float64Array,
  ): void {
    const { oddPart, size, order, cosines, sines } = this;
    for (let k = 0; k < oddPart; k++) {
      let sumRe = 0;
      let sumIm = 0;
      for (let n = 0; n < oddPart; n++) {
        const from = order[start + n] ?? 0;
        const turn = ((n * k) % oddPart) * (size / oddPart);
        const re = inRe[from] ?? 0;
        const im = inIm[from] ?? 0;
        const cos = cosines[turn] ?? 0;
        const sin = sines[turn] ?? 0;
        sumRe += re * cos - im * sin;
        sumIm += re * sin + im * cos;
      }
      outRe[start + k] = sumRe;
      outIm[start + k] = sumIm;
    }
  }

  /** Makes transforms of twice the size of neighbouring ones: of the even inputs and of the odd ones. */
  private joinHalves(half: number, re: Float64Array, im: Float64Array): void {
    const { size, cosines, sines } = this;
    const turn = size / (2 * half);
    for (let k = 0; k < half; k++) {
      const cos = cosines[k * turn] ?? 0;
      const sin = sines[k * turn] ?? 0;
      for (let even = k; even < size; even += 2 * half) {
        const odd = even + half;
        const oddRe = re[odd] ?? 0;
        const oddIm = im[odd] ?? 0;
        const turnedRe = oddRe * cos - oddIm * sin;
        const turnedIm = oddRe * sin + oddIm * cos;
        const evenRe = re[even] ?? 0;
        const evenIm = im[even] ?? 0;
        re[even] = evenRe + turnedRe;
        im[even] = evenIm + turnedIm;
        re[odd] = evenRe - turnedRe;
        im[odd] = evenIm - turnedIm;
      }
    }
  }
}

/** Puts the even ones before the odd ones, and so on within both. */
function decimate(inputs: readonly number[]): readonly number[] {
  if (inputs.length % 2 === 1) {
    return inputs;
  }
  const isEven = (_: number, place: number): boolean => place % 2 === 0;
  const isOdd = (_: number, place: number): boolean => place % 2 === 1;
  return [...decimate(inputs.filter(isEven)), ...decimate(inputs.filter(isOdd))];
}
