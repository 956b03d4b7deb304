import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSound } from '../../../src/audio/openSound';
import { ffmpeg, hasFfmpeg, needsFfmpeg } from '../../support/ffmpeg';
import { dialogue, lateness, mix, signalToNoise, toFloats } from './signal';

/** A way to write a recording. */
interface Format {
  /** What ffmpeg is told, and the suffix of the file. */
  readonly args: string;
  readonly suffix: string;
  /** dB, of what we decode against what ffmpeg decodes; 40 unless said. */
  readonly likeness?: number;
  /** ffmpeg takes the lead-in into account but for a few ms, so this one is compared with the recording itself. */
  readonly againstSource?: true;
  /** Samples that the sound may be late; 32, which are 2 ms, unless said. */
  readonly tolerance?: number;
}

const video = '-f lavfi -i testsrc=s=64x64:r=5';
/** ffmpeg's encoder replaces noise by a note that there is noise, so every decoder makes its own. */
const aac = { likeness: 12 };

const formats: readonly Format[] = [
  ...['u8', 's16le', 's24le', 's32le', 'f32le', 'f64le', 'alaw', 'mulaw'].map((coding) => ({
    args: `-c:a pcm_${coding} -ac 2`,
    suffix: 'wav',
  })),
  ...[8000, 11_025, 22_050, 44_100, 48_000, 96_000].map((rate) => ({ args: `-ar ${rate}`, suffix: 'wav' })),
  { args: '-c:a pcm_s16be -ar 22254', suffix: 'aiff' },
  { args: '-c:a pcm_s24be -ac 2', suffix: 'aiff' },
  { args: '-c:a pcm_s16le', suffix: 'aiff' },
  { args: '-c:a pcm_f32be', suffix: 'aiff' },
  { args: '-c:a pcm_alaw -ar 8000', suffix: 'aiff' },
  { args: '-c:a pcm_mulaw -ar 8000', suffix: 'au' },
  ...[8000, 11_025, 12_000, 16_000, 22_050, 32_000, 44_100, 48_000].map((rate) => ({
    args: `-ar ${rate} -ac 2`,
    suffix: 'mp3',
  })),
  // ffmpeg's decoder has a table with a misprint for this rate.
  { args: '-ar 24000', suffix: 'mp3', likeness: 25 },
  { args: '-q:a 5 -ar 44100', suffix: 'mp3' },
  { args: '-ar 44100 -ac 2 -joint_stereo 0', suffix: 'mp3' },
  { args: '-ar 44100 -write_xing 0', suffix: 'mp3' },
  { args: '-c:a aac -ar 44100 -ac 2', suffix: 'm4a', ...aac },
  { args: '-c:a aac -ar 48000', suffix: 'mov', ...aac },
  { args: '-c:a aac', suffix: '3gp', ...aac },
  { args: '-c:a aac -ar 44100', suffix: 'aac', ...aac },
  { args: '-c:a aac -ar 44100', suffix: 'ts', ...aac },
  { args: '-c:a aac -movflags frag_keyframe+empty_moov', suffix: 'mp4', ...aac },
  { args: '-c:a aac -movflags frag_keyframe -frag_duration 300000', suffix: 'mp4', ...aac },
  { args: '-c:a aac -movflags faststart', suffix: 'm4v', ...aac },
  { args: `${video} -map 0:a -map 1:v -shortest -c:a aac`, suffix: 'mp4', ...aac },
  { args: '-c:a aac', suffix: 'mkv', ...aac },
  { args: '-sample_fmt s16 -ar 44100 -ac 2', suffix: 'flac' },
  { args: '-sample_fmt s32 -ar 96000', suffix: 'flac' },
  { args: '-compression_level 0', suffix: 'flac' },
  { args: '-c:a flac -ar 44100', suffix: 'mka' },
  { args: '-c:a libvorbis -ar 44100 -ac 2', suffix: 'ogg' },
  { args: '-c:a libvorbis -ar 8000', suffix: 'ogg' },
  // Written 3 ms late, which ffmpeg does not fill in.
  { args: '-c:a libvorbis -ar 44100', suffix: 'webm', tolerance: 64, likeness: 30 },
  { args: '-c:a libopus -ac 2', suffix: 'opus', likeness: 25 },
  { args: '-c:a libopus -frame_duration 60', suffix: 'opus', likeness: 25 },
  { args: '-c:a libopus -ac 2 -b:a 96k', suffix: 'webm', againstSource: true },
  { args: '-c:a libopus', suffix: 'mp4', againstSource: true },
  { args: '-c:a libmp3lame', suffix: 'mkv' },
  { args: '-c:a pcm_s16le -ar 44100', suffix: 'mkv' },
];

describe(`formats, against ffmpeg's decoding${needsFfmpeg}`, () => {
  let folder: string;

  before(function () {
    if (!hasFfmpeg) {
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'steno-formats-'));
  });
  after(() => {
    if (hasFfmpeg) {
      rmSync(folder, { recursive: true });
    }
  });

  const excerpt = ['-t', '2', '-i', dialogue];
  const mono = (path: string) =>
    toFloats(ffmpeg(['-i', path, '-map', '0:a', ...'-ac 1 -ar 16000 -f f32le -'.split(' ')]));

  for (const [number, { args, suffix, likeness = 40, againstSource, tolerance = 32 }] of formats.entries()) {
    it(`${suffix} ${args}`, async () => {
      const path = join(folder, `${number}.${suffix}`);
      ffmpeg([...excerpt, ...args.split(' '), path]);
      const heard = await mix(await openSound(path));
      if (againstSource) {
        const source = toFloats(ffmpeg([...excerpt, ...'-ac 1 -ar 16000 -f f32le -'.split(' ')]));
        assert.ok(Math.abs(lateness(source, heard)) < 32, 'late');
        return;
      }
      const reference = mono(path);
      // Mixing two channels that are the same, ffmpeg makes them louder by the square root of 2.
      const gain = args.includes('-ac 2') ? Math.SQRT1_2 : 1;
      const scaled = reference.map((sample) => sample * gain);
      const late = lateness(scaled, heard);
      assert.ok(Math.abs(late) < tolerance, `${late} samples late`);
      assert.ok(
        Math.abs(heard.length - reference.length) < 800,
        `${heard.length} of ${reference.length} samples`,
      );
      const ratio = signalToNoise(scaled, heard, late);
      assert.ok(ratio > likeness, `only ${ratio.toFixed(1)} dB`);
    });
  }

  it('tells channels apart', async () => {
    const path = join(folder, 'channels.flac');
    ffmpeg([...excerpt, '-af', 'pan=stereo|c0=c0|c1=0*c0', path]);
    const sound = await openSound(path);
    assert.equal(sound.channels, 2);
    const energies = [0, 0];
    for (const channel of [0, 1]) {
      for await (const block of sound.samples(channel)) {
        energies[channel] = block.reduce((sum, sample) => sum + sample ** 2, energies[channel] ?? 0);
      }
    }
    await sound.close();
    assert.ok((energies[0] ?? 0) > 10);
    assert.equal(energies[1], 0);
  });

  for (const suffix of ['mkv', 'mp4']) {
    it(`begins with silence where the track of an ${suffix} file begins late`, async () => {
      const path = join(folder, `late.${suffix}`);
      ffmpeg([
        ...`${video} -itsoffset 1.5`.split(' '),
        ...excerpt,
        ...'-map 0:v -map 1:a -t 5 -ar 44100 -c:a aac'.split(' '),
        path,
      ]);
      const heard = await mix(await openSound(path));
      const source = toFloats(ffmpeg([...excerpt, ...'-ac 1 -ar 16000 -f f32le -'.split(' ')]));
      assert.ok(heard.subarray(0, 23_000).every((sample) => sample === 0));
      // The lead-in of the encoder is no more than 50 ms, and Matroska does not say how long it is.
      const late = lateness(source, heard.subarray(24_000));
      assert.ok(late >= -32 && late < 800, `${late} samples late`);
    });
  }

  it('begins where the edit list of an MP4 file says, however many packets lie before that', async () => {
    const whole = join(folder, 'whole.mp4');
    const path = join(folder, 'trimmed.mp4');
    // A key frame at the beginning only, from which everything that follows has to be copied.
    ffmpeg([
      ...video.split(' '),
      ...excerpt,
      '-t',
      '2',
      ...'-map 0:v -map 1:a -g 100 -c:a aac'.split(' '),
      whole,
    ]);
    ffmpeg(['-ss', '0.7', '-i', whole, '-c', 'copy', path]);
    const heard = await mix(await openSound(path));
    const source = (await mix(await openSound(whole))).subarray(0.7 * 16_000);
    assert.ok(Math.abs(heard.length - source.length) < 320, `${heard.length} of ${source.length} samples`);
    assert.ok(Math.abs(lateness(source, heard)) < 32, 'late');
  });

  for (const suffix of ['ogg', 'opus']) {
    it(`begins with the first sound of an ${suffix} file, whatever its clock says`, async () => {
      const whole = join(folder, `whole.${suffix}`);
      const path = join(folder, `offset.${suffix}`);
      ffmpeg([...excerpt, whole]);
      ffmpeg(['-i', whole, ...'-c copy -output_ts_offset 500'.split(' '), path]);
      const sound = await openSound(path);
      assert.ok(Math.abs((sound.durationSeconds ?? 0) - 2) < 0.001, `${sound.durationSeconds} s`);
      assert.deepEqual(await mix(sound), await mix(await openSound(whole)));
    });
  }

  for (const [suffix, args] of [
    ['ogg', '-c:a libvorbis -page_duration 200000'],
    ['opus', '-c:a libopus -page_duration 200000'],
    ['webm', '-c:a libopus -cluster_time_limit 500'],
    ['ts', '-c:a aac'],
    ['mp4', '-c:a aac -movflags empty_moov -frag_duration 500000'],
    ['flac', ''],
  ] as const) {
    it(`decodes ${suffix} as far as it goes when it is cut off`, async () => {
      const path = join(folder, `cut.${suffix}`);
      ffmpeg([...excerpt, ...args.split(' ').filter(Boolean), path]);
      const full = await mix(await openSound(path));
      truncateSync(path, Math.floor(statSync(path).size * 0.8));
      const heard = await mix(await openSound(path));
      assert.ok(heard.length < full.length && heard.length > full.length * 0.3, `${heard.length} samples`);
      assert.deepEqual(heard.subarray(0, 9000), full.subarray(0, 9000));
    });
  }

  const refused: readonly [string, string, RegExp][] = [
    ['-c:a alac', 'm4a', /^Apple Lossless \(ALAC\) cannot be decoded on this machine\. Transcribe it with/],
    ['-c:a ac3', 'mp4', /^Dolby Digital \(AC-3\) cannot/],
    ['-c:a ac3', 'ac3', /^Dolby Digital \(AC-3\) cannot/],
    ['-c:a wmav2', 'wma', /^Windows Media \(WMA\) cannot/],
    ['-c:a adpcm_ima_wav', 'wav', /^ADPCM sound cannot/],
    ['-c:a mp2', 'mp2', /^MPEG audio of layer II cannot/],
    ['-c:a flac', 'oga', /^The sound of this Ogg file cannot/],
  ];
  for (const [args, suffix, message] of refused) {
    it(`refuses ${suffix} ${args}, and says what it is`, async () => {
      const path = join(folder, `refused.${suffix}`);
      ffmpeg([...excerpt, ...args.split(' '), path]);
      await assert.rejects(openSound(path), { name: 'AudioError', kind: 'unsupported', message });
    });
  }
});
