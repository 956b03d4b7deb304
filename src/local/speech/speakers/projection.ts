import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where voices lie apart: a linear projection of pooled encoder layers, in whose space the windows of one speaker
 * in one recording scatter with variance 1 in every dimension.
 */
export interface SpeakerProjection {
  /** Of the space projected into. */
  readonly dimensions: number;
  /** Pooled features that are projected: the mean and the deviation of every channel of every layer. */
  readonly features: number;
  /** Row by row, one row of `dimensions` for each feature. */
  readonly weights: Float32Array;
  /** Variance between the speakers of one recording, for each dimension. */
  readonly betweenSpeakers: readonly number[];
}

/** The two files that a projection is kept in. */
const tableName = 'speaker_lda.json';
const weightsName = 'speaker_lda.f32';

interface Table {
  readonly dim: number;
  readonly in: number;
  readonly lam: readonly number[];
}

/**
 * Reads the projection that comes with the models.
 *
 * @throws Error when the two files do not belong together
 */
export async function readSpeakerProjection(folder: string): Promise<SpeakerProjection> {
  const table = JSON.parse(await readFile(join(folder, tableName), 'utf8')) as Table;
  const bytes = await readFile(join(folder, weightsName));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  // The file begins with an offset, which is zero: only differences within a recording matter.
  const weights = values.subarray(table.dim);
  if (weights.length !== table.dim * table.in || table.lam.length !== table.dim) {
    throw new Error(`${weightsName} does not have the size that ${tableName} says.`);
  }
  return { dimensions: table.dim, features: table.in, weights, betweenSpeakers: table.lam };
}
