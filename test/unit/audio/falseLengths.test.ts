import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationOf } from '../../../src/audio/duration';
import { openSound } from '../../../src/audio/openSound';
import { AudioError } from '../../../src/audio/sound/sound';
import { fixturePath } from '../../support/fixtures';

/** Writes a number into a fixture, behind a mark. */
function told(
  name: string,
  mark: string | Buffer,
  behind: number,
  write: (at: number, bytes: Buffer) => void,
): Buffer {
  const bytes = readFileSync(fixturePath(name));
  const at = bytes.indexOf(mark, 0, 'latin1');
  assert.ok(at >= 0);
  write(at + behind, bytes);
  return bytes;
}

const u32 =
  (value: number) =>
  (at: number, bytes: Buffer): void => {
    bytes.writeUInt32BE(value, at);
  };

/** Recordings that tell a false length, and how long they are; null where that cannot be known. */
const recordings: Readonly<Record<string, readonly [() => Buffer, number | null]>> = {
  'an MP3 that counts ten frames of three hundred': [
    () => told('recordings/clip.mp3', 'Info', 8, u32(10)),
    8,
  ],
  'an MP3 that counts billions of frames': [() => told('audio/sweep.mp3', 'Info', 8, u32(0xffff_ffff)), 1],
  'an MP3 that counts ten frames, and no bytes': [
    () =>
      told('recordings/clip.mp3', 'Info', 4, (at, bytes) => {
        bytes.writeUInt32BE(1, at);
        bytes.writeUInt32BE(10, at + 4);
      }),
    8,
  ],
  'FLAC that counts billions of samples': [
    () => told('audio/sweep.flac', 'fLaC', 21, (at, bytes) => bytes.fill(0xff, at + 1, at + 5)),
    0.4,
  ],
  'WebM of a year': [
    () =>
      told('audio/sweep.webm', Buffer.from('448988', 'hex'), 3, (at, bytes) => {
        bytes.writeDoubleBE(3.2e10, at);
      }),
    1,
  ],
  'Ogg that ends after days': [
    () => {
      const bytes = readFileSync(fixturePath('audio/sweep.opus'));
      bytes.writeBigInt64LE(48_000n * 1_000_000n, bytes.lastIndexOf('OggS') + 6);
      return bytes;
    },
    1,
  ],
  'MP4 whose samples take an hour each': [
    () => told('audio/sweep.m4a', 'stts', 16, u32(3600 * 16_000)),
    null,
  ],
  'MP4 that was cut off behind its tables': [
    () => {
      const bytes = readFileSync(fixturePath('recordings/clip.m4a'));
      const [data, tables] = [bytes.indexOf('mdat', 0, 'latin1') - 4, bytes.indexOf('moov', 0, 'latin1') - 4];
      return tables > data ? bytes.subarray(0, tables) : bytes.subarray(0, data + 8);
    },
    null,
  ],
  'a WAV with one sample per second': [
    () => told('audio/sweep.wav', 'fmt ', 12, (at, bytes) => bytes.writeUInt32LE(1, at)),
    null,
  ],
};

describe('a recording that tells a false length', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-lengths-'))));
  after(() => rmSync(folder, { recursive: true }));

  for (const [what, [make, seconds]] of Object.entries(recordings)) {
    it(`is as long as its bytes allow: ${what}`, async () => {
      const path = join(folder, 'recording');
      writeFileSync(path, make());
      const found = await durationOf(path);
      if (seconds === null) {
        assert.equal(found, null);
      } else {
        assert.ok(found !== null && Math.abs(found - seconds) < 0.1, `${found} s`);
      }
      try {
        const sound = await openSound(path);
        await sound.close();
        assert.equal(sound.durationSeconds ?? null, found);
      } catch (thrown) {
        assert.ok(thrown instanceof AudioError, String(thrown));
      }
    });
  }
});
