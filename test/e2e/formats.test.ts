import { ok, strictEqual } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transcript } from 'assemblyai';
import { ffmpeg, hasFfmpeg, needsFfmpeg } from '../support/ffmpeg';
import { fixturePath } from '../support/fixtures';
import { compareWords, readReference } from '../support/reference';
import {
  recognise,
  startSpeechServerProcess,
  wordsOf,
  type SpeechServerProcess,
} from '../support/speechServerProcess';
import { removeFolder, temporaryFolder } from '../support/vscode/workspace';

/** One clear voice: with an unclear one, the codec may decide which of two similar words is recognised. */
const source = fixturePath('voices', 'one-voice.mp3');

/** File names, and the options with which ffmpeg makes them from the source. */
const formats: readonly (readonly [name: string, options: string])[] = [
  ['u8.wav', '-c:a pcm_u8'],
  ['s16.wav', '-c:a pcm_s16le -ar 44100'],
  ['s24.wav', '-c:a pcm_s24le -ar 48000'],
  ['s32.wav', '-c:a pcm_s32le -ar 96000'],
  ['f32.wav', '-c:a pcm_f32le'],
  ['f64.wav', '-c:a pcm_f64le'],
  ['alaw.wav', '-c:a pcm_alaw'],
  ['mulaw.wav', '-c:a pcm_mulaw'],
  ['stereo.mp3', '-c:a libmp3lame -b:a 192k -ar 44100 -ac 2'],
  ['vbr.mp3', '-c:a libmp3lame -q:a 2'],
  ['adts.aac', '-c:a aac -b:a 128k'],
  ['phone.m4a', '-c:a aac -b:a 128k -ar 44100 -ac 2'],
  ['video.mp4', '-c:a aac -b:a 128k'],
  ['fragments.mp4', '-c:a aac -b:a 128k -movflags frag_keyframe+empty_moov'],
  ['video.mov', '-c:a aac -b:a 128k'],
  ['video.m4v', '-c:a aac -b:a 128k'],
  ['music.flac', '-c:a flac'],
  ['vorbis.ogg', '-c:a libvorbis -q:a 6'],
  ['opus.ogg', '-c:a libopus -b:a 64k'],
  ['voice.opus', '-c:a libopus -b:a 64k'],
  ['opus.webm', '-c:a libopus -b:a 64k'],
  ['vorbis.webm', '-c:a libvorbis -q:a 6'],
  ['flac.mkv', '-c:a flac'],
  ['aac.mkv', '-c:a aac -b:a 128k'],
  ['s16.aiff', '-c:a pcm_s16be'],
];

const isVideo = (name: string): boolean => /^(video|fragments)\./.test(name);

/** The word error rate against the reference. */
async function errorRate(transcript: Transcript): Promise<number> {
  return compareWords(await readReference(source), wordsOf(transcript)).wordErrorRate;
}

describe(`Formats${needsFfmpeg}`, () => {
  let folder: string;
  let server: SpeechServerProcess;
  let expected: number;

  before(async function () {
    if (!hasFfmpeg) {
      this.skip();
    }
    folder = await temporaryFolder('formats');
    server = await startSpeechServerProcess();
    expected = await errorRate(await recognise(server, source));
  });

  after(async () => {
    if (hasFfmpeg) {
      await server.stop();
      await removeFolder(folder);
    }
  });

  for (const [name, options] of formats) {
    it(`hears the words in ${name}`, async () => {
      const file = join(folder, name);
      const picture = isVideo(name) ? '-f lavfi -i testsrc=size=64x64:rate=5 -shortest'.split(' ') : [];
      ffmpeg(['-i', source, ...picture, ...options.split(' '), file]);
      const transcript = await recognise(server, file);
      strictEqual(transcript.status, 'completed', transcript.error ?? '');
      const found = await errorRate(transcript);
      const difference = Math.abs(found - expected);
      ok(difference <= 0.02, `${found} instead of ${expected} of the words are wrong: ${transcript.text}`);
    });
  }

  for (const [name, options, reason] of [
    ['old.wma', '-c:a wmav2', /WMA/i],
    ['lossless.m4a', '-c:a alac', /ALAC/i],
    ['surround.ac3', '-c:a ac3', /AC-?3/i],
  ] as const) {
    it(`refuses ${name}, names its format and suggests AssemblyAI`, async () => {
      const file = join(folder, name);
      ffmpeg(['-i', source, ...options.split(' '), file]);
      const { status, error = '' } = await recognise(server, file);
      strictEqual(status, 'error');
      ok(reason.test(error) && error.includes('AssemblyAI'), error);
    });
  }

  it('refuses a file that is no recording', async () => {
    const file = join(folder, 'page.mp3');
    await writeFile(file, '<!doctype html><title>Not a recording</title>');
    const { status, error = '' } = await recognise(server, file);
    strictEqual(status, 'error');
    ok(error.includes('does not appear to contain audio'), error);
  });
});
