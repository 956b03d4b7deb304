import assert from 'node:assert/strict';
import type { JobIn } from '../../../../src/core/jobs/job';
import type { TranscriptOptions } from '../../../../src/core/request/request';
import { followUpFor } from '../../../../src/host/jobs/followUpFor';
import { localOrigin } from '../../../../src/host/local/localApi';
import { aJob } from '../../../support/jobEntries';

const noService = 'steno:none';

function done(options: TranscriptOptions, deleteAfterwards: boolean, hasSidecar = true): JobIn<'done'> {
  const stage = { phase: 'done', transcriptId: 'id-1', hasSidecar, note: '/talks/n.md' } as const;
  return { ...aJob({ instructions: { options, deleteAfterwards } }), stage };
}

describe('followUpFor', () => {
  it('is nothing where nothing was asked for', () => {
    assert.equal(followUpFor(done({ redact_pii: true }, false)), undefined);
  });

  it('deletes the transcript', () => {
    assert.deepEqual(followUpFor(done({}, true)), {
      transcriptId: 'id-1',
      service: 'https://api.assemblyai.com',
      name: 'standup.mp3',
      deletes: true,
      redactedAudio: null,
    });
  });

  it('saves the redacted recording beside the original one', () => {
    const options = { redact_pii: true, redact_pii_audio: true };
    assert.equal(followUpFor(done(options, false))?.redactedAudio, '/talks/standup.redacted.mp3');
    const asWav = { ...options, redact_pii_audio_quality: 'wav' };
    assert.equal(followUpFor(done(asWav, true))?.redactedAudio, '/talks/standup.redacted.wav');
  });

  it('does not delete a transcript whose sidecar is not safe', () => {
    assert.equal(followUpFor(done({}, true, false)), undefined);
  });

  it('is nothing on this machine, and where no service was needed', () => {
    for (const service of [localOrigin, noService]) {
      assert.equal(followUpFor({ ...done({}, true), service }), undefined);
    }
  });
});
