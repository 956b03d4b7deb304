import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../src/node/systemClock';
import { Media } from '../../../../src/host/recordings/media';
import { fixturePath } from '../../../support/fixtures';
import { VirtualClock } from '../../../support/virtualClock';
import type { Clock } from '../../../../src/core/ports';

describe('Media', () => {
  const never = new AbortController().signal;
  const reason = new Error('The user cancelled');
  let folder: string;
  let target: string;
  let media: Media;
  let logged: string[];

  const start = (program: string, clock: Clock): Media => {
    logged = [];
    return new Media({ program, clock, log: { info: (message) => void logged.push(message) } });
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steno-media-'));
    target = join(folder, 'sound');
  });
  afterEach(() => {
    media.dispose();
    rmSync(folder, { recursive: true });
  });

  const extract = (
    source: string,
    signal = never,
    onProgress: (fraction: number) => void = () => undefined,
  ) => media.extractSound(source, target, { signal, onProgress });

  describe('with its program', () => {
    beforeEach(() => (media = start(join(__dirname, '../../../../src/media/worker.js'), systemClock)));

    it('reads the durations of many recordings', async () => {
      const paths = Array.from({ length: 100 }, (_, i) =>
        fixturePath(i % 2 === 0 ? 'recordings/clip.m4a' : 'audio/sweep.wav'),
      );
      const warnings: Error[] = [];
      const onWarning = (warning: Error): void => void warnings.push(warning);
      process.on('warning', onWarning);
      const seconds = await Promise.all(paths.map((path) => media.duration(path, never)));
      process.off('warning', onWarning);
      assert.deepEqual(
        seconds,
        paths.map((_, i) => (i % 2 === 0 ? 8 : 0.6)),
      );
      assert.deepEqual(warnings, []);
    });

    it('returns null for a file that is no recording, or is missing', async () => {
      const text = join(folder, 'text.mp3');
      writeFileSync(text, 'Dear diary,\n'.repeat(1000));
      assert.equal(await media.duration(text, never), null);
      assert.equal(await media.duration(join(folder, 'missing.mp3'), never), null);
    });

    it('writes the sound of a video into a file that only the user can read, and reports progress', async () => {
      const progress: number[] = [];
      const sound = await extract(fixturePath('videos/meeting.mp4'), never, (done) => progress.push(done));
      const { size, mode } = statSync(target);
      assert.deepEqual(sound, { bytes: size, track: 1, tracks: 1 });
      if (process.platform !== 'win32') {
        assert.equal(mode & 0o777, 0o600);
      }
      assert.ok(size > 0 && size < 0.3 * statSync(fixturePath('videos/meeting.mp4')).size, `${size} bytes`);
      assert.ok(progress.length > 2);
      assert.deepEqual(
        progress,
        progress.toSorted((a, b) => a - b),
      );
      assert.equal(progress.at(-1), 1);
    });

    it('leaves no file behind when there is no sound, and logs why', async () => {
      assert.equal(await extract(fixturePath('audio/silent-film.mp4')), undefined);
      assert.equal(existsSync(target), false);
      assert.deepEqual(logged, ['Could not extract the sound of the video: There is no sound']);
    });

    it('does not overwrite an existing file', async () => {
      writeFileSync(target, 'mine');
      assert.equal(await extract(fixturePath('videos/meeting.mp4')), undefined);
      assert.equal(readFileSync(target, 'utf8'), 'mine');
    });

    it('copes with videos that are cut off', async () => {
      for (const name of ['meeting.mp4', 'meeting.webm']) {
        const cut = join(folder, name);
        const whole = readFileSync(fixturePath('videos', name));
        for (const part of [0.001, 0.1, 0.5, 0.99]) {
          writeFileSync(cut, whole.subarray(0, whole.length * part));
          const sound = await extract(cut);
          assert.equal(existsSync(target), sound !== undefined, `${name} ${part}`);
          rmSync(target, { force: true });
        }
      }
    });
  });

  describe('with a scripted program', () => {
    let clock: VirtualClock;

    beforeEach(() => {
      clock = new VirtualClock();
      media = start(join(__dirname, 'scriptedMedia.js'), clock);
    });

    it('ends the program when a duration takes 5 s, and starts another', async () => {
      const hung = media.duration('hang', never);
      const next = media.duration('count', never);
      await clock.advance(5000);
      assert.equal(await hung, null);
      assert.equal(await next, 1, 'the first order of a new program');
      assert.deepEqual(logged, ['The media program is stuck, and is ended']);
    });

    it('ends the program when an extraction makes no progress for 30 s', async () => {
      let isOver = false;
      const begun = new Promise<void>((resolve) => {
        void extract('half', never, () => resolve()).then((sound) => {
          assert.equal(sound, undefined);
          isOver = true;
        });
      });
      await begun;
      await clock.advance(30_000);
      assert.equal(isOver, false);
      assert.deepEqual(logged, [], 'it had made progress in that time');
      assert.equal(existsSync(target), true);
      await clock.advance(3000);
      // Orders are carried out one by one, so this one begins when the first is over.
      assert.equal((await media.extractSound('sound', `${target}2`, options()))?.bytes, 0);
      assert.equal(isOver, true);
      assert.equal(existsSync(target), false);
    });

    it('returns null when the program dies, and starts it again', async () => {
      assert.equal(await media.duration('die', never), null);
      assert.equal(await media.duration('count', never), 1);
      assert.deepEqual(logged, ['The media program died: RangeError: out of memory']);
    });

    it('stops when it is aborted, and removes the file', async () => {
      const controller = new AbortController();
      const aborted = extract('half', controller.signal, () => controller.abort(reason));
      await assert.rejects(aborted, reason);
      assert.equal(existsSync(target), false);
      assert.notEqual(await extract('sound'), undefined);
    });

    it('does not begin an order that is aborted before its turn', async () => {
      const running = new AbortController();
      const hung = media.duration('hang', running.signal);
      const controller = new AbortController();
      const waiting = media.duration('count', controller.signal);
      controller.abort(reason);
      await assert.rejects(waiting, reason);
      running.abort(reason);
      await assert.rejects(hung, reason);
      await assert.rejects(media.duration('count', AbortSignal.abort(reason)), reason);
      await assert.rejects(extract('sound', AbortSignal.abort(reason)), reason);
      assert.equal(await media.duration('count', never), 1);
    });

    it('keeps an idle program for a minute', async () => {
      assert.equal(await media.duration('count', never), 1);
      await clock.advance(59_000);
      assert.equal(await media.duration('count', never), 2);
      await clock.advance(60_000);
      assert.equal(await media.duration('count', never), 1);
    });

    it('ends on disposal, even in the middle of an order', async () => {
      const hung = media.duration('hang', never);
      const waiting = media.duration('count', never);
      await clock.advance(0);
      media.dispose();
      assert.equal(await hung, null);
      assert.equal(await waiting, null);
      assert.equal(await extract('sound'), undefined);
      assert.equal(existsSync(target), false);
      assert.equal(clock.sleepers, 0, 'something still waits');
    });

    const options = () => ({ signal: never, onProgress: () => undefined });
  });
});
