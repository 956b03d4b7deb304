import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationOf } from '../../../src/audio/duration';
import { openSound } from '../../../src/audio/openSound';
import { sampleRate } from '../../../src/audio/sound/sound';
import { fixturePath } from '../../support/fixtures';
import { collect, mix, signalToNoise } from './signal';

/** A part that is heard: when it begins and ends in the recording, in seconds; a pause where it begins nowhere. */
type Part = readonly [from: number | undefined, to: number];

const fixture = fixturePath('recordings/clip.m4a');

/** The recording with another list of parts, and with all boxes around the list of another length. */
function trimmed(...parts: readonly Part[]): Buffer {
  const file = readFileSync(fixture);
  const at = (name: string, from = 0): number => file.indexOf(name, from, 'latin1') - 4;
  const movie = at('moov');
  assert.ok(movie > at('mdat'), 'the index lies behind the sound');
  const list = at('elst');
  const movieTicks = file.readUInt32BE(at('mvhd') + 20);
  const trackTicks = file.readUInt32BE(at('mdhd') + 20);
  const lead = file.readInt32BE(list + 20);
  const entries = parts.map(([from, to]) => {
    const entry = Buffer.alloc(12);
    entry.writeUInt32BE(Math.round((to - (from ?? 0)) * movieTicks), 0);
    entry.writeInt32BE(from === undefined ? -1 : Math.round(from * trackTicks) + lead, 4);
    entry.writeUInt16BE(1, 8);
    return entry;
  });
  const old = file.readUInt32BE(list);
  const made = Buffer.concat([file.subarray(list, list + 16), ...entries]);
  made.writeUInt32BE(made.length, 0);
  made.writeUInt32BE(entries.length, 12);
  for (const outer of [movie, at('trak', movie), at('edts', movie)]) {
    file.writeUInt32BE(file.readUInt32BE(outer) + made.length - old, outer);
  }
  return Buffer.concat([file.subarray(0, list), made, file.subarray(list + old)]);
}

describe('a recording that was trimmed without being written anew', () => {
  let path: string;
  let whole: Float32Array;
  before(async () => {
    path = join(mkdtempSync(join(tmpdir(), 'steno-trimmed-')), 'recording.m4a');
    whole = await mix(await openSound(fixture));
  });
  after(() => rmSync(join(path, '..'), { recursive: true }));

  async function hear(...parts: readonly Part[]): Promise<Float32Array> {
    writeFileSync(path, trimmed(...parts));
    const seconds = parts.reduce((sum, [from = 0, to]) => sum + to - from, 0);
    const told = (await durationOf(path)) ?? 0;
    assert.ok(Math.abs(told - seconds) < 0.002, `${told}, not ${seconds} s`);
    const samples = await mix(await openSound(path));
    assert.ok(Math.abs(samples.length / sampleRate - seconds) < 0.002, `${samples.length} samples`);
    return samples;
  }
  /** A part may be moved by up to 60 ms, so that no packet is cut. */
  const isLike = (samples: Float32Array, from: number, to: number): void => {
    const wanted = whole.subarray(from * sampleRate, to * sampleRate);
    const best = Math.max(
      ...Array.from({ length: 2001 }, (_, i) => i - 1000).map((shift) =>
        signalToNoise(wanted, samples, shift),
      ),
    );
    assert.ok(best > 10, `${best} dB`);
  };

  it('ends where it was cut', async () => {
    isLike(await hear([0, 5]), 0, 5);
  });

  it('begins where it was cut', async () => {
    isLike(await hear([3, 6]), 3, 6);
  });

  it('leaves out what was cut from its middle', async () => {
    const samples = await hear([0, 2], [5, 8]);
    isLike(samples.subarray(0, 2 * sampleRate), 0, 2);
    isLike(samples.subarray(2 * sampleRate), 5, 7.9);
  });

  it('has its parts in their new order, from any second on', async () => {
    const samples = await hear([4, 8], [0, 4]);
    isLike(samples.subarray(4 * sampleRate), 0, 3.9);
    const sound = await openSound(path);
    const later = await collect(sound.samples('mix', 5));
    await sound.close();
    isLike(later, 1, 3.9);
  });

  it('is heard as it is where the list repeats itself without end', async () => {
    writeFileSync(path, trimmed(...Array.from({ length: 100 }, (): Part => [0, 8])));
    assert.ok(Math.abs(((await durationOf(path)) ?? 0) - 8) < 0.1);
  });
});
