import { Fft } from './fft';

/** The inverse modified discrete cosine transform of ISO/IEC 14496-3, 4.6.11.3.1, of a fixed size. */
export class Imdct {
  private readonly fft: Fft;
  /** exp(-πi (8n + 1) / 8 size), before and behind the Fourier transform of half the size. */
  private readonly cosines: Float64Array;
  private readonly sines: Float64Array;
  private readonly inRe: Float64Array;
  private readonly inIm: Float64Array;
  private readonly outRe: Float64Array;
  private readonly outIm: Float64Array;
  private readonly cosineTransform: Float64Array;

  /** @param size of coefficients; a multiple of four */
  constructor(private readonly size: number) {
    const half = size / 2;
    this.fft = new Fft(half);
    const angles = new Float64Array(half).map((_, n) => (-Math.PI * (8 * n + 1)) / (8 * size));
    this.cosines = angles.map(Math.cos);
    this.sines = angles.map(Math.sin);
    this.inRe = new Float64Array(half);
    this.inIm = new Float64Array(half);
    this.outRe = new Float64Array(half);
    this.outIm = new Float64Array(half);
    this.cosineTransform = new Float64Array(size);
  }

  /**
   * @param coefficients as many as the size, from the place `start` on
   * @param output gets twice as many samples, neither windowed nor overlapped
   */
  transform(coefficients: Float32Array, start: number, output: Float64Array): void {
    this.fold(coefficients, start);
    this.fft.transform(this.inRe, this.inIm, this.outRe, this.outIm);
    this.toCosineTransform();
    this.unfold(output);
  }

  /** Pairs the coefficients for a complex Fourier transform of half the size. */
  private fold(coefficients: Float32Array, start: number): void {
    const { size, cosines, sines, inRe, inIm } = this;
    for (let n = 0; n < size / 2; n++) {
      const re = coefficients[start + 2 * n] ?? 0;
      const im = coefficients[start + size - 1 - 2 * n] ?? 0;
      const cos = cosines[n] ?? 0;
      const sin = sines[n] ?? 0;
      inRe[n] = re * cos - im * sin;
      inIm[n] = re * sin + im * cos;
    }
  }

  /** Makes the DCT-IV of the Fourier transform, in the transform's scale of one over its size. */
  private toCosineTransform(): void {
    const { size, cosines, sines, outRe, outIm, cosineTransform } = this;
    for (let n = 0; n < size / 2; n++) {
      const re = outRe[n] ?? 0;
      const im = outIm[n] ?? 0;
      const cos = (cosines[n] ?? 0) / size;
      const sin = (sines[n] ?? 0) / size;
      cosineTransform[2 * n] = re * cos - im * sin;
      cosineTransform[size - 1 - 2 * n] = -(re * sin + im * cos);
    }
  }

  /** The DCT-IV is a quarter of the way round; the rest follows from its symmetries. */
  private unfold(output: Float64Array): void {
    const { size, cosineTransform } = this;
    const half = size / 2;
    for (let n = 0; n < half; n++) {
      const early = cosineTransform[n] ?? 0;
      const late = cosineTransform[half + n] ?? 0;
      output[n] = late;
      output[size - 1 - n] = -late;
      output[size + half - 1 - n] = -early;
      output[size + half + n] = -early;
    }
  }
}
