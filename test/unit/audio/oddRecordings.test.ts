import assert from 'node:assert/strict';
import { MpegTsOutputFormat, WebMOutputFormat } from 'mediabunny';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationOf } from '../../../src/audio/duration';
import { openSound } from '../../../src/audio/openSound';
import { sampleRate } from '../../../src/audio/sound/sound';
import { fixturePath } from '../../support/fixtures';
import { id3v2 } from './frames/files';
import { writeLoop } from './loops';
import { fixture, mix } from './signal';

const mp3 = readFileSync(fixture('sweep.mp3'));
const wav = readFileSync(fixture('sweep.wav'));

interface Heard {
  readonly told: number | null;
  readonly samples: Float32Array;
}

describe('odd recordings', () => {
  let folder: string;
  let path: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'steno-odd-'));
    path = join(folder, 'recording');
  });
  after(() => rmSync(folder, { recursive: true }));

  const hear = async (...parts: Uint8Array[]): Promise<Heard> => {
    writeFileSync(path, Buffer.concat(parts));
    return heard();
  };
  const heard = async (): Promise<Heard> => {
    const told = await durationOf(path);
    const sound = await openSound(path);
    assert.equal(sound.durationSeconds ?? null, told);
    return { told, samples: await mix(sound) };
  };
  const loudness = (samples: Float32Array): number =>
    Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

  it('are heard behind a tag: WAV', async () => {
    assert.deepEqual(await hear(id3v2(70_000), wav), await hear(wav));
  });

  it('are heard behind many zeros: MP3', async () => {
    assert.deepEqual(await hear(Buffer.alloc(300_000), mp3), await hear(mp3));
  });

  it('are heard behind a tag whose size has eight bits in each byte: MP3', async () => {
    const tag = id3v2(70_000);
    tag.writeUInt32BE(70_000, 6);
    assert.deepEqual(await hear(tag, mp3), await hear(mp3));
  });

  it('begin with their first packet where their clock shows an hour: WebM', async () => {
    await writeLoop(path, new WebMOutputFormat(), 'audio/sweep.webm', 20, { lateness: () => 3600 });
    const { told, samples } = await heard();
    assert.ok(told !== null && Math.abs(told - 20) < 0.1, `${told} s`);
    assert.ok(Math.abs(samples.length / sampleRate - 20) < 0.1, `${samples.length} samples`);
  });

  it('are heard and counted to the end where they were joined: WebM of a browser', async () => {
    const parts: Buffer[] = [];
    for (const seconds of [12, 6]) {
      await writeLoop(path, new WebMOutputFormat({ appendOnly: true }), 'audio/sweep.webm', seconds);
      parts.push(readFileSync(path));
    }
    const { told, samples } = await hear(...parts);
    assert.ok(told !== null && Math.abs(told - 18) < 0.1, `${told} s`);
    assert.ok(Math.abs(samples.length / sampleRate - told) < 0.1, `${samples.length} samples`);
  });

  for (const [what, names] of [
    ['mono behind stereo', ['aac/stereo.aac', 'audio/sweep.aac']],
    ['stereo behind mono', ['audio/sweep.aac', 'aac/stereo.aac']],
  ] as const) {
    it(`are heard to the end where others of another rate were appended: ADTS, ${what}`, async () => {
      const parts = names.map((name) => readFileSync(fixturePath(name)));
      const alone = [await hear(parts[0]!), await hear(parts[1]!)];
      const { told, samples } = await hear(...parts);
      const seconds = alone.reduce((sum, each) => sum + (each.told ?? 0), 0);
      assert.ok(told !== null && Math.abs(told - seconds) < 0.001, `${told}, not ${seconds} s`);
      assert.ok(Math.abs(samples.length / sampleRate - seconds) < 0.02, `${samples.length} samples`);
      const [before, behind] = alone.map((each) => each.samples);
      assert.ok(Math.abs(loudness(samples.subarray(0, before!.length)) / loudness(before!) - 1) < 0.1);
      assert.ok(Math.abs(loudness(samples.subarray(before!.length)) / loudness(behind!) - 1) < 0.1);
    });
  }

  it('keep the silence before a sound that begins a little later: WebM', async () => {
    await writeLoop(path, new WebMOutputFormat(), 'audio/sweep.webm', 20, { lateness: () => 2 });
    const { told } = await heard();
    assert.ok(told !== null && Math.abs(told - 22) < 0.1, `${told} s`);
  });

  it('are heard where one side is the other, turned upside down', async () => {
    const { samples } = await hear(wav);
    const sound = wav.subarray(44);
    const sides = Buffer.alloc(2 * sound.length);
    for (let at = 0; at + 2 <= sound.length; at += 2) {
      const sample = Math.max(-32_767, sound.readInt16LE(at));
      sides.writeInt16LE(sample, 2 * at);
      sides.writeInt16LE(-sample, 2 * at + 2);
    }
    const header = Buffer.from(wav.subarray(0, 44));
    header.writeUInt16LE(2, 22);
    header.writeUInt32LE(2 * header.readUInt32LE(28), 28);
    header.writeUInt16LE(4, 32);
    header.writeUInt32LE(sides.length, 40);
    const inverted = await hear(header, sides);
    assert.equal(inverted.samples.length, samples.length);
    assert.ok(Math.abs(loudness(inverted.samples) / loudness(samples) - 1) < 0.01);
  });

  describe('in MPEG-TS', () => {
    let stream: Buffer;
    let plain: Heard;
    before(async () => {
      await writeLoop(path, new MpegTsOutputFormat(), 'audio/sweep.m4a', 20);
      stream = readFileSync(path);
      plain = await heard();
    });

    it('are heard where a time stands before each packet, as camcorders write them', async () => {
      const packets = Array.from({ length: stream.length / 188 }, (_, i) =>
        Buffer.concat([Buffer.from([0, 0, i >> 8, i & 255]), stream.subarray(i * 188, (i + 1) * 188)]),
      );
      assert.deepEqual(await hear(...packets), plain);
    });

    it('are heard where they begin in the middle of a packet', async () => {
      assert.deepEqual(await hear(stream.subarray(-100), stream), plain);
    });

    it('are heard with something else behind them', async () => {
      assert.deepEqual(await hear(stream, Buffer.alloc(1e6, 0x55)), plain);
    });
  });
});
