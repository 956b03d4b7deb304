import { join } from 'node:path';
import { parseJson } from '../../../core/parseJson';
import { modelBytes, readBytes, readText } from '../../../node/readFiles';

/**
 * A linear projection of pooled encoder layers to voice embeddings: a space in which the windows of one speaker in one
 * recording have variance 1 in every dimension, and different speakers lie far apart. See `models/speaker-projection`.
 */
export interface SpeakerProjection {
  /** Dimensions of an embedding. */
  readonly dimensions: number;
  /** Number of pooled features: the mean and the standard deviation of every channel of every layer. */
  readonly features: number;
  /** The matrix, row by row: `features` rows of `dimensions` values. */
  readonly weights: Float32Array;
  /** Variance between the speakers of one recording, for each dimension. */
  readonly betweenSpeakers: readonly number[];
}

/** The two files of a projection. */
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
 * @param folder where its two files are
 * @throws Error when the two files do not fit together
 */
export async function readSpeakerProjection(folder: string): Promise<SpeakerProjection> {
  const table = parseJson(await readText(join(folder, tableName), modelBytes)) as Table;
  const bytes = await readBytes(join(folder, weightsName), modelBytes);
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  // The file starts with an offset of all zeros, which is not used: only differences within a recording matter.
  const weights = values.subarray(table.dim);
  if (weights.length !== table.dim * table.in || table.lam.length !== table.dim) {
    throw new Error(`${weightsName} does not have the size given in ${tableName}.`);
  }
  return { dimensions: table.dim, features: table.in, weights, betweenSpeakers: table.lam };
}
