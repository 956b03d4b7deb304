import type { BitReader } from '../../coding/bitReader';
import { DamagedPacket } from '../../coding/damaged';

/** RFC 9639, section 9.2.5: predictors of order 0 to 4 with coefficients that need not be sent. */
const fixedPredictors: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/**
 * The samples of one channel in one frame, as whole numbers. They are kept as doubles: prediction of 24-bit
 * samples needs more than 32 bits, and doubles are exact up to 53. RFC 9639, section 9.2.
 *
 * @throws DamagedPacket
 */
export function readSubframe(bits: BitReader, blockSize: number, bitsPerSample: number): Float64Array {
  if (bits.readFlag()) {
    throw new DamagedPacket('a subframe begins with 1');
  }
  const type = bits.read(6);
  const wasted = bits.readFlag() ? bits.readUnary() + 1 : 0;
  const width = bitsPerSample - wasted;
  if (width <= 0) {
    throw new DamagedPacket('all bits of the samples are wasted');
  }
  const samples = new Float64Array(blockSize);
  readCoded(bits, samples, type, width);
  if (wasted > 0) {
    for (let i = 0; i < blockSize; i++) {
      samples[i] = (samples[i] ?? 0) * 2 ** wasted;
    }
  }
  return samples;
}

function readCoded(bits: BitReader, samples: Float64Array, type: number, width: number): void {
  if (type === 0) {
    samples.fill(bits.readSigned(width));
  } else if (type === 1) {
    readVerbatim(bits, samples, samples.length, width);
  } else if (type >= 8 && type <= 12) {
    const coefficients = fixedPredictors[type - 8] ?? [];
    readVerbatim(bits, samples, coefficients.length, width);
    readResidual(bits, samples, coefficients.length);
    predict(samples, coefficients, 0);
  } else if (type >= 32) {
    readLinearPrediction(bits, samples, type - 31, width);
  } else {
    throw new DamagedPacket('reserved kind of subframe');
  }
}

function readVerbatim(bits: BitReader, samples: Float64Array, count: number, width: number): void {
  checkOrder(count, samples);
  for (let i = 0; i < count; i++) {
    samples[i] = bits.readSigned(width);
  }
}

function readLinearPrediction(bits: BitReader, samples: Float64Array, order: number, width: number): void {
  readVerbatim(bits, samples, order, width);
  const precision = bits.read(4) + 1;
  const shift = bits.readSigned(5);
  if (precision === 16 || shift < 0) {
    throw new DamagedPacket('reserved precision of a predictor');
  }
  const coefficients = Array.from({ length: order }, () => bits.readSigned(precision));
  readResidual(bits, samples, order);
  predict(samples, coefficients, shift);
}

/** Adds to each residual what the samples before it foretell. */
function predict(samples: Float64Array, coefficients: readonly number[], shift: number): void {
  const order = coefficients.length;
  const taps = Float64Array.from(coefficients);
  const scale = 2 ** -shift;
  for (let i = order; i < samples.length; i++) {
    let sum = 0;
    for (let k = 0; k < order; k++) {
      sum += (taps[k] ?? 0) * (samples[i - 1 - k] ?? 0);
    }
    samples[i] = (samples[i] ?? 0) + Math.floor(sum * scale);
  }
}

/** Rice codes in 2^n partitions, each with its own parameter. Section 9.2.7. */
function readResidual(bits: BitReader, samples: Float64Array, order: number): void {
  const method = bits.read(2);
  if (method > 1) {
    throw new DamagedPacket('reserved coding of the residual');
  }
  const parameterBits = method === 0 ? 4 : 5;
  const partitions = 1 << bits.read(4);
  const size = samples.length / partitions;
  if (!Number.isInteger(size) || size < order) {
    throw new DamagedPacket('partitions do not fit the block');
  }
  for (let partition = 0; partition < partitions; partition++) {
    const start = partition === 0 ? order : partition * size;
    const end = (partition + 1) * size;
    const parameter = bits.read(parameterBits);
    if (parameter === 2 ** parameterBits - 1) {
      const width = bits.read(5);
      for (let i = start; i < end; i++) {
        samples[i] = bits.readSigned(width);
      }
    } else {
      readRice(bits, samples, start, end, parameter);
    }
    if (bits.isPastEnd) {
      throw new DamagedPacket('the frame is cut off');
    }
  }
}

function readRice(
  bits: BitReader,
  samples: Float64Array,
  start: number,
  end: number,
  parameter: number,
): void {
  const scale = 2 ** parameter;
  for (let i = start; i < end; i++) {
    const folded = bits.readUnary() * scale + bits.read(parameter);
    // Even numbers stand for 0, 1, 2 ...; odd ones for -1, -2, -3 ...
    samples[i] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }
}

function checkOrder(order: number, samples: Float64Array): void {
  if (order > samples.length) {
    throw new DamagedPacket('more warm-up samples than samples');
  }
}
