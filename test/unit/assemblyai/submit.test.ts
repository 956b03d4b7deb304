import assert from 'node:assert/strict';
import type { AssemblyAiClient } from '../../../src/assemblyai/client';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import { findDelaysMs, mayHaveTakenEffect } from '../../../src/core/jobs/retryTiming';
import { Failure } from '../../../src/core/failures/failure';
import type { TranscriptRequest } from '../../../src/core/request/request';
import { requestFor } from '../../../src/core/request/request';
import { faults, type Fault } from '../../support/server/faults';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { failureOf, neverAborted, Stage, until } from './stage';

/** A page of a list without an end. */
const endlessList = JSON.stringify({
  transcripts: [],
  page_details: { prev_url: '/v2/transcript?limit=100' },
});

describe('A submit without a response', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let client: AssemblyAiClient;
  let request: TranscriptRequest;

  async function begin(listLag: number): Promise<void> {
    server = await stage.startServer({ listLag });
    client = stage.client(server.url);
    const { url } = await client.upload(await stage.recording(1000), { signal: neverAborted });
    request = requestFor(url);
  }

  const submit = (): Promise<{ readonly id: string }> => client.submit(request, neverAborted);

  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.close());

  const lost: readonly (readonly [what: string, fault: Fault])[] = [
    ['the connection broke', faults.dropAfterEffect()],
    ['half of the answer came', faults.garbled(true)],
    ['the server stumbled', faults.serverErrorAfterEffect()],
    ['a gateway gave up', { ...faults.badGateway(), takesEffect: true }],
  ];
  for (const [what, fault] of lost) {
    it(`is found where ${what} after it was stored`, async () => {
      await begin(0);
      server.fault('submit', fault);
      const body = await submit();
      assert.equal(server.jobs.length, 1);
      assert.equal(body.id, server.jobs[0]?.id);
      assert.equal(server.requestsOf('submit').length, 1);
      assert.equal(server.requestsOf('list').length, 1);
      assert.equal(server.requestsOf('list')[0]?.path, '/v2/transcript?limit=100');
    });

    it(`is sent again, once, where ${what} before it was stored`, async () => {
      await begin(0);
      server.fault('submit', { ...fault, takesEffect: false });
      const body = await submit();
      assert.equal(server.jobs.length, 1);
      assert.equal(body.id, server.jobs[0]?.id);
      assert.equal(server.requestsOf('submit').length, 2);
      assert.equal(server.requestsOf('list').length, findDelaysMs.length);
      assert.deepEqual(stage.clock.slept.slice(0, findDelaysMs.length), findDelaysMs);
    });
  }

  it('is found at the second check if the list lags behind', async () => {
    await begin(1);
    server.fault('submit', faults.dropAfterEffect());
    const body = await submit();
    assert.equal(server.jobs.length, 1);
    assert.equal(body.id, server.jobs[0]?.id);
    assert.equal(server.requestsOf('list').length, 2);
  });

  it('is found after the last try, too', async () => {
    await begin(0);
    server.fault('submit', faults.dropBeforeEffect(), 2);
    server.fault('submit', faults.dropAfterEffect());
    await submit();
    assert.equal(server.jobs.length, 1);
    assert.equal(server.requestsOf('submit').length, 3);
  });

  it('is reported if it was cancelled meanwhile', async () => {
    await begin(0);
    const controller = new AbortController();
    const submitting = client.submit(request, controller.signal);
    await server.arrived('submit');
    controller.abort();
    assert.equal((await submitting).id, server.jobs[0]?.id);
    assert.equal(stage.clock.held, 0);
  });

  for (const takesEffect of [false, true]) {
    it(`is given up after a while if it was cancelled, ${takesEffect ? 'stored' : 'lost'}`, async () => {
      await begin(0);
      server.fault('submit', faults.silence(takesEffect));
      const controller = new AbortController();
      const submitting = failureOf(client.submit(request, controller.signal));
      await server.arrived('submit');
      await until(() => server.jobs.length === (takesEffect ? 1 : 0));
      controller.abort();
      stage.clock.elapse();
      assert.equal((await submitting).kind, 'cancelledWhileSubmitting');
      assert.equal(server.requestsOf('submit').length, 1);
      assert.equal(server.requestsOf('list').length, 0);
    });
  }

  it('is found by a later run after it was given up', async () => {
    await begin(0);
    const sinceMs = stage.clock.now();
    server.fault('submit', faults.silence(true));
    const controller = new AbortController();
    const submitting = failureOf(client.submit(request, controller.signal));
    await until(() => server.jobs.length === 1);
    controller.abort();
    stage.clock.elapse();
    await submitting;
    // Meanwhile, more transcripts were made than a page of the list has.
    for (let count = 0; count < 205; count++) {
      await client.submit(requestFor(`https://example.test/${count}.mp3`), neverAborted);
    }
    assert.equal((await client.find(request.audio_url, sinceMs, neverAborted))?.id, server.jobs[0]?.id);
    assert.equal(server.requestsOf('list').length, 3);
    assert.equal(await client.find('https://example.test/other.mp3', sinceMs, neverAborted), undefined);
    await stage.clock.sleep(5000, neverAborted);
    const laterMs = stage.clock.now();
    assert.equal(await client.find(request.audio_url, laterMs, neverAborted), undefined);
    assert.equal(server.requestsOf('list').length, 7, 'not read beyond that moment');
    const beforeClockWasSetMs = laterMs + 3_600_000;
    const found = await client.find(request.audio_url, beforeClockWasSetMs, neverAborted);
    assert.equal(found?.id, server.jobs[0]?.id);
  });

  it('is not mistaken for an older job of the same recording', async () => {
    await begin(0);
    server.plan({ error: 'Server error, developers have been alerted.' });
    const older = await submit();
    server.complete(older.id);
    await stage.clock.sleep(5000, neverAborted);
    server.fault('submit', faults.dropBeforeEffect());
    const newer = await submit();
    assert.notEqual(newer.id, older.id);
    assert.equal(server.jobs.length, 2);

    await stage.clock.sleep(5000, neverAborted);
    server.fault('submit', faults.dropAfterEffect());
    const newest = await submit();
    assert.equal(server.jobs.length, 3);
    assert.equal(newest.id, server.jobs[2]?.id);
  });

  it('is found even if the clocks of client and service differ by hours', async () => {
    for (const hours of [-5, 5]) {
      const away = await stage.startServer({ now: () => stage.clock.now() + hours * 3_600_000 });
      const other = stage.client(away.url);
      const older = await other.submit(requestFor('https://example.test/a.mp3'), neverAborted);
      await stage.clock.sleep(5000, neverAborted);
      away.fault('submit', faults.dropAfterEffect());
      const newer = await other.submit(requestFor('https://example.test/a.mp3'), neverAborted);
      assert.notEqual(newer.id, older.id);
      assert.equal(away.jobs.length, 2, `${hours} hours`);
    }
  });

  const blind: readonly (readonly [what: string, fault: Fault])[] = [
    ['refuses the key', faults.error(401, 'Authentication error')],
    ['is down', faults.overloaded()],
    ['cannot be reached', faults.dropBeforeEffect()],
    ['asks for patience', faults.rateLimited()],
    ['makes no sense', faults.captivePortal()],
    ['has no end', faults.answer(200, endlessList)],
  ];
  for (const [what, fault] of blind) {
    it(`is not sent again where the list ${what}, and the job can be found later`, async () => {
      await begin(0);
      const sinceMs = stage.clock.now();
      server.fault('submit', faults.gatewayTimeout(true));
      server.fault('list', fault, Infinity);
      const failure = await failureOf(submit());
      assert.deepEqual(
        [failure.kind, failure.status],
        ['server', 504],
        'as the submit failed, not as the look',
      );
      assert.match(
        describeFailure(failure).sentence,
        /or a proxy on the way to it, is having problems \(HTTP 504\): try again/,
      );
      assert.equal(server.jobs.length, 1);
      assert.equal(server.requestsOf('submit').length, 1);

      server.clearFaults();
      assert.equal((await client.find(request.audio_url, sinceMs, neverAborted))?.id, server.jobs[0]?.id);
    });
  }

  it('counts as possibly stored if the service cannot be reached afterwards', async () => {
    await begin(0);
    server.fault('submit', faults.silence(true));
    const submitting = failureOf(submit());
    await until(() => server.jobs.length === 1);
    await server.stop();
    assert.equal(mayHaveTakenEffect(await submitting), true);
  });

  it('names the job where it was found, but could not be read', async () => {
    await begin(0);
    server.fault('submit', faults.dropAfterEffect());
    server.fault('get', faults.overloaded(), Infinity);
    const failure = await failureOf(submit());
    assert.equal(failure.kind, 'network');
    assert.equal(failure.transcriptId, server.jobs[0]?.id);
    assert.equal(server.requestsOf('submit').length, 1);
  });

  it('is sent again without a check if it was refused before it was processed', async () => {
    await begin(0);
    server.fault('submit', faults.rateLimited(2));
    await submit();
    assert.equal(server.jobs.length, 1);
    assert.equal(server.requestsOf('list').length, 0);
    assert.deepEqual(stage.clock.slept, [2000]);
  });

  it('is not sent again if another window may have done so meanwhile', async () => {
    await begin(0);
    const faultsOnTheWay = [faults.rateLimited(120), faults.dropBeforeEffect(), faults.rateLimited(120)];
    faultsOnTheWay.forEach((fault) => server.fault('submit', fault));
    let asked = 0;
    const beforeRetry = (): Promise<void> => {
      assert.equal(server.requestsOf('submit').length, ++asked, 'asked before it is sent again');
      return asked === 2 ? Promise.reject(new Failure('takenOver', 'By another')) : Promise.resolve();
    };
    const failure = await failureOf(client.submit(request, neverAborted, beforeRetry));
    assert.equal(failure.kind, 'takenOver');
    assert.deepEqual([asked, server.requestsOf('submit').length, server.jobs.length], [2, 2, 0]);
  });

  it('ends at once when it is aborted during the check', async () => {
    await begin(0);
    server.fault('submit', faults.dropAfterEffect());
    server.fault('list', faults.silence());
    const controller = new AbortController();
    const submitting = failureOf(client.submit(request, controller.signal));
    await server.arrived('list');
    controller.abort();
    assert.equal((await submitting).kind, 'cancelledWhileSubmitting');
  });
});
