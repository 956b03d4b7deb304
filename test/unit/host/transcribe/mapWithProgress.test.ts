import assert from 'node:assert/strict';
import { mapWithProgress } from '../../../../src/host/transcribe/mapWithProgress';
import { VirtualClock } from '../../../support/virtualClock';

describe('mapWithProgress', () => {
  let clock: VirtualClock;
  let shown: string[];
  let stop: () => void;

  beforeEach(() => {
    clock = new VirtualClock();
    shown = [];
  });

  const showWait = (title: string, onStop: () => void) => {
    stop = onStop;
    shown.push(title);
    return { report: (message: string) => void shown.push(message), dispose: () => void shown.push('gone') };
  };

  it('gives the results in the order of the recordings, and shows nothing when it is quick', async () => {
    const seen = await mapWithProgress([3, 1, 2], { clock, showWait }, (number) =>
      Promise.resolve(2 * number),
    );
    assert.deepEqual(seen, [6, 2, 4]);
    assert.deepEqual(shown, []);
    assert.equal(clock.sleepers, 0);
  });

  it('shows how far it is when it takes long', async () => {
    const look = async (ms: number, signal: AbortSignal): Promise<number> => {
      await clock.sleep(ms, signal);
      return ms;
    };
    const looking = mapWithProgress([500, 1500, 2500], { clock, showWait }, look);
    await clock.advance(3000);
    assert.deepEqual(await looking, [500, 1500, 2500]);
    assert.deepEqual(shown, ['Looking at 3 recordings', '2 of 3', '3 of 3', 'gone']);
  });

  it('ends at once when it is stopped, even when a disk does not answer', async () => {
    let begun = 0;
    const look = (): Promise<void> => {
      begun++;
      return new Promise(() => undefined);
    };
    const looking = mapWithProgress(Array.from({ length: 100 }), { clock, showWait }, look);
    await clock.advance(1000);
    stop();
    assert.equal(await looking, undefined);
    assert.deepEqual(shown, ['Looking at 100 recordings', 'gone']);
    assert.equal(begun, 8);
  });

  it('begins no more inspections after that, and aborts those under way', async () => {
    const signals: AbortSignal[] = [];
    const looking = mapWithProgress(Array.from({ length: 20 }), { clock, showWait }, async (_, signal) => {
      signals.push(signal);
      await clock.sleep(2000, signal);
    });
    await clock.advance(1000);
    stop();
    assert.equal(await looking, undefined);
    await clock.advance(5000);
    assert.equal(signals.length, 8);
    assert.ok(signals.every(({ aborted }) => aborted));
  });

  it('fails as an inspection does', async () => {
    const failure = new Error('The disk is gone');
    await assert.rejects(
      mapWithProgress([1, 2], { clock, showWait }, () => Promise.reject(failure)),
      failure,
    );
    assert.equal(clock.sleepers, 0);
  });
});
