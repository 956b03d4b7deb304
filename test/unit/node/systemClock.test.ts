import assert from 'node:assert/strict';
import { systemClock } from '../../../src/node/systemClock';

describe('systemClock', () => {
  it('sleeps, and rejects with the reason when it is aborted', async () => {
    await systemClock.sleep(0, new AbortController().signal);
    const reason = new Error('enough');
    await assert.rejects(systemClock.sleep(1e9, AbortSignal.abort(reason)), reason);
    const controller = new AbortController();
    const sleeping = systemClock.sleep(1e9, controller.signal);
    controller.abort(reason);
    await assert.rejects(sleeping, reason);
  });

  it('knows the time', () => {
    const before = Date.now();
    assert.ok(systemClock.now() >= before);
  });
});
