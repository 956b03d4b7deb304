import assert from 'node:assert/strict';
import type { Fault } from '../../support/server/faults';
import { RandomFaults } from '../../support/server/randomFaults';
import { startScriptedServer } from '../../support/server/scriptedServer';

const nowMs = Date.UTC(2026, 10, 22);

describe('Random faults', () => {
  const make = (seed: number, share: number): RandomFaults =>
    new RandomFaults({ seed, share, now: () => nowMs });
  const take = (source: RandomFaults, count: number): (Fault | undefined)[] =>
    Array.from({ length: count }, () => source.next('submit'));

  it('are the same for the same seed', () => {
    assert.deepEqual(take(make(7, 0.5), 100), take(make(7, 0.5), 100));
    assert.notDeepEqual(take(make(7, 0.5), 100), take(make(8, 0.5), 100));
  });

  it('are as many as was asked for, and counted', () => {
    const source = make(1, 0.3);
    const count = take(source, 10_000).filter((fault) => fault !== undefined).length;
    assert.ok(Math.abs(count - 3000) < 150, `${count} of 10000`);
    assert.equal(source.total, count);
    assert.deepEqual(take(make(1, 0), 100), Array(100).fill(undefined));
  });

  it('are of every kind that a route can meet', () => {
    const source = make(1, 1);
    for (let count = 0; count < 500; count++) {
      source.next('upload');
      source.next('submit');
      source.next('get');
    }
    const kinds = (route: string): number =>
      [...source.counts.keys()].filter((name) => name.startsWith(`${route}: `)).length;
    assert.deepEqual([kinds('upload'), kinds('submit'), kinds('get')], [16, 16, 11]);
  });

  it('leave alone what no client asks for', () => {
    assert.equal(make(1, 1).next(undefined), undefined);
  });

  it('come after the faults that a test has ordered', async () => {
    const server = await startScriptedServer();
    try {
      server.faultBy(() => ({ outcome: { status: 503, body: '' } }));
      server.fault('list', { outcome: { status: 418, body: '' } });
      const statuses = [];
      for (let count = 0; count < 2; count++) {
        statuses.push((await fetch(`${server.url}/v2/transcript`)).status);
      }
      assert.deepEqual(statuses, [418, 503]);
    } finally {
      await server.close();
    }
  });
});
