import assert from 'node:assert/strict';
import type { Stage } from '../../../../src/core/jobs/job';
import { needsConsent } from '../../../../src/core/jobs/resumption';
import { jobAt, recording, submitted, submitting, upload } from './jobBench';

const hour = 60 * 60 * 1000;
const large = 100_000_000;

const stages: readonly Stage[] = [
  { phase: 'waiting' },
  { phase: 'uploading' },
  { phase: 'uploaded', upload },
  submitting,
  submitted,
  { phase: 'transcribed', transcriptId: 'old', sha256: 'abc' },
  { phase: 'saved', transcriptId: 'old', sha256: 'abc', hasSidecar: true },
];

/** The phases in which a job with a recording of that size needs consent after so long. */
function asked(sizeBytes: number, agoMs: number): readonly string[] {
  return stages
    .map((stage) => jobAt(stage, { recording: { ...recording, sizeBytes } }))
    .filter((job) => needsConsent(job, job.changedMs + agoMs))
    .map(({ stage }) => stage.phase);
}

describe('needsConsent', () => {
  it('is not needed for what costs little, soon after', () => {
    assert.deepEqual(asked(large - 1, 0), []);
    assert.deepEqual(asked(large - 1, 24 * hour - 1), []);
  });

  it('is needed where a large upload would start over', () => {
    assert.deepEqual(asked(large, 0), ['uploading']);
    assert.deepEqual(asked(large, 20 * hour), ['uploading']);
    assert.deepEqual(asked(large, 20 * hour + 1), ['uploading', 'uploaded'], 'the service may not have it');
  });

  it('is needed a day later, but never for a submitted job', () => {
    for (const size of [1000, large]) {
      assert.deepEqual(asked(size, 24 * hour), ['waiting', 'uploading', 'uploaded']);
      assert.deepEqual(asked(size, 1000 * hour), ['waiting', 'uploading', 'uploaded']);
    }
  });

  it('is not needed because the clock was set back', () => {
    assert.deepEqual(asked(1000, -1000 * hour), []);
  });
});
