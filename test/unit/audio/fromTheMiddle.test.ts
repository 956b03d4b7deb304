import assert from 'node:assert/strict';
import {
  AdtsOutputFormat,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  MpegTsOutputFormat,
  OggOutputFormat,
  WebMOutputFormat,
} from 'mediabunny';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSound } from '../../../src/audio/openSound';
import { fixturePath } from '../../support/fixtures';
import { wavHeader } from '../../support/wavHeader';
import { framesOf } from './frames/files';
import { flacLoop, writeLoop } from './loops';
import { assertExact, differences, samplesFrom } from './seeking';
import { collect, dialogue, fixture, sweep } from './signal';

type Writer = (path: string) => Promise<void> | void;

const loopSeconds = 34;
const opus = 'videos/meeting.webm';
const shortPages = { maximumPageDuration: 0.5 };
const late = { lateness: () => 15.02 };

const repeated = (name: string, times: number): Buffer =>
  Buffer.concat(Array.from({ length: times }, () => readFileSync(fixture(name))));

async function bareFrames(file: string): Promise<Buffer[]> {
  const frames = await framesOf(readFileSync(file));
  return frames.slice(1).map(({ data }) => Buffer.from(data));
}

/** 16-bit PCM in a WAV file. */
function wav(samples: Float32Array, rate: number): Buffer {
  const data = Buffer.from(Int16Array.from(samples, (sample) => 32_767 * sample).buffer);
  return Buffer.concat([wavHeader(data.length, rate), data]);
}

/** 8-bit PCM in an AU file. */
function au(samples: Float32Array, rate: number): Buffer {
  const header = Buffer.alloc(24);
  header.write('.snd');
  [24, 0xffff_ffff, 2, rate, 1].forEach((value, i) => header.writeUInt32BE(value, 4 + 4 * i));
  return Buffer.concat([header, Buffer.from(Int8Array.from(samples, (sample) => 127 * sample).buffer)]);
}

/** Where the pages of an Ogg file begin. RFC 3533, section 6. */
function pageStarts(ogg: Buffer): number[] {
  const starts: number[] = [];
  for (let at = ogg.indexOf('OggS'); at >= 0; at = ogg.indexOf('OggS', at + 4)) {
    starts.push(at);
  }
  return starts;
}

function withoutPages(ogg: Buffer, from: number, to: number): Buffer {
  const starts = pageStarts(ogg);
  return Buffer.concat([ogg.subarray(0, starts[from]), ogg.subarray(starts[to])]);
}

const tone = (rate: number): Float32Array => sweep(loopSeconds, rate);

const exact: readonly (readonly [string, Writer])[] = [
  ['WAV at 44.1 kHz', (path) => writeFileSync(path, wav(tone(44_100), 44_100))],
  ['WAV at 16 kHz', (path) => writeFileSync(path, wav(tone(16_000), 16_000))],
  ['WAV at a rate that has nothing in common', (path) => writeFileSync(path, wav(tone(11_027), 11_027))],
  ['AU at 8 kHz', (path) => writeFileSync(path, au(tone(8000), 8000))],
  ['FLAC', (path) => writeFileSync(path, flacLoop(500))],
  ['MP3 at one bit rate', (path) => writeFileSync(path, readFileSync(dialogue))],
  [
    'MP3 at one bit rate, of which nothing is said',
    async (path) => writeFileSync(path, Buffer.concat(await bareFrames(dialogue))),
  ],
  [
    'MP3 at two bit rates',
    async (path) => {
      const files = [dialogue, fixturePath('voices/one-voice.mp3')];
      const [some = [], others = []] = await Promise.all(files.map(bareFrames));
      const mixed = [
        ...some.slice(0, 400),
        ...others.slice(0, 300),
        ...some.slice(400),
        ...others.slice(300),
      ];
      writeFileSync(path, Buffer.concat(mixed));
    },
  ],
  ['MP3 files that were joined', (path) => writeFileSync(path, repeated('sweep.mp3', 33))],
  [
    'MP3 of which some is lost',
    async (path) => {
      const frames = await bareFrames(dialogue);
      frames.splice(700, 20, Buffer.alloc(2222, 0x55));
      writeFileSync(path, Buffer.concat(frames));
    },
  ],
  ['ADTS', (path) => writeLoop(path, new AdtsOutputFormat(), 'audio/sweep.m4a', loopSeconds)],
  ['MP4', (path) => writeLoop(path, new Mp4OutputFormat(), 'audio/sweep.m4a', loopSeconds)],
  [
    'MP4 in fragments',
    (path) =>
      writeLoop(path, new Mp4OutputFormat({ fastStart: 'fragmented' }), 'audio/sweep.m4a', loopSeconds),
  ],
  ['MP4 with MP3', (path) => writeLoop(path, new Mp4OutputFormat(), 'audio/sweep.mp3', loopSeconds)],
  ['QuickTime with PCM', (path) => writeLoop(path, new MovOutputFormat(), 'audio/sweep.wav', loopSeconds)],
  ['Matroska with AAC', (path) => writeLoop(path, new MkvOutputFormat(), 'audio/sweep.m4a', loopSeconds)],
  ['Matroska with MP3', (path) => writeLoop(path, new MkvOutputFormat(), 'audio/sweep.mp3', loopSeconds)],
  ['Matroska with Vorbis', (path) => writeLoop(path, new MkvOutputFormat(), 'audio/sweep.mka', loopSeconds)],
  ['Matroska with PCM', (path) => writeLoop(path, new MkvOutputFormat(), 'audio/sweep.wav', loopSeconds)],
  [
    'Matroska without an index',
    (path) => writeLoop(path, new MkvOutputFormat({ appendOnly: true }), 'audio/sweep.m4a', loopSeconds),
  ],
  [
    'Ogg of which pages are lost',
    async (path) => {
      await writeLoop(path, new OggOutputFormat(shortPages), 'audio/sweep.ogg', loopSeconds);
      writeFileSync(path, withoutPages(readFileSync(path), 12, 16));
    },
  ],
  [
    'Ogg of which pages are damaged',
    async (path) => {
      await writeLoop(path, new OggOutputFormat(shortPages), 'audio/sweep.ogg', loopSeconds);
      const bytes = readFileSync(path);
      const [from = 0, to = 0] = pageStarts(bytes).slice(14, 17);
      writeFileSync(path, bytes.fill(0, from - 500, to + 100));
    },
  ],
  [
    'FLAC of which frames are lost',
    (path) => {
      const bytes = flacLoop(500);
      bytes.fill(0, bytes.length / 2, bytes.length / 2 + 9000);
      writeFileSync(path, bytes);
    },
  ],
  ['Ogg with Vorbis', (path) => writeLoop(path, new OggOutputFormat(), 'audio/sweep.ogg', loopSeconds)],
  ['MPEG-TS', (path) => writeLoop(path, new MpegTsOutputFormat(), 'audio/sweep.m4a', loopSeconds)],
  [
    'MPEG-TS files that were joined',
    async (path) => {
      await writeLoop(path, new MpegTsOutputFormat(), 'audio/sweep.m4a', loopSeconds);
      const part = readFileSync(path);
      writeFileSync(path, Buffer.concat([part, part]));
    },
  ],
  [
    'MP4 with holes',
    (path) =>
      writeLoop(path, new Mp4OutputFormat(), 'audio/sweep.m4a', loopSeconds, { keeps: (n) => n % 200 < 150 }),
  ],
  [
    'Matroska with holes',
    (path) =>
      writeLoop(path, new MkvOutputFormat(), 'audio/sweep.m4a', loopSeconds, { keeps: (n) => n % 200 < 150 }),
  ],
  [
    'Matroska with a hole of half a minute',
    (path) =>
      writeLoop(path, new MkvOutputFormat(), 'audio/sweep.m4a', 60, { keeps: (n) => n < 100 || n > 590 }),
  ],
  [
    'MPEG-TS with a leap',
    (path) =>
      writeLoop(path, new MpegTsOutputFormat(), 'audio/sweep.m4a', loopSeconds, {
        lateness: (n) => (n < 300 ? 0 : 1234.567),
      }),
  ],
  [
    'Matroska whose times jitter',
    (path) =>
      writeLoop(path, new MkvOutputFormat(), 'audio/sweep.m4a', loopSeconds, {
        lateness: (n) => 0.008 + 0.008 * Math.sin(1.7 * n),
      }),
  ],
  [
    'Matroska whose clock is fast',
    (path) =>
      writeLoop(path, new MkvOutputFormat(), 'audio/sweep.m4a', loopSeconds, { lateness: (n) => 0.0001 * n }),
  ],
  [
    'Matroska that begins late',
    (path) =>
      writeLoop(path, new MkvOutputFormat(), 'audio/sweep.m4a', loopSeconds, { lateness: () => 23.456 }),
  ],
];

/** How a recording in Opus is written, which is 12 s long: repeated, its packets would make a decoder howl. */
const near: readonly (readonly [string, Writer])[] = [
  ['WebM', (path) => writeLoop(path, new WebMOutputFormat(), opus, 12)],
  ['WebM that begins late', (path) => writeLoop(path, new WebMOutputFormat(), opus, 12, late)],
  [
    'WebM without an index',
    (path) => writeLoop(path, new WebMOutputFormat({ appendOnly: true }), opus, 12, late),
  ],
  ['Ogg', (path) => writeLoop(path, new OggOutputFormat(), opus, 12)],
];

describe('samples from the middle', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-middle-'))));
  after(() => rmSync(folder, { recursive: true }));

  async function open(write: Writer) {
    const path = join(folder, 'recording');
    await write(path);
    return openSound(path);
  }

  for (const [what, write] of exact) {
    it(`are those from the beginning: ${what}`, async () => {
      const sound = await open(write);
      await assertExact(sound, 6, [0, 0.001, 9.999, 10, 12.3, 22.001, 30.5]);
      await sound.close();
    });
  }

  for (const [what, write] of near) {
    it(`are nearly those from the beginning: Opus in ${what}`, async () => {
      const sound = await open(write);
      for (const { seconds, noise } of await differences(sound, 12)) {
        assert.ok(noise === 0 || noise < -50, `${noise} dB from ${seconds} s on`);
      }
      await sound.close();
    });
  }

  for (const name of ['audio/sweep.mp4', 'audio/sweep.ogg', 'recordings/clip.m4a', 'videos/meeting.mp4']) {
    it(`are those from the beginning: ${name}`, async () => {
      const sound = await openSound(fixturePath(name));
      await assertExact(sound, 4);
      await sound.close();
    });
  }

  for (const [what, format, name] of [
    ['MP4', new Mp4OutputFormat(), 'audio/sweep.m4a'],
    ['ADTS', new AdtsOutputFormat(), 'audio/sweep.m4a'],
    ['Ogg', new OggOutputFormat(), 'audio/sweep.ogg'],
  ] as const) {
    it(`are those from the beginning behind bytes that are overwritten: ${what}`, async () => {
      const sound = await open(async (path) => {
        await writeLoop(path, format, name, loopSeconds);
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + (bytes.length >> 5)));
      });
      await assertExact(sound, 0, [16.8, 17, 17.2, 17.4, 17.6, 17.8, 18, 18.2]);
      await sound.close();
    });
  }

  it('are where they belong behind pages of Ogg that are lost', async () => {
    const path = join(folder, 'recording');
    await writeLoop(path, new OggOutputFormat(shortPages), 'audio/sweep.ogg', loopSeconds);
    const whole = await openSound(path);
    const all = await collect(whole.samples('mix'));
    await whole.close();
    writeFileSync(path, withoutPages(readFileSync(path), 12, 16));
    const holed = await openSound(path);
    const heard = await collect(holed.samples('mix'));
    await holed.close();
    assert.equal(heard.length, all.length);
    assert.deepEqual(heard.subarray(-200_000), all.subarray(-200_000));
    assert.deepEqual(heard.subarray(0, 70_000), all.subarray(0, 70_000));
    const silent =
      heard.filter((sample) => sample === 0).length - all.filter((sample) => sample === 0).length;
    assert.ok(silent > 20_000 && silent < 200_000, `${silent} samples`);
  });

  it('are none from the end on', async () => {
    const sound = await openSound(dialogue);
    assert.equal((await samplesFrom(sound, sound.durationSeconds!)).length, 0);
    assert.equal((await samplesFrom(sound, 100_000)).length, 0);
    await sound.close();
  });

  for (const name of ['sweep.wav', 'sweep.mp3', 'sweep.flac', 'sweep.ogg', 'sweep.m4a', 'sweep.mka']) {
    it(`do not just end where ${name} is closed`, async () => {
      const sound = await openSound(fixture(name));
      const reader = sound.samples('mix', 0.1);
      await sound.close();
      await assert.rejects(collect(reader));
      await sound.close();
    });
  }

  it('are those of a channel', async () => {
    const sound = await openSound(dialogue);
    assert.deepEqual(await samplesFrom(sound, 20, 16_000, 0), await samplesFrom(sound, 20, 16_000));
    await assert.rejects(samplesFrom(sound, 20, 16_000, 1), RangeError);
    await sound.close();
  });

  it('are the same for many readers at once', async () => {
    const sound = await open((path) =>
      writeLoop(path, new MpegTsOutputFormat(), 'audio/sweep.m4a', loopSeconds),
    );
    const all = await collect(sound.samples('mix'));
    const starts = [0, 3.21, 15, 15, 28.765];
    const readers = starts.map((start) => samplesFrom(sound, start, 80_000));
    for (const [i, heard] of (await Promise.all(readers)).entries()) {
      const from = Math.round(starts[i]! * 16_000);
      assert.deepEqual(heard, all.subarray(from, from + 80_000));
    }
    await sound.close();
  });
});
