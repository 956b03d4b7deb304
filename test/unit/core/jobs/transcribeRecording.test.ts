import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure, type FailureKind } from '../../../../src/core/failures/failure';
import { pollDelayMs } from '../../../../src/core/jobs/pollTiming';
import type { Recording } from '../../../../src/core/jobs/ports';
import { isUploading, type JobProgress } from '../../../../src/core/jobs/progress';
import { transcribeRecording, type FinishedJob } from '../../../../src/core/jobs/transcribeRecording';
import { JumpingClock, ListedApi, MemoryJobStore, silentLog } from '../../../support/fakeJobs';

const recording: Recording = { path: '/talks/talk.mp3', name: 'talk.mp3', sizeBytes: 1000, modifiedMs: 5 };
const processing = { status: 'processing' } as const;
const completed = { status: 'completed', text: 'Hello.' } as const;

/** A job run against a list of answers, and all that it left behind. */
class Bench {
  readonly api: ListedApi;
  readonly store = new MemoryJobStore();
  readonly clock = new JumpingClock();
  readonly progress: JobProgress[] = [];
  readonly controller = new AbortController();
  readonly discarded: string[] = [];

  constructor(...answers: ConstructorParameters<typeof ListedApi>[0]) {
    this.api = new ListedApi(answers);
  }

  /** A job of this recording was submitted before. */
  async knows(transcriptId: string, of: Recording): Promise<void> {
    const { origin } = this.api;
    const job = { audioUrl: 'old-upload', transcriptId, origin, recording: of, sha256: 'abc', startedMs: 0 };
    await this.store.put(job);
  }

  /** The service is on this machine, and can forget. */
  workHere(): void {
    this.api.local = {
      discard: (transcriptId) => {
        this.discarded.push(transcriptId);
        return Promise.resolve();
      },
    };
  }

  /** From now on the service says only this. */
  answer(only: Failure): void {
    this.api.answers.splice(0, this.api.answers.length, only);
  }

  run(): Promise<FinishedJob> {
    return transcribeRecording(recording, {
      api: this.api,
      store: this.store,
      clock: this.clock,
      random: () => 0,
      log: silentLog,
      signal: this.controller.signal,
      onProgress: (progress) => this.progress.push(progress),
    });
  }

  async fails(kind: FailureKind): Promise<Failure> {
    const failure = await this.run().then(
      () => assert.fail('It should have failed'),
      (thrown: unknown) => thrown,
    );
    assert.ok(failure instanceof Failure);
    assert.equal(failure.kind, kind);
    return failure;
  }
}

describe('transcribeRecording', () => {
  it('uploads, submits, waits, and leaves the job in the store for its caller', async () => {
    const bench = new Bench({ status: 'queued' }, processing, processing, completed);
    const { job, body } = await bench.run();
    assert.equal(body['text'], 'Hello.');
    assert.equal(job.sha256, 'abc');
    assert.deepEqual(bench.api.calls, ['upload', 'submit upload-1', ...Array<string>(4).fill('get job-1')]);
    assert.deepEqual(bench.store.jobs, [job]);
    assert.deepEqual(
      bench.progress.map(({ step }) => step),
      ['uploading', 'uploading', 'queued', 'processing', 'processing'],
    );
  });

  it('counts queueing from the submission and processing from when it was first seen', async () => {
    const bench = new Bench({ status: 'queued' }, processing, completed);
    const submittedMs = bench.clock.now();
    await bench.run();
    const waits = bench.progress.filter((progress) => !isUploading(progress));
    assert.deepEqual(
      waits.map(({ sinceMs }) => sinceMs - submittedMs),
      [0, 1000],
    );
  });

  it('waits for a job that is known already, without a second upload', async () => {
    const bench = new Bench(completed);
    await bench.run();
    const again = await bench.run();
    assert.equal(again.body.id, 'job-1');
    assert.deepEqual(bench.api.calls, ['upload', 'submit upload-1', 'get job-1', 'get job-1']);
  });

  for (const [title, answer] of [
    ['has failed by an error of the service', { status: 'error', error: 'Server error' }],
    ['has lost its upload', { status: 'error', error: 'Download error, unable to access file at https://x' }],
    ['was deleted', { status: 'completed', is_deleted: true, text: 'Deleted by user.' }],
  ] as const) {
    it(`starts over when the known job ${title}`, async () => {
      const bench = new Bench(answer, completed);
      await bench.knows('old', recording);
      const { job } = await bench.run();
      assert.deepEqual(bench.api.calls, ['get old', 'upload', 'submit upload-1', 'get job-1']);
      assert.deepEqual(bench.store.jobs, [job]);
    });
  }

  for (const [title, answer, kind] of [
    ['is gone', new Failure('notFound', 'transcript id not found'), 'notFound'],
    ['has failed for good', { status: 'error', error: 'Audio duration is too short.' }, 'tooShort'],
  ] as const) {
    it(`says so when the known job ${title}, and starts over only when asked again`, async () => {
      const bench = new Bench(answer, completed);
      await bench.knows('old', recording);
      await bench.fails(kind);
      assert.deepEqual(bench.api.calls, ['get old']);
      await bench.run();
      assert.deepEqual(bench.api.calls.slice(1), ['upload', 'submit upload-1', 'get job-1']);
    });
  }

  for (const changed of [{ sizeBytes: 1001 }, { modifiedMs: 6 }, { path: '/talks/other.mp3' }]) {
    it(`does not take a job of another recording for its own: ${JSON.stringify(changed)}`, async () => {
      const bench = new Bench(completed);
      await bench.knows('old', { ...recording, ...changed });
      assert.equal((await bench.run()).job.transcriptId, 'job-1');
    });
  }

  for (const kind of [
    'offline',
    'network',
    'timeout',
    'server',
    'rateLimited',
    'unexpectedAnswer',
  ] as const) {
    it(`outlives ${kind} while waiting, and says so`, async () => {
      const bench = new Bench(processing, new Failure(kind, 'gone'), completed);
      await bench.run();
      const waits = bench.progress.filter((progress) => !isUploading(progress));
      assert.deepEqual(
        waits.map(({ step, connected }) => [step, connected]),
        [
          ['processing', true],
          ['processing', false],
        ],
      );
    });
  }

  it('stops at a refused key, keeps the job and names it', async () => {
    const bench = new Bench(processing, new Failure('keyRejected', 'invalid'));
    assert.equal((await bench.fails('keyRejected')).transcriptId, 'job-1');
    assert.equal(bench.store.jobs.length, 1);
  });

  it('gives up its wait when cancelled, keeps the job and names it', async () => {
    const bench = new Bench(processing);
    const failing = bench.fails('cancelled');
    bench.controller.abort();
    assert.equal((await failing).transcriptId, 'job-1');
    assert.equal(bench.store.jobs.length, 1);
  });

  describe('on this machine', () => {
    it('copies, asks often, and tells how far the work is', async () => {
      const half = { status: 'processing', local_progress: { fraction: 0.5, remaining_seconds: 3 } } as const;
      const bench = new Bench({ status: 'queued' }, processing, half, completed);
      bench.workHere();
      await bench.run();
      assert.deepEqual(
        bench.progress.map((progress) => [progress.step, 'done' in progress ? progress.done : undefined]),
        [
          ['copying', undefined],
          ['copying', undefined],
          ['queued', null],
          ['processing', null],
          ['processing', { fraction: 0.5, remainingMs: 3000 }],
        ],
      );
      assert.ok(bench.clock.slept.every((ms) => ms < 1000));
    });

    it('stops the work when cancelled, and forgets the job', async () => {
      const bench = new Bench(processing);
      bench.workHere();
      const failing = bench.fails('cancelled');
      bench.controller.abort();
      assert.equal((await failing).transcriptId, undefined);
      assert.deepEqual(bench.discarded, ['job-1']);
      assert.deepEqual(bench.store.jobs, []);
    });

    it('starts over when a known job is gone: that costs nothing', async () => {
      const bench = new Bench(new Failure('notFound', 'transcript id not found'), completed);
      bench.workHere();
      await bench.knows('old', recording);
      assert.equal((await bench.run()).job.transcriptId, 'job-1');
    });
  });

  it('submits the same upload again after a server error of the service, three times at the most', async () => {
    const bench = new Bench({ status: 'error', error: 'Server error, developers have been alerted' });
    await bench.fails('jobServerError');
    const submits = bench.api.calls.filter((call) => call.startsWith('submit'));
    assert.deepEqual(submits, Array<string>(4).fill('submit upload-1'));
    assert.deepEqual(bench.clock.slept, [5000, 5000, 5000]);
    assert.deepEqual(bench.store.jobs, []);
  });

  it('uploads once more when the service lost the upload', async () => {
    const lost = { status: 'error', error: 'Download error, unable to access file at https://x' } as const;
    const bench = new Bench(lost, completed);
    await bench.run();
    assert.deepEqual(bench.api.calls, [
      'upload',
      'submit upload-1',
      'get job-1',
      'upload',
      'submit upload-2',
      'get job-2',
    ]);
    const hopeless = new Bench(lost);
    await hopeless.fails('downloadFailed');
    assert.equal(hopeless.api.calls.filter((call) => call === 'upload').length, 2);
  });

  it('uploads once more when the service says that the upload is not ours', async () => {
    const bench = new Bench(completed);
    bench.api.refuse(new Failure('uploadForbidden', 'Cannot access uploaded file'));
    await bench.run();
    assert.deepEqual(bench.api.calls, [
      'upload',
      'submit upload-1',
      'upload',
      'submit upload-2',
      'get job-2',
    ]);
  });

  it('keeps a known job that cannot be asked for', async () => {
    const bench = new Bench(completed);
    await bench.run();
    bench.answer(new Failure('keyRejected', 'invalid'));
    await bench.fails('keyRejected');
    assert.equal(bench.store.jobs.length, 1);
  });

  describe('after a submit without an answer', () => {
    async function interrupted(failure: Failure): Promise<Bench> {
      const bench = new Bench(completed);
      bench.api.refuse(failure);
      await bench.run().catch(() => undefined);
      assert.equal(bench.store.jobs[0]?.transcriptId, undefined);
      return bench;
    }

    it('collects the job where it was made', async () => {
      const bench = await interrupted(new Failure('network', 'reset'));
      bench.api.lost = { id: 'lost', status: 'processing' };
      assert.equal((await bench.run()).job.transcriptId, 'lost');
      assert.deepEqual(bench.api.calls, ['upload', 'submit upload-1', 'find upload-1', 'get lost']);
      assert.equal(bench.store.jobs[0]?.transcriptId, 'lost');
    });

    it('submits the same upload where it was not', async () => {
      const bench = await interrupted(new Failure('network', 'reset'));
      await bench.run();
      assert.deepEqual(bench.api.calls.slice(2), ['find upload-1', 'submit upload-1', 'get job-2']);
      assert.equal(bench.store.jobs.length, 1);
    });

    it('uploads anew where the upload is too old', async () => {
      const bench = await interrupted(new Failure('network', 'reset'));
      await bench.clock.sleep(24 * 60 * 60 * 1000, bench.controller.signal);
      await bench.run();
      assert.deepEqual(bench.api.calls.slice(2), ['find upload-1', 'upload', 'submit upload-2', 'get job-2']);
    });

    it('that was cancelled says that the job may exist', async () => {
      const bench = new Bench(completed);
      bench.api.refuse(new Failure('cancelledWhileSubmitting', 'Cancelled'));
      await bench.fails('cancelledWhileSubmitting');
      bench.api.find = () => Promise.reject(new Failure('cancelled', 'Cancelled'));
      assert.equal((await bench.fails('cancelledWhileSubmitting')).host, bench.api.host);
      assert.equal(bench.store.jobs.length, 1);
    });
  });

  it('goes on when the job cannot be written down, nor crossed out', async () => {
    const bench = new Bench({ status: 'error', error: 'Audio duration is too short.' });
    bench.store.put = () => Promise.reject(new Error('ENOSPC'));
    bench.store.remove = () => Promise.reject(new Error('ENOSPC'));
    await bench.fails('tooShort');
  });

  it('does not wait for ever when it is forbidden to ask', async () => {
    const bench = new Bench(processing, new Failure('rateLimited', 'Forbidden', { status: 403 }));
    assert.equal((await bench.fails('rateLimited')).transcriptId, 'job-1');
    assert.equal(bench.store.jobs.length, 1);
  });

  for (const [error, kind] of [
    ['Audio duration is too short.', 'tooShort'],
    ['Transcoding failed. File type text/plain', 'notMedia'],
    ['File does not appear to contain audio. File type is video/mp4 (ISO Media)', 'noAudioTrack'],
    ['language_detection cannot be performed on files with no spoken audio.', 'noSpeech'],
    [
      "detected language 'bg', confidence 0.3, is below the requested confidence threshold",
      'languageUncertain',
    ],
    ['Audio speech threshold 0.9 is below the requested speech threshold value 1.0', 'tooLittleSpeech'],
    ['Something that nobody has seen before', 'jobFailed'],
  ] as const) {
    it(`does not repeat what cannot succeed: ${kind}`, async () => {
      const bench = new Bench({ status: 'error', error });
      assert.equal((await bench.fails(kind)).transcriptId, 'job-1');
      assert.deepEqual(bench.api.calls, ['upload', 'submit upload-1', 'get job-1']);
      assert.deepEqual(bench.store.jobs, []);
    });
  }
});

describe('pollDelayMs', () => {
  it('grows from a second to 15 s and stays there', () => {
    const delays = Array.from({ length: 30 }, (_, asked) => pollDelayMs(asked, 0));
    assert.equal(delays[0], 1000);
    assert.deepEqual(
      delays,
      delays.toSorted((a, b) => a - b),
    );
    assert.equal(delays.at(-1), 15_000);
  });

  it('is never below 0.8 s nor above 15 s', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (asked, random) => {
          const delay = pollDelayMs(asked, random);
          assert.ok(delay >= 800 && delay <= 15_000);
        },
      ),
    );
  });
});
