import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import { keptFailure, type Job, type Phase } from '../../../../src/core/jobs/job';
import { jobRow, lossOf } from '../../../../src/core/jobs/jobRow';
import type { JobEntry } from '../../../../src/core/jobs/jobEntry';
import { aJob, anEntry, offline, phases, stages } from '../../../support/jobEntries';

const local = 'steno:local';

const read = (entry: JobEntry): string => jobRow(entry, 102_000).description;

describe('jobRow', () => {
  it('counts bytes and time while a recording is sent', () => {
    const progress = {
      step: 'uploading',
      sentBytes: 12_000_000,
      totalBytes: 35_200_000,
      savedBytes: 0,
    } as const;
    const entry = anEntry('uploading', { changedMs: 60_000 }, { progress });
    assert.equal(read(entry), 'Uploading 34% (12.0 MB of 35.2 MB), 0:42 so far');
  });

  it('shows the time once, and no percentage, while the service works', () => {
    const progress = { step: 'processing', sinceMs: 60_000, connected: true, done: null } as const;
    assert.equal(read(anEntry('submitted', {}, { progress })), 'Processing for 0:42');
  });

  it('shows of another window what the journal knows', () => {
    const elsewhere = (phase: Phase): string => read(anEntry(phase, {}, { owner: 'elsewhere' }));
    assert.equal(elsewhere('waiting'), 'Waiting in another window');
    assert.equal(elsewhere('uploading'), 'Uploading in another window');
    assert.equal(elsewhere('submitted'), 'Processing for 0:42 in another window');
    assert.equal(elsewhere('transcribed'), 'Writing the note in another window');
  });

  it('says what a job waits for', () => {
    assert.equal(read(anEntry()), 'Waiting for its turn');
    assert.equal(read(anEntry('uploaded')), 'Waiting to go on');
    assert.equal(read(anEntry('waiting', {}, { owner: 'none' })), 'Waiting to go on');
    const detached = anEntry('submitted', { halt: { reason: 'detached' } });
    assert.equal(read(detached), 'Collect it: left to run at AssemblyAI');
    const gateway = anEntry('submitted', {
      halt: { reason: 'detached' },
      service: 'https://speech.example:8443',
    });
    assert.equal(read(gateway), 'Collect it: left to run at speech.example:8443');
  });

  it('says why a job failed', () => {
    assert.match(read(anEntry('uploading', { halt: offline })), /^AssemblyAI cannot be reached/);
  });

  it('says what is wrong with a recording without repeating its name', () => {
    const gone = new Failure('recordingGone', '', { subject: 'standup.mp3' });
    const entry = anEntry('transcribed', { halt: { reason: 'failed', failure: keptFailure(gone) } });
    assert.match(read(entry), /^is no longer where it was/);
    assert.match(jobRow(entry, 0).tooltip, /^The recording “standup\.mp3” is no longer where it was/m);
  });

  it('names the note of a finished job, on any system', () => {
    assert.equal(read(anEntry('done')), 'standup.transcript.md');
    const note = 'C:\\talks\\standup.transcript.md';
    const stage = { phase: 'done', transcriptId: 'x', hasSidecar: true, note } as const;
    assert.equal(read(anEntry('done', { stage })), 'standup.transcript.md');
  });

  it('has the whole story in its tooltip', () => {
    assert.deepEqual(jobRow(anEntry('submitted', { halt: { reason: 'detached' } }), 0).tooltip.split('\n'), [
      '/talks/standup.mp3',
      '35.2 MB, 32:10 long',
      'Collect it: left to run at AssemblyAI',
      'Transcript 3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10',
    ]);
    assert.deepEqual(jobRow(anEntry('done', { durationSeconds: null }), 0).tooltip.split('\n'), [
      '/talks/standup.mp3',
      '35.2 MB',
      'Note: /talks/standup.transcript.md',
    ]);
    // The id of a transcript on this machine is of no use to its user.
    assert.doesNotMatch(jobRow(anEntry('submitted', { service: local }), 0).tooltip, /Transcript/);
  });
});

describe('lossOf', () => {
  const lost = (job: Partial<Job>): Phase[] =>
    phases.filter((phase) => lossOf(aJob({ ...job, stage: stages[phase] })) !== undefined);

  it('says so where forgetting a job loses work or money', () => {
    assert.deepEqual(lost({}), ['uploaded', 'submitting', 'submitted', 'transcribed']);
    assert.deepEqual(lost({ service: local }), ['submitting', 'submitted', 'transcribed']);
  });

  it('warns of losing the only copy of a transcript, even of a job that is done', () => {
    const saved = { phase: 'saved', transcriptId: 'x', sha256: 'ab', hasSidecar: false } as const;
    const done = { phase: 'done', transcriptId: 'x', note: '/talks/note.md', hasSidecar: false } as const;
    for (const stage of [saved, done]) {
      assert.match(lossOf(aJob({ stage })) ?? '', /Steno’s copy, the only one, is deleted/);
    }
  });

  it('mentions a bill only where there is one', () => {
    const submitted = { stage: stages.submitted };
    assert.match(lossOf(aJob(submitted)) ?? '', /^AssemblyAI cannot be stopped: .* runs on and is billed/);
    assert.match(lossOf(aJob({ stage: stages.submitting })) ?? '', /may run on and be billed/);
    assert.doesNotMatch(lossOf(aJob({ ...submitted, service: local })) ?? '', /bill/);
  });
});
