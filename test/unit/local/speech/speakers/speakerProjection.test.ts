import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSpeakerProjection } from '../../../../../src/local/speech/speakers/speakerProjection';
import { projectPath } from '../../../../support/projectPath';

describe('readSpeakerProjection', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'projection-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function write(table: unknown, values: readonly number[]): Promise<void> {
    await writeFile(join(folder, 'speaker_lda.json'), JSON.stringify(table));
    await writeFile(join(folder, 'speaker_lda.f32'), new Uint8Array(Float32Array.from(values).buffer));
  }

  it('leaves out the offset at the start of the file', async () => {
    await write({ dim: 2, in: 2, lam: [4, 3] }, [9, 9, 1, 2, 3, 4]);
    const projection = await readSpeakerProjection(folder);
    assert.deepEqual([...projection.weights], [1, 2, 3, 4]);
    assert.deepEqual(projection.betweenSpeakers, [4, 3]);
    assert.deepEqual([projection.dimensions, projection.features], [2, 2]);
  });

  it('refuses files that do not fit together', async () => {
    await write({ dim: 2, in: 2, lam: [4, 3] }, [9, 9, 1, 2, 3]);
    await assert.rejects(readSpeakerProjection(folder), /speaker_lda\.f32/);
    await write({ dim: 2, in: 2, lam: [4] }, [9, 9, 1, 2, 3, 4]);
    await assert.rejects(readSpeakerProjection(folder), /speaker_lda\.json/);
  });

  it('reads the projection of the product, for two layers of 288 channels', async () => {
    const projection = await readSpeakerProjection(projectPath('models', 'speaker-projection'));
    assert.equal(projection.features, 2 * 2 * 288);
    assert.equal(projection.betweenSpeakers.length, projection.dimensions);
  });
});
