import assert from 'node:assert/strict';
import { Failure, type FailureFacts, type FailureKind } from '../../../../src/core/failures/failure';
import { body, inTurn, PollerBench, processing, times } from '../../../support/pollerBench';
import { seededRandom } from '../../../support/seededRandom';
import { VirtualClock } from '../../../support/virtualClock';

/** The value below which a part of the values lies. */
function quantile(numbers: readonly number[], part: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(part * numbers.length)] ?? Number.NaN;
}

describe('The poller', () => {
  it('waits until the job is done, and reports each poll before that', async () => {
    for (const final of ['completed', 'error'] as const) {
      const bench = new PollerBench(inTurn('queued', 'processing', 'processing', final));
      assert.deepEqual(await bench.clock.run(bench.wait()), body('job', final));
      assert.deepEqual(bench.seen, ['queued', 'processing', 'processing']);
      assert.equal(bench.clock.sleepers, 0);
    }
  });

  describe('polls', () => {
    it('a new job after two seconds, and each second from then on', async () => {
      const bench = new PollerBench(inTurn(...times<'processing'>(10, 'processing'), 'completed'));
      await bench.clock.run(bench.wait());
      const [first = 0, ...rest] = bench.delaysMs;
      assert.ok(first >= 1600 && first <= 2000, String(first));
      assert.equal(rest.length, 10);
      assert.ok(rest.every((delay) => delay >= 800 && delay <= 1000));
      assert.ok(new Set(rest).size > 5, 'with jitter');
    });

    it('less often for a long recording', async () => {
      const bench = new PollerBench(inTurn(...times<'processing'>(10, 'processing'), 'completed'));
      await bench.clock.run(bench.wait({ durationSeconds: 3600 }));
      const [, ...rest] = bench.delaysMs;
      assert.ok(rest.every((delay) => delay >= 2400 && delay <= 3000));
    });

    it('at once if the job was submitted more than a minute ago', async () => {
      const bench = new PollerBench(inTurn('completed'));
      await bench.clock.run(bench.wait({}, 60_001));
      assert.deepEqual(bench.delaysMs, [0]);
    });

    it('quickly again as soon as a queued job is processed', async () => {
      const bench = new PollerBench(inTurn('queued', 'processing', 'completed'));
      await bench.clock.run(bench.wait({}, 3_600_000));
      const [, queued = 0, begun = 0] = bench.delaysMs;
      assert.ok(queued >= 12_000 && queued <= 15_000);
      assert.ok(begun >= 800 && begun <= 1000);
    });

    it('seldom if the job was already at work an hour ago', async () => {
      const bench = new PollerBench(inTurn('processing', 'processing', 'completed'));
      await bench.clock.run(bench.wait({}, 3_600_000));
      const [, ...rest] = bench.delaysMs;
      assert.ok(rest.every((delay) => delay >= 12_000 && delay <= 15_000));
    });

    it('less often while the job is held back', async () => {
      const bench = new PollerBench(inTurn('throttled', 'throttled', 'processing', 'completed'));
      await bench.clock.run(bench.wait());
      const [, first = 0, second = 0, begun = 0] = bench.delaysMs;
      assert.ok(first >= 4000 && first <= 5000);
      assert.ok(second >= 4000 && second <= 5000);
      assert.ok(begun >= 800 && begun <= 1000);
    });

    it('often on this machine, the first time at once', async () => {
      const bench = new PollerBench(inTurn('queued', 'processing', 'processing', 'completed'));
      bench.api.local = { discard: () => Promise.resolve() };
      await bench.clock.run(bench.wait());
      assert.deepEqual(bench.delaysMs, [0, 400, 400, 400]);
    });
  });

  it('notices the end of short jobs within a second, in the median', async () => {
    const random = seededRandom(3);
    const lags: number[] = [];
    for (let job = 0; job < 300; job++) {
      const endMs = new VirtualClock().now() + 3000 + 57_000 * random();
      const bench = new PollerBench((id, _signal, nowMs) =>
        Promise.resolve(body(id, nowMs < endMs ? 'processing' : 'completed')),
      );
      await bench.clock.run(bench.wait());
      lags.push(bench.clock.now() - endMs);
    }
    assert.ok(quantile(lags, 0.5) <= 1000, String(quantile(lags, 0.5)));
    assert.ok(Math.max(...lags) <= 2000, 'and at worst within two');
  });

  describe('when a poll fails', () => {
    const outlived: readonly (readonly [kind: FailureKind, facts?: FailureFacts])[] = [
      ['offline'],
      ['network', { code: 'ECONNRESET' }],
      ['timeout'],
      ['server', { status: 502 }],
      ['unexpectedAnswer', { status: 200 }],
      ['rateLimited', { status: 429 }],
    ];
    for (const [kind, facts] of outlived) {
      it(`outlives ${kind}, and says so`, async () => {
        const failure = new Failure(kind, 'No luck', facts);
        const bench = new PollerBench(inTurn('processing', failure, failure, 'processing', 'completed'));
        assert.equal((await bench.clock.run(bench.wait())).status, 'completed');
        assert.deepEqual(bench.seen, ['processing', undefined, undefined, 'processing']);
      });
    }

    const forGood: typeof outlived = [
      ['keyRejected', { status: 401 }],
      ['notFound', { status: 404 }],
      ['rateLimited', { status: 403 }],
      ['certificate'],
    ];
    for (const [kind, facts] of forGood) {
      it(`stops at ${kind}, and names the job`, async () => {
        const bench = new PollerBench(inTurn('processing', new Failure(kind, 'No more', facts)));
        await assert.rejects(bench.clock.run(bench.wait()), {
          name: 'Failure',
          kind,
          message: 'No more',
          status: facts?.status,
          transcriptId: 'job',
          host: 'api.example.test',
        });
        assert.equal(bench.looks.length, 2);
      });
    }

    it('does not ask without an end for answers that it cannot read, and names the job', async () => {
      const failure = new Failure('unexpectedAnswer', 'The answer is no JSON', { status: 200 });
      const bench = new PollerBench(inTurn('processing', failure));
      await assert.rejects(bench.clock.run(bench.wait()), {
        kind: 'unexpectedAnswer',
        message: 'The answer is no JSON',
        transcriptId: 'job',
      });
      const waitedMs = bench.clock.now() - bench.startMs;
      assert.ok(waitedMs >= 15 * 60_000 && waitedMs < 17 * 60_000, `${waitedMs} ms`);
    });

    it('does not count the time that the machine sleeps', async () => {
      const failure = new Failure('unexpectedAnswer', 'A login page', { status: 200 });
      let asked = 0;
      const bench = new PollerBench((id) => {
        asked++;
        if (asked === 2) {
          // The lid was closed for a day between two login pages.
          bench.clock.jump(24 * 3_600_000);
        }
        return asked <= 2 ? Promise.reject(failure) : Promise.resolve(body(id, 'completed'));
      });
      assert.equal((await bench.clock.run(bench.wait())).status, 'completed');
    });

    it('has patience with answers that it cannot read as long as there are others between', async () => {
      const failure = new Failure('unexpectedAnswer', 'The answer is no JSON', { status: 200 });
      const mixed = Array.from({ length: 400 }, (_, at) => (at % 10 === 0 ? 'processing' : failure));
      const bench = new PollerBench(inTurn(...mixed, 'completed'));
      await bench.clock.run(bench.wait());
      assert.ok(bench.clock.now() - bench.startMs > 60 * 60_000);
    });

    it('waits for the network without an end', async () => {
      const bench = new PollerBench(inTurn(...times(2000, new Failure('offline', 'No way')), 'completed'));
      assert.equal((await bench.clock.run(bench.wait())).status, 'completed');
    });

    it('notices that a job began to be processed although polls failed in between', async () => {
      const bench = new PollerBench(
        inTurn('queued', new Failure('network', 'Gone'), 'processing', 'completed'),
      );
      await bench.clock.run(bench.wait({}, 3_600_000));
      assert.ok((bench.delaysMs.at(-1) ?? 0) <= 1000);
    });
  });

  describe('is cancelled at once', () => {
    const cancelled = { name: 'Failure', kind: 'cancelled', transcriptId: 'job', host: 'api.example.test' };

    it('before the first poll', async () => {
      const bench = new PollerBench(processing);
      const waiting = bench.wait();
      bench.abort();
      await assert.rejects(waiting, cancelled);
      assert.equal(bench.looks.length, 0);
    });

    it('between two polls', async () => {
      const bench = new PollerBench(processing);
      const waiting = bench.wait();
      void waiting.catch(() => undefined);
      await bench.clock.advance(5500);
      const looks = bench.looks.length;
      bench.abort();
      await assert.rejects(waiting, cancelled);
      await bench.clock.runUntilIdle();
      assert.equal(bench.looks.length, looks);
    });

    it('during a poll', async () => {
      const bench = new PollerBench(
        (_id, signal) =>
          new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason as Error)),
          ),
      );
      const waiting = bench.wait();
      void waiting.catch(() => undefined);
      await bench.clock.advance(5000);
      assert.equal(bench.looks.length, 1);
      bench.abort();
      await assert.rejects(waiting, cancelled);
    });

    it('while it waits for its turn', async () => {
      const bench = new PollerBench(() => new Promise(() => undefined));
      for (let other = 0; other < 8; other++) {
        void bench.wait({ transcriptId: `other-${other}` }, 3_600_000);
      }
      await bench.clock.advance(1000);
      const waiting = bench.wait({}, 3_600_000);
      void waiting.catch(() => undefined);
      await bench.clock.advance(1000);
      bench.abort();
      await assert.rejects(waiting, cancelled);
      assert.ok(bench.looks.every(({ transcriptId }) => transcriptId !== 'job'));
    });
  });
});
