import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readWorkDone, type WorkDone } from '../../../../src/core/transcript/workDone';

const read = (progress: unknown): WorkDone | null =>
  readWorkDone({ id: 'job-1', status: 'processing', local_progress: progress });

describe('readWorkDone', () => {
  it('reads how far a job is, and how long it takes yet', () => {
    assert.deepEqual(read({ fraction: 0.25, remaining_seconds: 12 }), {
      fraction: 0.25,
      remainingMs: 12_000,
    });
    assert.deepEqual(read({ fraction: 0 }), { fraction: 0, remainingMs: null });
  });

  it('knows nothing where a service tells nothing', () => {
    assert.equal(readWorkDone({ id: 'job-1', status: 'processing' }), null);
    assert.equal(read({ remaining_seconds: 12 }), null);
  });

  it('takes any JSON without believing it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ fraction: fc.jsonValue() })), (progress) => {
        const done = read(progress);
        assert.ok(done === null || (done.fraction >= 0 && done.fraction <= 1));
      }),
    );
  });
});
