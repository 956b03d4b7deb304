import assert from 'node:assert/strict';
import { OggOutputFormat } from 'mediabunny';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationOf } from '../../../../src/audio/duration';
import { openSound } from '../../../../src/audio/openSound';
import { sampleRate } from '../../../../src/audio/sound/sound';
import { writeLoop } from '../loops';
import { collect, mix } from '../signal';

/** Gives the pages of an Ogg file another serial number, which stands behind their time. */
function renumbered(file: Buffer, serial: number): Buffer {
  const bytes = Buffer.from(file);
  for (let at = bytes.indexOf('OggS\0'); at >= 0; at = bytes.indexOf('OggS\0', at + 1)) {
    bytes.writeUInt32LE(serial, at + 14);
  }
  return bytes;
}

describe('Ogg files that were joined', () => {
  let folder: string;
  let path: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'steno-links-'));
    path = join(folder, 'joined.ogg');
  });
  after(() => rmSync(folder, { recursive: true }));

  async function made(name: string, seconds: number, serial: number): Promise<Buffer> {
    await writeLoop(path, new OggOutputFormat(), name, seconds);
    return renumbered(readFileSync(path), serial);
  }
  async function lengths(...parts: readonly Buffer[]): Promise<{ told: number; heard: Float32Array }> {
    writeFileSync(path, Buffer.concat(parts));
    const told = (await durationOf(path)) ?? 0;
    return { told, heard: await mix(await openSound(path)) };
  }

  for (const name of ['audio/sweep.opus', 'audio/sweep.ogg']) {
    it(`are heard to the end: ${name}`, async () => {
      const parts = [await made(name, 20, 1), await made(name, 3, 2), await made(name, 12, 3)];
      const { told, heard } = await lengths(...parts);
      assert.ok(Math.abs(told - 35) < 0.2, `${told} s`);
      assert.ok(Math.abs(heard.length / sampleRate - told) < 0.1, `${heard.length} samples`);
      // The last of them sounds as it does alone.
      const { heard: alone } = await lengths(parts[2]!);
      const last = heard.subarray(heard.length - alone.length);
      assert.ok(isAlike(last, alone));
    });

    it(`are found from any second on: ${name}`, async () => {
      const { heard } = await lengths(await made(name, 20, 1), await made(name, 12, 2));
      const sound = await openSound(path);
      for (const second of [5, 19, 22, 29]) {
        const later = await collect(sound.samples('mix', second));
        const wanted = heard.subarray(second * sampleRate);
        assert.ok(
          Math.abs(later.length - wanted.length) <= 1000,
          `${later.length} of ${wanted.length} from ${second} s`,
        );
        assert.ok(isAlike(later, wanted), `from ${second} s`);
      }
      await sound.close();
    });
  }

  it('end where one of another codec begins', async () => {
    const first = await made('audio/sweep.opus', 8, 1);
    const { told } = await lengths(first, await made('audio/sweep.ogg', 8, 2));
    assert.ok(Math.abs(told - 8) < 0.1, `${told} s`);
  });
});

/** As loud: the joints of a loop make Opus sound a little different each time. */
function isAlike(samples: Float32Array, wanted: Float32Array): boolean {
  const ratio = power(samples) / power(wanted);
  return ratio > 0.5 && ratio < 2;
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0);
}
