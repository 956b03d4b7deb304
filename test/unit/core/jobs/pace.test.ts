import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/failures/failure';
import { body, inTurn, PollerBench, processing, throttled, times } from '../../../support/pollerBench';

const fiveMinutesMs = 300_000;
/** How many requests AssemblyAI allows an account in five minutes. */
const maxRequests = 20_000;

/** The most polls within any five minutes. */
function busiest(looks: PollerBench['looks']): number {
  let first = 0;
  return looks.reduce((most, { atMs }, index) => {
    while ((looks[first]?.atMs ?? atMs) <= atMs - fiveMinutesMs) {
      first++;
    }
    return Math.max(most, index - first + 1);
  }, 0);
}

describe('The pace of many jobs', () => {
  for (const [what, answer] of [
    ['process', processing],
    ['are held back', throttled],
  ] as const) {
    it(`asks far less than the service allows while 200 ${what}`, async () => {
      for (const agoMs of [0, 3_600_000]) {
        const bench = new PollerBench(answer);
        await bench.watchMany(200, 2 * fiveMinutesMs, () => agoMs);
        assert.ok(busiest(bench.looks) <= 0.4 * maxRequests, String(busiest(bench.looks)));
        const asked = new Set(bench.looks.map(({ transcriptId }) => transcriptId));
        assert.equal(asked.size, 200, 'and leaves none out');
      }
    });
  }

  it('polls all of them equally often', async () => {
    const bench = new PollerBench(processing);
    await bench.watchMany(200, fiveMinutesMs);
    const counts = new Map<string, number>();
    bench.looks.forEach(({ transcriptId }) => counts.set(transcriptId, (counts.get(transcriptId) ?? 0) + 1));
    const sorted = [...counts.values()].toSorted((a, b) => a - b);
    assert.ok((sorted[0] ?? 0) >= 0.8 * (sorted.at(-1) ?? 0), `${sorted[0]} to ${sorted.at(-1)}`);
  });

  it('keeps its distance, whatever the service answers and whenever the jobs were submitted', async () => {
    const kind = fc.constantFrom('processing', 'throttled', 'network', 'rateLimited');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.array(kind, { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(7_200_000), { minLength: 1, maxLength: 10 }),
        async (count, kinds, agosMs) => {
          let asked = 0;
          const bench = new PollerBench((id) => {
            const next = kinds[asked++ % kinds.length] ?? 'network';
            return next === 'processing' || next === 'throttled'
              ? Promise.resolve(body(id, 'processing', next === 'throttled'))
              : Promise.reject(new Failure(next, 'Not now'));
          });
          await bench.watchMany(count, 20_000, (index) => agosMs[index % agosMs.length] ?? 0);
          const [, ...betweenMs] = bench.delaysMs;
          assert.ok(betweenMs.every((delay) => delay >= 40));
        },
      ),
      { numRuns: 40, seed: 11 },
    );
  });

  it('has no more than eight polls under way, and goes on as soon as one is answered', async () => {
    const answers: (() => void)[] = [];
    const bench = new PollerBench(
      (id) => new Promise((resolve) => answers.push(() => resolve(body(id, 'completed')))),
    );
    const all = bench.waitForMany(20);
    for (let answered = 0; answered < 20; answered++) {
      await bench.clock.advance(10_000);
      assert.equal(bench.looks.length, Math.min(20, 8 + answered));
      answers[answered]?.();
    }
    assert.ok((await all).every(({ status }) => status === 'fulfilled'));
  });

  it('pauses them all when one is refused, for as long as the service asks', async () => {
    const refusal = new Failure('rateLimited', 'Too many', { status: 429, retryAfterMs: 30_000 });
    const bench = new PollerBench(inTurn(refusal, 'processing'));
    await bench.watchMany(50, 60_000);
    const [refused = 0, after = 0] = bench.looks.map(({ atMs }) => atMs - bench.startMs);
    assert.equal(after - refused, 30_000);
  });

  it('pauses for longer each time where the service does not say how long, and forgets that with an answer', async () => {
    const refusal = new Failure('rateLimited', 'Too many', { status: 429 });
    const answers = [...times(7, refusal), 'processing', refusal, 'processing'] as const;
    const bench = new PollerBench(inTurn(...answers), () => 0.9999);
    await bench.watchMany(20, 180_000, () => 3_600_000);
    const seconds = bench.delaysMs.map((delay) => Math.round(delay / 1000));
    assert.deepEqual(seconds.slice(0, 10), [0, 1, 2, 4, 8, 16, 30, 30, 0, 1]);
  });

  it('counts polls that are refused together as one refusal', async () => {
    const refuse: (() => void)[] = [];
    const refusal = new Failure('rateLimited', 'Too many', { status: 429 });
    const bench = new PollerBench(
      () => new Promise((_resolve, reject) => refuse.push(() => reject(refusal))),
      () => 0.9999,
    );
    const waits = bench.waitForMany(8, () => 3_600_000);
    await bench.clock.advance(1000);
    assert.equal(refuse.length, 8);
    refuse.forEach((each) => each());
    // Each job itself waits 12 s; after eight refusals the pause would be 30 s.
    await bench.clock.advance(12_500);
    assert.equal(refuse.length, 16);
    bench.abort();
    refuse.forEach((each) => each());
    await waits;
  });

  it('goes on when the calendar is set back or the machine slept', async () => {
    for (const jumpMs of [-24 * 3_600_000, 24 * 3_600_000]) {
      const bench = new PollerBench(processing);
      const waits = bench.waitForMany(20);
      await bench.clock.advance(5000);
      bench.clock.jump(jumpMs);
      const looks = bench.looks.length;
      await bench.clock.advance(200_000);
      assert.ok(bench.looks.length >= looks + 20, `${bench.looks.length - looks} looks`);
      bench.abort();
      await waits;
    }
  });
});
