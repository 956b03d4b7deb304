import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSound } from '../../../src/audio/openSound';
import { durationOf } from '../../../src/audio/duration';
import { extractSound, Refused } from '../../../src/audio/extractSound';
import { ffmpeg, hasFfmpeg, needsFfmpeg } from '../../support/ffmpeg';
import { fixturePath } from '../../support/fixtures';
import { mix } from './signal';
import { makeVideo } from './makeVideo';

describe('extractSound', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-sound-of-'))));
  after(() => rmSync(folder, { recursive: true }));

  const target = (): string => join(folder, 'target');
  const extracted = (source: string) => extractSound(source, target(), () => undefined);
  const samples = async (path: string): Promise<Float32Array> => mix(await openSound(path));

  for (const name of ['meeting.mp4', 'meeting.webm']) {
    it(`copies the sound of ${name} as it is`, async () => {
      const source = fixturePath('videos', name);
      const sound = await extracted(source);
      assert.deepEqual(sound, { bytes: statSync(target()).size, track: 1, tracks: 1 });
      assert.ok(sound.bytes < 0.3 * statSync(source).size, `${sound.bytes} bytes`);
      assert.deepEqual(await samples(target()), await samples(source));
      const [before, after] = [await durationOf(source), await durationOf(target())];
      assert.ok(before !== null && after !== null && Math.abs(before - after) < 0.001, `${before} ${after}`);
    });
  }

  it('reads a video that was written piece by piece', async () => {
    const source = join(folder, 'pieces.mp4');
    await makeVideo(source, { fragmented: true });
    await extracted(source);
    assert.deepEqual(await samples(target()), await samples(fixturePath('videos/meeting.mp4')));
  });

  it('keeps what the sound is late by when that is next to nothing', async () => {
    const source = join(folder, 'late.mp4');
    await makeVideo(source, { lateSeconds: 0.15 });
    await extracted(source);
    const late = await samples(target());
    assert.deepEqual(late, await samples(source));
    assert.ok(late.subarray(0, 1000).every((sample) => sample === 0));
  });

  it('leaves sound that begins late where it is', async () => {
    const source = join(folder, 'late.mp4');
    await makeVideo(source, { lateSeconds: 1.5 });
    await assert.rejects(extracted(source), new Refused('Its sound begins after 1.436 s'));
  });

  it('copies the sound of a video that was cut off, as far as it goes', async () => {
    const source = join(folder, 'cut.webm');
    copyFileSync(fixturePath('videos/meeting.webm'), source);
    truncateSync(source, Math.round(0.9 * statSync(source).size));
    await extracted(source);
    const [copied, whole] = [await samples(target()), await samples(source)];
    // Matroska rounds the end to a millisecond.
    assert.ok(Math.abs(copied.length - whole.length) <= 16, `${copied.length} of ${whole.length} samples`);
    assert.deepEqual(copied.subarray(0, -16), whole.subarray(0, copied.length - 16));
  });

  it('takes the track that is marked, of several', async () => {
    const source = join(folder, 'several.mp4');
    await makeVideo(source, { decoy: 'sweep.m4a' });
    assert.deepEqual({ ...(await extracted(source)), bytes: 0 }, { bytes: 0, track: 2, tracks: 2 });
    assert.deepEqual(await samples(target()), await samples(fixturePath('videos/meeting.mp4')));
  });

  const refused: readonly [string, string, string][] = [
    ['a recording without picture', 'recordings/clip.m4a', 'There is no picture'],
    ['a film without sound', 'audio/silent-film.mp4', 'There is no sound'],
    ['other recordings', 'recordings/clip.mp3', 'It is no video in MP4, QuickTime, WebM or Matroska'],
  ];
  for (const [what, name, why] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(extracted(fixturePath(name)), new Refused(why));
    });
  }

  it('says what the disk says', async () => {
    await assert.rejects(extracted(join(folder, 'missing.mp4')), { code: 'ENOENT' });
    const source = join(folder, 'copy.mp4');
    copyFileSync(fixturePath('videos/meeting.mp4'), source);
    await assert.rejects(
      extractSound(source, folder, () => undefined),
      { code: 'EISDIR' },
    );
  });

  describe(`in other codecs${needsFfmpeg}`, () => {
    before(function () {
      if (!hasFfmpeg) {
        this.skip();
      }
    });

    const picture = '-f lavfi -t 3 -i testsrc2=s=64x64:r=10'.split(' ');
    for (const [suffix, args] of [
      ['mov', '-c:a pcm_s16le'],
      ['mp4', '-c:a libmp3lame'],
      ['mp4', '-c:a aac -ac 6'],
      ['mp4', '-c:a aac -movflags frag_keyframe'],
      ['mp4', '-c:a libopus'],
      ['mkv', '-c:a aac'],
      ['mkv', '-c:a libvorbis'],
      ['mkv', '-c:a flac'],
      ['mkv', '-c:a pcm_s16le'],
    ] as const) {
      it(`${suffix} ${args}`, async () => {
        const source = join(folder, `codec.${suffix}`);
        const dialogue = ['-t', '3', '-i', fixturePath('dialogue/dialogue.mp3')];
        ffmpeg([...picture, ...dialogue, '-map', '0:v', '-map', '1:a', ...args.split(' '), source]);
        await extracted(source);
        const [before, after] = [await samples(source), await samples(target())];
        // Some of an encoder's padding at the end may be said to be sound.
        assert.ok(Math.abs(before.length - after.length) < 320, `${before.length} ${after.length}`);
        const length = Math.min(before.length, after.length) - 320;
        assert.deepEqual(after.subarray(0, length), before.subarray(0, length));
      });
    }

    it('refuses sound that cannot be copied', async () => {
      const source = join(folder, 'alac.mp4');
      const dialogue = ['-t', '1', '-i', fixturePath('dialogue/dialogue.mp3')];
      ffmpeg([...picture, ...dialogue, '-c:a', 'alac', source]);
      await assert.rejects(extracted(source), new Refused('Its sound is in a codec that cannot be copied'));
    });
  });
});
