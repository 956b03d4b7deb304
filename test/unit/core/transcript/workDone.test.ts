import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readWorkDone, type WorkDone } from '../../../../src/core/transcript/workDone';

const read = (progress: unknown): WorkDone | null =>
  readWorkDone({ id: 'job-1', status: 'processing', local_progress: progress });

describe('readWorkDone', () => {
  it('reads the progress of a job and its remaining time', () => {
    assert.deepEqual(read({ fraction: 0.25, remaining_seconds: 12 }), {
      fraction: 0.25,
      remainingMs: 12_000,
    });
    assert.deepEqual(read({ fraction: 0 }), { fraction: 0, remainingMs: null });
  });

  it('is null where the service reports no progress', () => {
    assert.equal(readWorkDone({ id: 'job-1', status: 'processing' }), null);
    assert.equal(read({ remaining_seconds: 12 }), null);
  });

  it('reads any JSON without errors', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ fraction: fc.jsonValue() })), (progress) => {
        const done = read(progress);
        assert.ok(done === null || (done.fraction >= 0 && done.fraction <= 1));
      }),
    );
  });
});
