import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationOf } from '../../../src/audio/duration';
import { openSound } from '../../../src/audio/openSound';
import { AudioError, sampleRate } from '../../../src/audio/sound/sound';
import { ffmpeg, hasFfmpeg, needsFfmpeg } from '../../support/ffmpeg';
import { fixturePath } from '../../support/fixtures';
import { recordings } from './madeRecordings';
import { mix } from './signal';

/** Seconds, as ffprobe and the sources of the fixtures say. */
const fixtures: Readonly<Record<string, number>> = {
  'aac/speech.aac': 9 * 0.064,
  'aac/stereo.aac': (8 * 1024) / 44_100,
  'aac/tools.aac': 0.256,
  'audio/silent-film.mp4': 1,
  'audio/sweep.aac': 17 * 0.064,
  'audio/sweep.aiff': 0.6,
  'audio/sweep.flac': 0.4,
  'audio/sweep.m4a': 1,
  'audio/sweep.mka': 1.032,
  'audio/sweep.mp3': 1,
  'audio/sweep.mp4': 1,
  'audio/sweep.ogg': 1,
  'audio/sweep.opus': 1,
  'audio/sweep.wav': 0.6,
  'audio/sweep.webm': 1.008,
  'dialogue/dialogue.mp3': 42.8499,
  'recordings/clip.m4a': 8,
  'recordings/clip.mp3': 8,
  'recordings/clip.mp4': 8,
  'recordings/clip.wav': 8,
  'videos/meeting.mp4': 12,
  'videos/meeting.webm': 12.008,
  'voices/four-voices.mp3': 45.063,
  'voices/one-voice.mp3': 34.811,
  'voices/telephone-two-voices.mp3': 41.096,
  'voices/three-voices.mp3': 40.884,
  'voices/two-voices.mp3': 35.876,
};

describe('durationOf', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-duration-'))));
  after(() => rmSync(folder, { recursive: true }));

  const written = (bytes: Uint8Array): string => {
    const path = join(folder, 'recording');
    writeFileSync(path, bytes);
    return path;
  };
  const near = (found: number | null, seconds: number, tolerance = 0.001): void =>
    assert.ok(found !== null && Math.abs(found - seconds) < tolerance, `${found}, not ${seconds}`);

  /** What the speech server goes by; undefined where it cannot decode the recording. */
  const toldBySound = async (path: string): Promise<number | null | undefined> => {
    try {
      const sound = await openSound(path);
      await sound.close();
      return sound.durationSeconds ?? null;
    } catch (thrown) {
      assert.ok(thrown instanceof AudioError, String(thrown));
      return undefined;
    }
  };
  /** The speech server has to know the same length, and to decode as much. */
  const agrees = async (path: string, seconds: number): Promise<void> => {
    const sound = await openSound(path);
    near(sound.durationSeconds ?? null, seconds);
    near((await mix(sound)).length / sampleRate, seconds);
  };

  for (const [name, seconds] of Object.entries(fixtures)) {
    it(name, async () => {
      near(await durationOf(fixturePath(name)), seconds);
      if (name !== 'audio/silent-film.mp4') {
        await agrees(fixturePath(name), seconds);
      }
    });
  }

  it('knows all recordings among the fixtures', () => {
    const found = ['aac', 'audio', 'dialogue', 'recordings', 'videos', 'voices'].flatMap((each) =>
      readdirSync(fixturePath(each))
        .filter((name) => !/\.(md|json|f32)$/.test(name))
        .map((name) => `${each}/${name}`),
    );
    assert.deepEqual(found.toSorted(), Object.keys(fixtures).toSorted());
  });

  for (const [what, bytes, seconds] of recordings) {
    it(`${what}: ${seconds ?? 'unknown'}`, async () => {
      const path = written(bytes());
      const found = await durationOf(path);
      if (seconds === null) {
        assert.equal(found, null);
      } else {
        near(found, seconds, 0.0001);
      }
      const told = await toldBySound(path);
      assert.ok(told === undefined || told === found, `the speech server says ${told}`);
    });
  }

  it('knows files that do not say it by their end', async () => {
    const bytes = readFileSync(fixturePath('videos/meeting.webm'));
    const at = bytes.indexOf(Buffer.from('448988', 'hex'));
    assert.ok(at > 0);
    bytes.fill(0, at + 3, at + 11);
    // The last block begins a packet before the end.
    near(await durationOf(written(bytes)), 12, 0.03);
    near(await durationOf(written(bytes.subarray(0, bytes.length / 2))), 6, 1);
  });

  it('estimates a long file of frames of many sizes by parts of it', async () => {
    // MPEG-1, layer III, 44.1 kHz: how long a frame is, by the index of its bit rate.
    const lengths = new Map([
      [1, 104],
      [5, 208],
      [7, 313],
      [9, 417],
    ]);
    const frame = (bitRate: number): Buffer => {
      const bytes = Buffer.alloc(lengths.get(bitRate)!);
      bytes.writeUInt32BE((0xfffb_0000 | (bitRate << 12)) >>> 0);
      return bytes;
    };
    const frames = Array.from({ length: 30_000 }, (_, i) => frame(i < 15_000 ? 9 : [1, 5, 7][i % 3]!));
    near(await durationOf(written(Buffer.concat(frames))), (30_000 * 1152) / 44_100, 12);
  });

  it('ends with a number above 0 or null, whatever follows a good beginning', async () => {
    const beginnings = recordings.map(([, bytes]) => bytes().subarray(0, 40));
    const file = fc.record({
      beginning: fc.constantFrom(...beginnings),
      rest: fc.uint8Array({ maxLength: 400 }),
      keep: fc.nat(40),
    });
    await fc.assert(
      fc.asyncProperty(file, async ({ beginning, rest, keep }) => {
        const found = await durationOf(written(Buffer.concat([beginning.subarray(0, keep), rest])));
        assert.ok(found === null || (Number.isFinite(found) && found > 0), String(found));
      }),
      { numRuns: 300, seed: 20_261_122 },
    );
  });

  it('is null for what is not there', async () => {
    assert.equal(await durationOf(folder), null);
  });

  describe(`of what ffmpeg writes${needsFfmpeg}`, () => {
    before(function () {
      if (!hasFfmpeg) {
        this.skip();
      }
    });

    for (const [suffix, args] of [
      ['mp3', '-q:a 5'],
      ['mp3', '-write_xing 0 -b:a 64k'],
      ['mp3', '-write_xing 0 -q:a 5'],
      ['mp2', '-c:a mp2'],
      ['aac', '-c:a aac'],
      ['ac3', '-c:a ac3'],
      ['wma', '-c:a wmav2'],
      ['flv', '-c:a aac'],
      ['ts', '-c:a aac'],
      ['3gp', '-c:a aac'],
      ['m4a', '-c:a alac'],
      ['mp4', '-c:a aac -movflags empty_moov -frag_duration 500000'],
      ['mp4', '-c:a aac -movflags frag_keyframe -frag_duration 500000'],
      ['webm', '-c:a libopus -live 1'],
      ['mkv', '-c:a flac -live 1'],
      ['mka', '-c:a libvorbis'],
      ['flac', ''],
      ['au', '-c:a pcm_mulaw'],
      ['aiff', '-c:a pcm_s24be'],
      ['wav', '-c:a adpcm_ima_wav'],
      ['wav', '-c:a gsm_ms -ar 8000'],
      ['wav', '-c:a libmp3lame -f wav'],
      ['wav', '-rf64 always'],
      ['ogg', '-c:a libvorbis'],
    ] as const) {
      it(`${suffix} ${args}`, async () => {
        const path = join(folder, `written.${suffix}`);
        ffmpeg([
          '-t',
          '20',
          '-i',
          fixturePath('dialogue/dialogue.mp3'),
          ...args.split(' ').filter(Boolean),
          path,
        ]);
        const found = await durationOf(path);
        // Encoders add up to a tenth of a second.
        near(found, 20.05, 0.1);
        const told = await toldBySound(path);
        assert.ok(told === undefined || told === found, `the speech server says ${told}`);
      });
    }
  });
});
