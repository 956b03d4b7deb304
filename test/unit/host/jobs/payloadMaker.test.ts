import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { speechServerHost } from '../../../../src/core/failures/failure';
import type { Job } from '../../../../src/core/jobs/job';
import type { Payload } from '../../../../src/core/jobs/jobFiles';
import type { DiskJobFilesOptions } from '../../../../src/host/jobs/diskJobFiles';
import type { SoundExtractor } from '../../../../src/host/jobs/payloadMaker';
import { JumpingClock } from '../../../support/fakeJobs';
import { bytes, JobFilesStage, failureOf, localService, sha256 } from './jobFilesStage';

const noSound: SoundExtractor = { extractSound: () => Promise.resolve(undefined) };
const { signal } = new AbortController();

describe('PayloadMaker', () => {
  let stage: JobFilesStage;

  beforeEach(() => {
    stage = new JobFilesStage();
  });

  afterEach(() => stage.remove());

  /** Writes so many bytes as the sound of a video, and does something else meanwhile. */
  const soundOf = (size: number, meanwhile: () => unknown = () => undefined): SoundExtractor => ({
    extractSound: (_, target, { onProgress }) => {
      onProgress(0.5);
      writeFileSync(target, bytes.subarray(0, size));
      meanwhile();
      return Promise.resolve({ bytes: size });
    },
  });
  const make = (
    job: Job,
    options: Partial<DiskJobFilesOptions>,
    onProgress: (fraction: number) => void = () => undefined,
  ): Promise<Payload> => stage.files(options).makePayload(job, signal, onProgress);

  it('sends the sound of a video, and gives the hash of the video', async () => {
    const job = stage.job('talks/Talk.MP4');
    const fractions: number[] = [];
    const payload = await make(job, { media: soundOf(300) }, (fraction) => fractions.push(fraction));
    assert.deepEqual(readFileSync(payload.file.path), bytes.subarray(0, 300));
    const { mtimeMs } = statSync(payload.file.path);
    assert.deepEqual(payload.file, {
      path: payload.file.path,
      name: 'Talk.MP4',
      sizeBytes: 300,
      modifiedMs: mtimeMs,
    });
    assert.equal(payload.sha256, sha256);
    assert.equal(payload.savedBytes, 700);
    assert.deepEqual(fractions, [0.5]);
    if (process.platform !== 'win32') {
      assert.equal(statSync(stage.at('scratch')).mode & 0o777, 0o700, 'for its user only');
    }
    await payload.dispose();
    await payload.dispose();
    assert.deepEqual(stage.filesIn('scratch'), []);
    assert.deepEqual(readFileSync(job.recording.path), bytes);
  });

  it('sends the recording itself where its sound is not wanted or no use', async () => {
    const cases: readonly (readonly [Job, Partial<DiskJobFilesOptions>])[] = [
      [stage.job('talks/talk.mp3'), { media: soundOf(300) }],
      [stage.job('talks/off.mp4'), { media: soundOf(300), soundOnly: () => false }],
      [stage.job('talks/here.mp4', { service: localService }), { media: soundOf(300) }],
      [stage.job('talks/silent.mp4'), { media: noSound }],
      [stage.job('talks/large.mkv'), { media: soundOf(901) }],
      [stage.job('talks/full.webm'), { media: { extractSound: () => Promise.reject(new Error('ENOSPC')) } }],
      [stage.job('talks/nowhere.mov'), { media: soundOf(300), scratch: stage.at('talks/talk.mp3/scratch') }],
    ];
    for (const [job, options] of cases) {
      const payload = await make(job, options);
      assert.equal(payload.file, job.recording, job.recording.name);
      assert.equal(payload.sha256, undefined);
      assert.equal(payload.savedBytes, 0);
      await payload.dispose();
      assert.ok(existsSync(job.recording.path));
      assert.deepEqual(stage.filesIn('scratch'), []);
    }
  });

  it('sends the sound where it saves a tenth', async () => {
    const payload = await make(stage.job('talks/talk.mp4'), { media: soundOf(900) });
    assert.equal(payload.savedBytes, 100);
  });

  it('fails when the recording changes or goes meanwhile, whether its sound is used or not', async () => {
    for (const size of [300, 950]) {
      const job = stage.job('talks/talk.mp4');
      const grow = (): void => appendFileSync(job.recording.path, 'x');
      await failureOf(make(job, { media: soundOf(size, grow) }), 'recordingChanged');
      let tried = false;
      const media = soundOf(size, () => (tried = true));
      await failureOf(make(job, { media }), 'recordingChanged');
      assert.equal(tried, false, 'it had changed before');
      const gone = stage.job('talks/gone.mp4');
      const remove = (): void => rmSync(gone.recording.path);
      await failureOf(make(gone, { media: soundOf(size, remove) }), 'recordingMissing');
      assert.deepEqual(stage.filesIn('scratch'), []);
    }
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const stop = new AbortController();
    const media: SoundExtractor = {
      extractSound: (_, target) => {
        writeFileSync(target, 'half');
        stop.abort();
        return Promise.reject(new Error('Stopped'));
      },
    };
    const making = stage
      .files({ media })
      .makePayload(stage.job('talks/talk.mp4'), stop.signal, () => undefined);
    await failureOf(making, 'cancelled');
    assert.deepEqual(stage.filesIn('scratch'), []);
  });

  it('refuses a recording that is too large to send, but not a large video with little sound', async () => {
    const job = stage.job('talks/talk.mp4');
    truncateSync(job.recording.path, 2_200_000_001);
    const { size: sizeBytes, mtimeMs: modifiedMs } = statSync(job.recording.path);
    const large = { ...job, recording: { ...job.recording, sizeBytes, modifiedMs } };
    const { subject, host } = await failureOf(make(large, { media: noSound }), 'tooLarge');
    assert.equal(subject, 'talk.mp4');
    assert.equal(host, undefined);
    const here = { ...large, service: localService };
    assert.equal(
      (await failureOf(make(here, {}), 'tooLarge')).host,
      speechServerHost,
      'no limit of AssemblyAI’s',
    );
  });

  it('removes what crashes left of the same job, or long ago', async () => {
    mkdirSync(stage.at('scratch'));
    for (const name of ['job-1.a.sound', 'job-11.b.sound', 'job-2.c.sound']) {
      writeFileSync(stage.at(`scratch/${name}`), 'x');
    }
    utimesSync(stage.at('scratch/job-2.c.sound'), 1000, 1000);
    const clock = new JumpingClock();
    const now = statSync(stage.at('scratch/job-11.b.sound')).mtimeMs;
    clock.now = () => now + 1000;
    await make(stage.job('talks/talk.mp3'), { clock });
    assert.deepEqual(stage.filesIn('scratch'), ['job-11.b.sound']);
  });
});
