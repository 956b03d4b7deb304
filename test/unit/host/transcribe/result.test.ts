import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import { resultOf } from '../../../../src/host/transcribe/result';
import { aJob, offline, stages } from '../../../support/jobEntries';

describe('resultOf', () => {
  it('names the note and its warnings', () => {
    const stage = {
      ...stages.done,
      phase: 'done',
      note: '/talks/n.md',
      transcriptId: 'id',
      hasSidecar: true,
    } as const;
    assert.deepEqual(resultOf({ kind: 'written', job: { ...aJob(), stage }, warnings: ['No such model.'] }), {
      kind: 'written',
      file: '/talks/standup.mp3',
      notePath: '/talks/n.md',
      warnings: ['No such model.'],
    });
  });

  it('names the job only where it can go on', () => {
    const failure = new Failure('offline', '');
    const halted = resultOf({ kind: 'failed', job: aJob({ halt: offline }), failure });
    assert.ok(halted.kind === 'failed');
    assert.deepEqual([halted.jobId, halted.failure, halted.file], ['job-1', failure, '/talks/standup.mp3']);
    const refused = resultOf({ kind: 'failed', job: aJob(), failure });
    assert.ok(refused.kind === 'failed' && refused.jobId === undefined);
  });

  it('keeps the address of a recording on the web', () => {
    const recording = { ...aJob().recording, url: 'https://example.test/talk.mp3' };
    const result = resultOf({
      kind: 'failed',
      job: aJob({ recording }),
      failure: new Failure('offline', ''),
    });
    assert.ok(result.kind === 'failed' && result.url === recording.url);
  });
});
