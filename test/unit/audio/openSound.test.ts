import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSound } from '../../../src/audio/openSound';
import { collect, fixture, lateness, mix, signalToNoise, sweep } from './signal';

/** Each with its length, how far the encoder's lead-in makes it late where the file does not say, and its likeness in dB. */
const fixtures: readonly { name: string; seconds: number; late?: number; likeness: number }[] = [
  { name: 'sweep.wav', seconds: 0.6, likeness: 40 },
  { name: 'sweep.aiff', seconds: 0.6, likeness: 40 },
  { name: 'sweep.flac', seconds: 0.4, likeness: 40 },
  { name: 'sweep.mp3', seconds: 1, likeness: 25 },
  { name: 'sweep.m4a', seconds: 1, likeness: 15 },
  { name: 'sweep.mp4', seconds: 1, likeness: 15 },
  { name: 'sweep.aac', seconds: 1, late: 1024, likeness: 15 },
  { name: 'sweep.ogg', seconds: 1, likeness: 15 },
  { name: 'sweep.mka', seconds: 1, late: 512, likeness: 15 },
  { name: 'sweep.opus', seconds: 1, likeness: 15 },
  { name: 'sweep.webm', seconds: 1, likeness: 15 },
];

function notAudio(type: string): object {
  return {
    name: 'AudioError',
    kind: 'notAudio',
    message: `Transcoding failed. File does not appear to contain audio. File type is ${type}.`,
  };
}

const tooShort = { name: 'AudioError', kind: 'tooShort', message: 'Audio duration is too short.' };

/** Overwrites what is in some frames of an ADTS file, but not their headers. */
function spoil(adts: Uint8Array, numbers: readonly number[]): Buffer {
  const bytes = Buffer.from(adts);
  let at = 0;
  for (let number = 0; at + 7 <= bytes.length; number++) {
    const length = (bytes.readUIntBE(at + 3, 3) >> 5) & 0x1fff;
    // A pair of channels, where there is but one.
    if (numbers.includes(number)) {
      bytes.fill(0b0010_0000, at + 7, at + length);
    }
    at += length;
  }
  return bytes;
}

describe('openSound', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-sound-'))));
  after(() => rmSync(folder, { recursive: true }));

  const written = (name: string, contents: Uint8Array | string): string => {
    const path = join(folder, name);
    writeFileSync(path, contents);
    return path;
  };

  for (const { name, seconds, late = 0, likeness } of fixtures) {
    it(`decodes ${name}`, async () => {
      const sound = await openSound(fixture(name));
      assert.equal(sound.channels, 1);
      const heard = (await mix(sound)).subarray(late);
      const reference = sweep(seconds);
      assert.ok(Math.abs(heard.length - reference.length) < 1024, `${heard.length} samples`);
      assert.ok(Math.abs(lateness(reference, heard)) < 32, 'late');
      const ratio = signalToNoise(reference, heard, lateness(reference, heard));
      assert.ok(ratio > likeness, `only ${ratio.toFixed(1)} dB`);
    });
  }

  for (const name of [
    'sweep.wav',
    'sweep.mp3',
    'sweep.m4a',
    'sweep.opus',
    'sweep.ogg',
    'sweep.flac',
    'sweep.aiff',
  ]) {
    it(`knows how long ${name} is before it is decoded`, async () => {
      const sound = await openSound(fixture(name));
      const { length } = await mix(sound);
      assert.ok(Math.abs((sound.durationSeconds ?? 0) - length / 16_000) < 0.01, `${sound.durationSeconds}`);
    });
  }

  it('decodes from the beginning each time', async () => {
    const sound = await openSound(fixture('sweep.mp3'));
    const first = await collect(sound.samples('mix'));
    const again = await collect(sound.samples(0));
    await sound.close();
    assert.deepEqual(again, first);
  });

  it('can be left before the end', async () => {
    const sound = await openSound(fixture('sweep.webm'));
    for await (const block of sound.samples(0)) {
      assert.ok(block.length > 0);
      break;
    }
    await sound.close();
  });

  it('goes by the contents, whatever the name says', async () => {
    const path = written('recording.mp3', readFileSync(fixture('sweep.m4a')));
    assert.ok((await mix(await openSound(path))).length > 15_000);
  });

  for (const name of ['sweep.mp3', 'sweep.wav', 'sweep.aac', 'sweep.aiff']) {
    it(`decodes ${name} as far as it goes when it is cut off`, async () => {
      const whole = readFileSync(fixture(name));
      const full = await mix(await openSound(fixture(name)));
      const cut = await mix(await openSound(written(name, whole.subarray(0, whole.length * 0.7))));
      assert.ok(
        cut.length > full.length * 0.3 && cut.length < full.length,
        `${cut.length} of ${full.length}`,
      );
    });
  }

  it('replaces a damaged frame by silence of its length', async () => {
    const aac = readFileSync(fixture('sweep.aac'));
    const whole = Buffer.concat([aac, aac]);
    const full = await mix(await openSound(written('whole.aac', whole)));
    const heard = await mix(await openSound(written('damaged.aac', spoil(whole, [20]))));
    assert.equal(heard.length, full.length);
    assert.deepEqual(heard.subarray(0, 20 * 1024), full.subarray(0, 20 * 1024));
    assert.ok(heard.subarray(20 * 1024, 21 * 1024).every((sample) => sample === 0));
    assert.deepEqual(heard.subarray(23 * 1024), full.subarray(23 * 1024));
  });

  it('refuses a recording of which more than a tenth is damaged', async () => {
    const spoilt = spoil(readFileSync(fixture('sweep.aac')), [8, 11, 14]);
    await assert.rejects(openSound(written('damaged.aac', spoilt)).then(mix), { kind: 'damaged' });
  });

  const refused: readonly [string, Uint8Array | string, object][] = [
    ['a web page', '<!DOCTYPE html><title>404</title>', notAudio('text/html')],
    ['JSON', '{"error": "not found"}', notAudio('application/json')],
    ['text', 'Dear diary,\nnothing was recorded today.\n', notAudio('text/plain')],
    ['a PDF', '%PDF-1.7\n%\xe2\xe3', notAudio('application/pdf')],
    ['an archive', 'PK\x03\x04' + '\0'.repeat(100), notAudio('application/zip')],
    ['an empty file', '', notAudio('unknown')],
    [
      'noise',
      Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31 + (i >> 3)) % 251),
      { name: 'AudioError' },
    ],
    ['AMR', '#!AMR\n\0\0\0\0', { kind: 'unsupported', message: /^AMR cannot be decoded on this machine\./ }],
    ['AIFF without sound', 'FORM\0\0\0\x04AIFF', { kind: 'damaged' }],
    ['MP4 without an index', readFileSync(fixture('sweep.mp4')).subarray(0, 3000), { kind: 'damaged' }],
    ['a moment', readFileSync(fixture('sweep.wav')).subarray(0, 44 + 1500), tooShort],
  ];
  for (const [what, contents, failure] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(openSound(written('refused.mp3', contents)), failure);
    });
  }

  it('refuses a video without sound', async () => {
    await assert.rejects(openSound(fixture('silent-film.mp4')), {
      kind: 'notAudio',
      message: /without a sound track\)\.$/,
    });
  });

  it('passes on what the disk reports', async () => {
    await assert.rejects(openSound(join(folder, 'missing.mp3')), { code: 'ENOENT' });
  });
});
