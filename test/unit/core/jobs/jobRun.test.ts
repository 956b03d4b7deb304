import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import type { TranscriptBody } from '../../../../src/core/transcript/model';
import { parseTranscript } from '../../../../src/core/transcript/parseTranscript';
import { findDelaysMs } from '../../../../src/core/jobs/retryTiming';
import {
  completed,
  JobBench,
  processing,
  saved,
  submitted,
  submitting,
  transcribed,
  upload,
} from './jobBench';

const hour = 60 * 60 * 1000;
const reset = (): Failure => new Failure('network', 'reset', { code: 'ECONNRESET' });
const refusedConnection = (): Failure => new Failure('network', 'refused', { code: 'ECONNREFUSED' });
const serverError = { status: 'error', error: 'Server error, developers have been alerted' } as const;
const lostUpload = { status: 'error', error: 'Download error, unable to access file at https://x' } as const;

describe('JobRun', () => {
  it('goes through all stages, and writes each one down before the next begins', async () => {
    const bench = new JobBench({ status: 'queued' }, processing, completed);
    const { stage } = await bench.run();
    assert.deepEqual(bench.calls, [
      ...['findFinished', 'ensureWritable', 'write uploading'],
      ...['makePayload', 'upload', 'write uploaded', 'dispose'],
      ...['write submitting', 'submit upload-1', 'write submitted'],
      ...['get job-1', 'get job-1', 'get job-1', 'keepTranscript', 'write transcribed'],
      ...['locate', 'saveSidecar', 'write saved'],
      ...['locate', 'saveNote'],
    ]);
    const note = '/talks/talk.transcript.md';
    assert.deepEqual(stage, { phase: 'done', transcriptId: 'job-1', hasSidecar: true, note });
    assert.deepEqual(bench.files.notes, [
      { path: note, transcript: parseTranscript(bench.files.sidecars[0]!) },
    ]);
    assert.equal(bench.files.sidecars[0]?.['text'], 'Hello.');
  });

  it('parses a finished transcript once, from whichever stage it goes on', async () => {
    let reads = 0;
    const body = (): TranscriptBody =>
      Object.defineProperty({ id: 'old', status: 'completed', text: 'Hello.' }, 'utterances', {
        get: () => {
          reads++;
          return [];
        },
      });
    parseTranscript(body());
    const readsOfOne = reads;
    assert.ok(readsOfOne > 0);
    for (const stage of [submitted, transcribed, saved]) {
      const bench = new JobBench().begunAt(stage);
      bench.api.get = () => Promise.resolve(body());
      bench.journal.folder.transcripts.set('a1', body());
      reads = 0;
      await bench.run();
      assert.equal(reads, readsOfOne, stage.phase);
    }
  });

  it('reports what it does', async () => {
    const bench = new JobBench({ status: 'queued' }, processing, completed);
    bench.files.payload = { savedBytes: 300 };
    await bench.run();
    assert.deepEqual(bench.steps, [
      ...['checking', 'extracting', 'uploading', 'uploading', 'queued', 'queued', 'processing'],
      ...['saving', 'saving'],
    ]);
    assert.deepEqual(bench.progress[3], {
      step: 'uploading',
      sentBytes: 1000,
      totalBytes: 1000,
      savedBytes: 300,
    });
  });

  it('counts queueing from the submit, and processing from the poll that first finds it', async () => {
    const bench = new JobBench({ status: 'queued' }, processing, completed);
    const submittedMs = bench.clock.now();
    await bench.run();
    const waits = bench.progress.flatMap((progress) => ('sinceMs' in progress ? [progress.sinceMs] : []));
    assert.deepEqual(
      waits.map((sinceMs) => sinceMs - submittedMs),
      [0, 0, 3000],
    );
  });

  it('needs no service where a finished transcript lies beside the recording', async () => {
    const bench = new JobBench();
    bench.files.finished = { body: { id: 'there', ...completed }, sha256: 'abc' };
    const { stage } = await bench.run();
    assert.equal(stage.transcriptId, 'there');
    assert.deepEqual(bench.requests, []);
    assert.equal(bench.services, 0);
    assert.equal(bench.files.notes.length, 1);
  });

  it('transcribes again where the user wants it', async () => {
    const bench = new JobBench(completed).begunAt({ phase: 'waiting' }, { force: true });
    bench.files.finished = { body: { id: 'there', ...completed }, sha256: 'abc' };
    assert.equal((await bench.run()).stage.transcriptId, 'job-1');
  });

  it('sends nothing where the note could not be written', async () => {
    const bench = new JobBench(completed);
    bench.files.ensureWritable = () => Promise.reject(new Failure('noteUnwritable', 'EROFS'));
    await bench.fails('noteUnwritable');
    assert.deepEqual(bench.requests, []);
  });

  it('keeps the hash of the recording where only its sound was sent', async () => {
    const bench = new JobBench(completed);
    bench.files.payload = { sha256: 'of the video' };
    bench.takenOverAfter('write transcribed');
    await bench.fails('takenOver');
    assert.ok(bench.current.stage.phase === 'transcribed');
    assert.equal(bench.current.stage.sha256, 'of the video');
  });

  it('removes what was made for an upload that failed', async () => {
    const bench = new JobBench();
    bench.api.upload = () => Promise.reject(new Failure('tooLarge', '413'));
    await bench.fails('tooLarge');
    assert.equal(bench.calls.at(-1), 'dispose');
  });

  describe('goes on', () => {
    for (const [stage, first] of [
      [{ phase: 'uploading' }, 'makePayload'],
      [{ phase: 'uploaded', upload }, 'write submitting'],
      [submitting, 'find old-upload'],
      [submitted, 'get old'],
      [transcribed, 'locate'],
      [saved, 'locate'],
    ] as const) {
      it(`where it was ${stage.phase}`, async () => {
        const bench = new JobBench(completed).begunAt(stage);
        await bench.run();
        assert.equal(bench.calls[0], first);
        assert.equal(bench.files.notes.length, 1);
        assert.equal(bench.files.sidecars.length, stage.phase === 'saved' ? 0 : 1);
      });
    }

    it('with an upload only as long as the service has it', async () => {
      const usable = new JobBench(completed).begunAt({ phase: 'uploaded', upload });
      await usable.clock.sleep(20 * hour, usable.controller.signal);
      await usable.run();
      assert.deepEqual(usable.requests, ['submit old-upload', 'get job-1']);
      const old = new JobBench(completed).begunAt({ phase: 'uploaded', upload });
      await old.clock.sleep(20 * hour + 1, old.controller.signal);
      await old.run();
      assert.deepEqual(old.requests, ['upload', 'submit upload-1', 'get job-1']);
    });
  });

  describe('a job that is paid for', () => {
    it('is not submitted while that cannot be written down', async () => {
      for (const phase of ['uploading', 'uploaded', 'submitting'] as const) {
        const bench = new JobBench(completed);
        bench.cannotWrite(phase);
        await bench.fails('journalUnwritable');
        assert.ok(!bench.calls.includes('submit upload-1'), phase);
      }
    });

    it('is collected even where that cannot be written down', async () => {
      const bench = new JobBench(completed);
      bench.cannotWrite('submitted');
      await bench.run();
      assert.equal(bench.files.notes.length, 1);
    });

    it('is collected later where the transcript cannot be kept', async () => {
      const bench = new JobBench(completed);
      bench.cannotWrite('transcribed');
      await bench.fails('journalUnwritable');
      assert.equal(bench.written, 'submitted');
      assert.deepEqual(bench.files.sidecars, []);
    });

    it('goes on from the upload when the service certainly refused the submit', async () => {
      const bench = new JobBench(completed);
      bench.api.refuse(new Failure('billing', 'negative'));
      await bench.fails('billing');
      assert.equal(bench.written, 'uploaded');
      await bench.run();
      assert.deepEqual(bench.requests, ['upload', 'submit upload-1', 'submit upload-1', 'get job-2']);
    });
  });

  describe('after a submit without an answer', () => {
    it('collects the job that was made', async () => {
      const bench = new JobBench(completed);
      bench.api.refuse(reset());
      bench.api.lost = { id: 'lost', status: 'processing' };
      assert.equal((await bench.run()).stage.transcriptId, 'lost');
      assert.deepEqual(bench.requests, ['upload', 'submit upload-1', 'find upload-1', 'get lost']);
    });

    it('submits the same upload again if no job was made, after asking for half a minute', async () => {
      const bench = new JobBench(completed);
      bench.api.refuse(reset());
      await bench.run();
      const finds = findDelaysMs.map(() => 'find upload-1');
      assert.deepEqual(bench.requests.slice(2), [...finds, 'submit upload-1', 'get job-2']);
      assert.ok(findDelaysMs.reduce((sum, ms) => sum + ms) >= 30_000);
    });

    it('collects a job that is only listed at the last request', async () => {
      const bench = new JobBench(completed).begunAt(submitting);
      let looks = 0;
      bench.api.find = () =>
        Promise.resolve(++looks < findDelaysMs.length ? undefined : { id: 'lost', status: 'queued' });
      assert.equal((await bench.run()).stage.transcriptId, 'lost');
      assert.deepEqual(bench.requests, ['get lost']);
    });

    it('does not submit while it cannot ask for the job', async () => {
      const bench = new JobBench(completed).begunAt(submitting);
      bench.api.find = () => Promise.reject(new Failure('keyRejected', 'invalid'));
      await bench.fails('keyRejected');
      assert.deepEqual(bench.requests, []);
      assert.equal(bench.written, 'submitting');
    });

    it('uploads anew where the upload is too old by then', async () => {
      const bench = new JobBench(completed).begunAt(submitting);
      await bench.clock.sleep(24 * hour, bench.controller.signal);
      await bench.run();
      assert.deepEqual(bench.requests.slice(findDelaysMs.length), ['upload', 'submit upload-1', 'get job-1']);
    });
  });

  describe('after a failure that may pass', () => {
    it('tries again for half an hour', async () => {
      const bench = new JobBench(completed);
      bench.api.upload = () => Promise.reject(new Failure('offline', 'ENOTFOUND'));
      await bench.fails('offline');
      assert.deepEqual(
        bench.clock.slept,
        [15, 30, 60, 120, 300, 300, 600].map((seconds) => 1000 * seconds),
      );
      const waits = bench.progress.filter(({ step }) => step === 'retrying');
      assert.equal(waits.length, 7);
      assert.equal(bench.written, 'uploading');
      assert.equal(bench.calls.filter((call) => call === 'dispose').length, 8);
    });

    it('reports when it tries again', async () => {
      const bench = new JobBench(completed);
      bench.api.refuse(refusedConnection());
      const startMs = bench.clock.now();
      await bench.run();
      const wait = bench.progress.find(({ step }) => step === 'retrying');
      assert.ok(wait?.step === 'retrying');
      assert.equal(wait.untilMs, startMs + 15_000);
      assert.equal(wait.failure.code, 'ECONNREFUSED');
    });

    it('gives up even if it fails by turns before a submit and in it', async () => {
      const bench = new JobBench(completed).begunAt({ phase: 'uploaded', upload });
      let submits = 0;
      bench.api.submit = () => Promise.reject(++submits % 2 === 0 ? reset() : refusedConnection());
      await bench.fails('network');
      assert.equal(submits, 8);
    });

    it('has its full patience again once it made progress', async () => {
      const bench = new JobBench(completed);
      const send = bench.api.upload.bind(bench.api);
      let fails = 7;
      bench.api.upload = (...asked) => (fails-- > 0 ? Promise.reject(reset()) : send(...asked));
      bench.api.refuse(refusedConnection());
      await bench.run();
      assert.equal(bench.steps.filter((step) => step === 'retrying').length, 8);
      assert.deepEqual(bench.clock.slept[7], 15_000);
    });

    it('does not wait for a failure that only its user can mend', async () => {
      for (const kind of ['keyRejected', 'billing', 'recordingMissing', 'tooLarge'] as const) {
        const bench = new JobBench(completed);
        bench.api.upload = () => Promise.reject(new Failure(kind, ''));
        await bench.fails(kind);
        assert.deepEqual(bench.clock.slept, []);
      }
    });
  });

  describe('at the service', () => {
    for (const kind of [
      'offline',
      'network',
      'timeout',
      'server',
      'rateLimited',
      'unexpectedAnswer',
    ] as const) {
      it(`outlives ${kind} while it waits, and says so`, async () => {
        const bench = new JobBench(processing, new Failure(kind, 'gone'), completed);
        await bench.run();
        const waits = bench.progress.flatMap((each) => ('connected' in each ? [each.connected] : []));
        assert.deepEqual(waits, [true, true, false]);
      });
    }

    for (const failure of [
      new Failure('keyRejected', 'invalid'),
      new Failure('rateLimited', 'Forbidden', { status: 403 }),
    ]) {
      it(`stops at ${failure.kind}, ${failure.message}, and names the job, which stays`, async () => {
        const bench = new JobBench(processing, failure);
        assert.equal((await bench.fails(failure.kind)).transcriptId, 'job-1');
        assert.equal(bench.written, 'submitted');
        assert.equal(bench.current.stage.phase, 'submitted');
      });
    }

    it('submits the same upload again after a server error of the service, three times at most', async () => {
      const bench = new JobBench(serverError);
      await bench.fails('jobServerError');
      const submits = bench.calls.filter((call) => call.startsWith('submit'));
      assert.deepEqual(submits, Array<string>(4).fill('submit upload-1'));
      assert.equal(bench.clock.slept.filter((ms) => ms === 5000).length, 3);
      assert.equal(bench.current.stage.phase, 'waiting', 'a retry starts over');
    });

    it('uploads once more when the service lost the upload', async () => {
      const bench = new JobBench(lostUpload, completed);
      await bench.run();
      assert.deepEqual(bench.requests, [
        ...['upload', 'submit upload-1', 'get job-1'],
        ...['upload', 'submit upload-2', 'get job-2'],
      ]);
      const hopeless = new JobBench(lostUpload);
      await hopeless.fails('downloadFailed');
      assert.equal(hopeless.calls.filter((call) => call === 'upload').length, 2);
    });

    it('uploads once more when the service says that the upload belongs to another account', async () => {
      const bench = new JobBench(completed);
      bench.api.refuse(new Failure('uploadForbidden', 'Cannot access uploaded file'));
      await bench.run();
      assert.deepEqual(bench.requests, [
        ...['upload', 'submit upload-1'],
        ...['upload', 'submit upload-2', 'get job-2'],
      ]);
    });

    for (const [title, answer] of [
      ['is gone', new Failure('notFound', 'transcript id not found')],
      ['was deleted', { status: 'completed', is_deleted: true, text: 'Deleted by user.' }],
    ] as const) {
      it(`says so when the job ${title}, and begins anew only when its user retries`, async () => {
        const bench = new JobBench(answer, completed).begunAt(submitted);
        const { transcriptId, host } = await bench.fails('notFound');
        assert.deepEqual([transcriptId, host], ['old', bench.api.host]);
        assert.deepEqual(bench.requests, ['get old']);
        await bench.run();
        assert.deepEqual(bench.requests.slice(1), ['upload', 'submit upload-1', 'get job-1']);
      });
    }

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
      ['An error that is not known', 'jobFailed'],
    ] as const) {
      it(`does not repeat what cannot succeed: ${kind}`, async () => {
        const bench = new JobBench({ status: 'error', error });
        const { transcriptId, host } = await bench.fails(kind);
        assert.deepEqual([transcriptId, host], ['job-1', bench.api.host]);
        assert.deepEqual(bench.requests, ['upload', 'submit upload-1', 'get job-1']);
        assert.equal(bench.current.stage.phase, 'waiting', 'a retry starts over');
      });
    }
  });

  it('does nothing for a job that is done', async () => {
    const done = { phase: 'done', transcriptId: 'old', hasSidecar: true, note: '/n.md' } as const;
    const bench = new JobBench().begunAt(done);
    assert.equal((await bench.run()).stage, done);
    assert.deepEqual(bench.calls, []);
  });
});
