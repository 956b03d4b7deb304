import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure, type FailureKind } from '../../../../src/core/failures/failure';
import {
  jobWaitMs,
  mayHaveTakenEffect,
  parseRetryAfter,
  retryDelayMs,
  triesFor,
  type Operation,
} from '../../../../src/core/jobs/retryTiming';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const tried = fc.integer({ min: 1, max: 100 });
const status = fc.option(fc.integer({ min: 400, max: 599 }), { nil: undefined });

describe('retryDelayMs', () => {
  it('stays below its bound, which doubles up to 30 s', () => {
    fc.assert(
      fc.property(tried, random, status, (count, number, code) => {
        const delay = retryDelayMs({ status: code, retryAfterMs: undefined }, count, number);
        const bound = Math.min(30_000, 2000 * 2 ** (count - 1));
        assert.ok(Number.isInteger(delay) && delay >= 0 && delay <= bound);
      }),
    );
  });

  it('is spread over the whole range', () => {
    const cause = { status: 500, retryAfterMs: undefined };
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7].map((count) => retryDelayMs(cause, count, 0.999999)),
      [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
    );
    assert.equal(retryDelayMs(cause, 3, 0), 0);
    assert.equal(retryDelayMs({ ...cause, status: 503 }, 1, 0.5), 1000, 'overload waits longer');
  });

  it('does what the server asks, up to two minutes', () => {
    fc.assert(
      fc.property(tried, random, fc.nat(), status, (count, number, retryAfterMs, code) => {
        assert.equal(
          retryDelayMs({ status: code, retryAfterMs }, count, number),
          Math.min(120_000, retryAfterMs),
        );
      }),
    );
  });
});

describe('parseRetryAfter', () => {
  const nowMs = Date.UTC(2026, 10, 22, 9, 30);

  it('reads seconds', () => {
    fc.assert(
      fc.property(fc.nat(), (seconds) =>
        assert.equal(parseRetryAfter(` ${seconds} `, nowMs), seconds * 1000),
      ),
    );
  });

  it('reads HTTP dates, those of the past as now', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), (seconds) => {
        const date = new Date(nowMs + seconds * 1000).toUTCString();
        assert.equal(parseRetryAfter(date, nowMs), Math.max(0, seconds * 1000));
      }),
    );
    assert.equal(parseRetryAfter('Sunday, 22-Nov-26 09:31:00 GMT', nowMs), 60_000);
  });

  it('reads nothing else', () => {
    for (const header of [undefined, '', 'soon', '-5', '1.5', '12abc', '0x10', 'Infinity', 'Sun']) {
      assert.equal(parseRetryAfter(header, nowMs), undefined, header);
    }
    fc.assert(
      fc.property(fc.string(), (header) => {
        const ms = parseRetryAfter(header, nowMs);
        assert.ok(ms === undefined || ms >= 0);
      }),
    );
  });
});

describe('triesFor', () => {
  const tries = (operation: Operation, kind: FailureKind, code?: number): number =>
    triesFor(operation, new Failure(kind, '', { status: code }));

  it('repeats what may pass by itself', () => {
    for (const kind of ['offline', 'network', 'timeout', 'server'] as const) {
      assert.deepEqual(
        (['get', 'list', 'delete', 'upload', 'submit'] as const).map((operation) => tries(operation, kind)),
        [5, 5, 5, 5, 3],
        kind,
      );
    }
    assert.equal(tries('submit', 'rateLimited', 429), 5);
    assert.equal(tries('get', 'rateLimited', 403), 3);
    assert.equal(tries('get', 'unexpectedAnswer'), 3);
  });

  it('repeats a question only if the language model cannot have received it', () => {
    for (const kind of ['network', 'timeout', 'server', 'unexpectedAnswer', 'offline'] as const) {
      assert.equal(tries('chat', kind), 1, kind);
      assert.equal(tries('understand', kind), 1, kind);
    }
    assert.equal(tries('chat', 'rateLimited', 429), 5);
    assert.equal(tries('understand', 'rateLimited', 429), 5);
    assert.equal(triesFor('chat', new Failure('network', '', { code: 'ECONNREFUSED' })), 5);
    assert.equal(triesFor('chat', new Failure('offline', '', { code: 'ENOTFOUND' })), 5);
  });

  it('does not repeat what the service refused', () => {
    const final: FailureKind[] = [
      'keyRejected',
      'billing',
      'invalidRequest',
      'notFound',
      'tooLarge',
      'certificate',
    ];
    const more: FailureKind[] = [
      'proxyAuthentication',
      'blocked',
      'redirected',
      'uploadForbidden',
      'recordingChanged',
    ];
    for (const kind of [...final, ...more, 'cancelled' as const]) {
      assert.equal(tries('get', kind), 1, kind);
    }
  });
});

describe('mayHaveTakenEffect', () => {
  it('is sure only where nothing can have arrived', () => {
    const may = (kind: FailureKind, code?: string): boolean =>
      mayHaveTakenEffect(new Failure(kind, '', { code }));
    assert.ok(may('network', 'ECONNRESET'));
    assert.ok(may('timeout', 'UND_ERR_HEADERS_TIMEOUT'));
    assert.ok(may('server'));
    assert.ok(may('unexpectedAnswer'));
    assert.ok(!may('network', 'ECONNREFUSED'));
    assert.ok(!may('timeout', 'UND_ERR_CONNECT_TIMEOUT'));
    for (const code of ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', undefined]) {
      assert.ok(may('offline', code), code);
    }
    assert.ok(!may('offline', 'ENOTFOUND'));
    assert.ok(!may('offline', 'EAI_AGAIN'));
    assert.ok(may('cancelledWhileSubmitting'));
    assert.ok(!may('cancelled'));
    assert.ok(!may('rateLimited'));
    assert.ok(!may('invalidRequest'));
  });
});

describe('jobWaitMs', () => {
  const passing: FailureKind[] = ['offline', 'network', 'timeout', 'server', 'rateLimited'];

  it('has patience for almost half an hour', () => {
    for (const kind of passing) {
      const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((tried) => jobWaitMs(new Failure(kind, ''), tried, 0));
      assert.deepEqual(waits, [15_000, 30_000, 60_000, 120_000, 300_000, 300_000, 600_000, undefined]);
    }
  });

  it('spreads jobs, none of which waits longer for that', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), random, (count, number) => {
        const longest = jobWaitMs(new Failure('offline', ''), count, 0) ?? 0;
        const waitMs = jobWaitMs(new Failure('offline', ''), count, number) ?? 0;
        assert.ok(Number.isInteger(waitMs) && waitMs <= longest && waitMs >= 0.75 * longest - 1);
      }),
    );
  });

  it('waits as long as the server asks, up to two minutes', () => {
    const asked = (retryAfterMs: number, count: number): number | undefined =>
      jobWaitMs(new Failure('rateLimited', '', { status: 429, retryAfterMs }), count, 0);
    assert.equal(asked(40_000, 1), 40_000);
    assert.equal(asked(40_000, 3), 60_000);
    assert.equal(asked(86_400_000, 1), 120_000);
    assert.equal(asked(86_400_000, 8), undefined);
  });

  it('is undefined for a failure that its user has to mend', () => {
    for (const kind of [
      'keyRejected',
      'billing',
      'unexpectedAnswer',
      'recordingChanged',
      'takenOver',
    ] as const) {
      assert.equal(jobWaitMs(new Failure(kind, ''), 1, 0), undefined, kind);
    }
    assert.equal(jobWaitMs(new Failure('rateLimited', '', { status: 403 }), 1, 0), undefined);
  });
});
