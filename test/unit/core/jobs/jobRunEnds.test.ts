import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import type { Phase } from '../../../../src/core/jobs/job';
import { completed, JobBench, processing, saved, submitted, submitting, transcribed } from './jobBench';

describe('JobRun', () => {
  describe('on this machine', () => {
    it('copies, polls often, and reports how far the work is', async () => {
      const half = { status: 'processing', local_progress: { fraction: 0.5, remaining_seconds: 3 } } as const;
      const bench = new JobBench({ status: 'queued' }, processing, half, completed).workHere();
      await bench.run();
      assert.deepEqual(
        bench.progress.flatMap((each) => ('done' in each ? [[each.step, each.done]] : [])),
        [
          ['queued', null],
          ['queued', null],
          ['processing', null],
          ['processing', { fraction: 0.5, remainingMs: 3000 }],
        ],
      );
      assert.equal(bench.steps[2], 'copying');
      assert.ok(bench.clock.slept.every((ms) => ms < 1000));
    });

    it('leaves no second copy of the text behind, once it is kept', async () => {
      const bench = new JobBench(completed).workHere();
      bench.cannotWrite('transcribed');
      await bench.fails('journalUnwritable');
      assert.deepEqual(bench.discarded, []);
      const kept = new JobBench(completed).workHere();
      await kept.run();
      assert.deepEqual(kept.discarded, ['job-1']);
    });

    it('goes on even if that copy stays', async () => {
      const bench = new JobBench(completed);
      bench.api.local = { discard: () => Promise.reject(new Failure('localServerFailed', 'gone')) };
      await bench.run();
      assert.equal(bench.files.notes.length, 1);
    });

    it('begins anew when the job is gone: that costs nothing', async () => {
      const gone = new Failure('notFound', 'transcript id not found');
      const bench = new JobBench(gone, completed).workHere().begunAt(submitted);
      assert.equal((await bench.run()).stage.transcriptId, 'job-1');
    });
  });

  describe('when another window has taken over the job', () => {
    // The last request to the service, and whether anything is saved.
    for (const [after, last, notes] of [
      ['findFinished', undefined, 0],
      ['upload', 'upload', 0],
      ['write uploaded', 'upload', 0],
      ['write submitting', 'submit upload-1', 0],
      ['submit upload-1', 'submit upload-1', 0],
      ['get job-1', 'get job-1', 0],
      ['keepTranscript', 'get job-1', 0],
      ['write transcribed', 'get job-1', 0],
      ['saveSidecar', 'get job-1', 0],
      ['write saved', 'get job-1', 0],
    ] as const) {
      it(`stops after: ${after}`, async () => {
        const bench = new JobBench(completed);
        bench.takenOverAfter(after);
        const { kind } = await bench.fails('takenOver');
        assert.equal(kind, 'takenOver');
        assert.equal(bench.requests.at(-1), last);
        assert.equal(bench.files.notes.length, notes);
      });
    }

    it('submits nothing after its window stood still', async () => {
      const bench = new JobBench(completed);
      const write = bench.journal.write.bind(bench.journal);
      bench.journal.write = async (job) => {
        await write(job);
        if (job.stage.phase === 'submitting') {
          await bench.clock.sleep(10_001, bench.controller.signal);
          bench.takeOver();
        }
      };
      await bench.fails('takenOver');
      assert.deepEqual(bench.requests, ['upload']);
    });

    it('keeps the stage that it had reached', async () => {
      const bench = new JobBench(completed);
      bench.takenOverAfter('submit upload-1');
      await bench.fails('takenOver');
      assert.equal(bench.current.stage.phase, 'submitted');
    });

    it('reports nothing else, even if something else went wrong', async () => {
      const bench = new JobBench().begunAt(transcribed);
      bench.journal.folder.transcripts.clear();
      bench.journal.folder.open.clear();
      await bench.fails('takenOver');
    });

    it('reports what went wrong if the journal cannot tell which window has the job', async () => {
      const bench = new JobBench().begunAt({ phase: 'uploading' });
      bench.api.upload = () => Promise.reject(new Failure('tooLarge', '413'));
      bench.journal.ensureOwn = () => Promise.reject(new Error('EIO'));
      await bench.fails('tooLarge');
    });

    it('keeps no transcript of it', async () => {
      const bench = new JobBench(completed);
      bench.takenOverAfter('get job-1');
      await bench.fails('takenOver');
      assert.equal(bench.journal.folder.transcripts.size, 0);
    });
  });

  describe('when its user cancels', () => {
    for (const [after, phase, id] of [
      ['findFinished', 'uploading', undefined],
      ['upload', 'uploaded', undefined],
      ['submit upload-1', 'submitted', 'job-1'],
      ['get job-1', 'submitted', 'job-1'],
      ['saveSidecar', 'saved', undefined],
    ] as const) {
      it(`stops after: ${after}`, async () => {
        const bench = new JobBench(processing);
        if (phase === 'saved') {
          bench.begunAt(transcribed);
        }
        bench.cancelledAfter(after);
        assert.equal((await bench.fails('cancelled')).transcriptId, id);
        assert.equal(bench.written, phase satisfies Phase);
        assert.equal(bench.files.notes.length, 0);
      });
    }

    it('stops before it does anything', async () => {
      const bench = new JobBench();
      bench.controller.abort();
      await bench.fails('cancelled');
      assert.deepEqual(bench.calls, []);
    });

    it('reports that there may be a job while that is not known', async () => {
      const bench = new JobBench(completed);
      bench.api.refuse(new Failure('cancelledWhileSubmitting', 'Cancelled'));
      await bench.fails('cancelledWhileSubmitting');
      assert.equal(bench.written, 'submitting');
      bench.controller.abort();
      await bench.fails('cancelledWhileSubmitting');
      assert.deepEqual(bench.requests, ['upload', 'submit upload-1'], 'no search for the job');
    });

    it('reports so between two requests for the job, too', async () => {
      const bench = new JobBench(completed).begunAt(submitting);
      bench.cancelledAfter('find old-upload');
      await bench.fails('cancelledWhileSubmitting');
      assert.equal(bench.written, 'submitting');
    });

    it('does not wait to try again', async () => {
      const bench = new JobBench(completed);
      bench.api.upload = () => {
        bench.controller.abort();
        return Promise.reject(new Failure('offline', 'ENOTFOUND'));
      };
      await bench.fails('cancelled');
      assert.deepEqual(bench.clock.slept, []);
    });
  });

  describe('saving', () => {
    it('goes on without a sidecar where its folder takes no files', async () => {
      const bench = new JobBench().begunAt(transcribed);
      bench.files.takesSidecars = false;
      assert.equal((await bench.run()).stage.hasSidecar, false);
      assert.equal(bench.files.notes.length, 1);
    });

    for (const stage of [transcribed, saved] as const) {
      it(`follows a recording that was moved when it was ${stage.phase}`, async () => {
        const bench = new JobBench().begunAt(stage);
        const moved = { ...bench.current.recording, path: '/archive/talk.mp3' };
        bench.files.moved = { recording: moved, notePath: '/archive/talk.transcript.md' };
        const done = await bench.run();
        assert.equal(done.stage.note, '/archive/talk.transcript.md');
        assert.deepEqual(done.recording, moved);
      });
    }

    for (const [method, kind, phase] of [
      ['locate', 'recordingGone', 'transcribed'],
      ['saveSidecar', 'sidecarUnwritable', 'transcribed'],
      ['saveNote', 'noteUnwritable', 'saved'],
    ] as const) {
      it(`goes on from the kept transcript after ${kind}`, async () => {
        const bench = new JobBench().begunAt(transcribed);
        const { [method]: works } = bench.files;
        bench.files[method] = () => Promise.reject(new Failure(kind, 'ENOSPC'));
        await bench.fails(kind);
        assert.equal(bench.written, phase);
        Object.assign(bench.files, { [method]: works });
        await bench.run();
        assert.equal(bench.files.notes.length, 1);
        assert.equal(bench.services, 0);
      });
    }

    it('fails where the kept transcript is not there', async () => {
      const bench = new JobBench().begunAt(transcribed);
      bench.journal.folder.transcripts.clear();
      await bench.fails('unexpected');
    });
  });
});
