import assert from 'node:assert/strict';
import type { AssemblyAiClient } from '../../../src/assemblyai/client';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import { isDeleted } from '../../../src/core/transcript/parseTranscript';
import { faults } from '../../support/server/faults';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { failureOf, neverAborted, Stage } from './stage';

describe('Deleting with a check', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let client: AssemblyAiClient;

  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer({ pace: 'manual' });
    client = stage.client(server.url);
  });
  afterEach(() => stage.close());

  async function submitted(): Promise<string> {
    const request = { audio_url: 'https://example.test/a.mp3', speech_models: ['universal-2'] };
    return (await client.submit(request, neverAborted)).id;
  }

  async function completed(): Promise<string> {
    const id = await submitted();
    server.complete(id);
    return id;
  }

  /** The service confirms, and does nothing. */
  function keepIt(id: string): void {
    const answer = JSON.stringify({ id, status: 'completed', text: 'Deleted by user.' });
    server.fault('delete', faults.answer(200, answer), Infinity);
  }

  it('checks that the transcript is gone', async () => {
    const id = await completed();
    await client.deleteForSure(id, neverAborted);
    assert.deepEqual(
      server.requests.slice(-2).map(({ method }) => method),
      ['DELETE', 'GET'],
    );
    const body = await client.get(id, neverAborted);
    assert.ok(isDeleted(body));
    assert.equal(body.status, 'completed');
    await client.deleteForSure(id, neverAborted);
  });

  it('checks again if it is still there', async () => {
    const id = await completed();
    const text = JSON.stringify({ id, status: 'completed', text: 'All of it' });
    server.fault('get', faults.answer(200, text), 2);
    await client.deleteForSure(id, neverAborted);
    assert.equal(server.requestsOf('get').length, 3);
    assert.deepEqual(stage.clock.slept, [1000, 5000]);
  });

  for (const [what, fault] of Object.entries({
    'not known any more': faults.error(404, 'Not found'),
    'not known any more, as a 400': faults.error(400, 'Transcript lookup error, transcript id not found'),
    deleted: faults.error(404, 'transcript deleted'),
  })) {
    it(`is done if the transcript is ${what}`, async () => {
      const id = await completed();
      server.fault('get', fault);
      await client.deleteForSure(id, neverAborted);
      assert.equal(server.requestsOf('get').length, 1);
    });
  }

  it('fails if the text can still be read', async () => {
    const id = await completed();
    keepIt(id);
    const failure = await failureOf(client.deleteForSure(id, neverAborted));
    assert.equal(failure.kind, 'notDeleted');
    assert.equal(failure.transcriptId, id);
    assert.match(describeFailure(failure).sentence, new RegExp(`still has the text of transcript ${id}`));
    assert.equal(server.requestsOf('delete').length, 1);
  });

  it('fails if the check fails', async () => {
    const id = await completed();
    server.fault('get', faults.error(401, 'Authentication error, API token missing/invalid'));
    assert.equal((await failureOf(client.deleteForSure(id, neverAborted))).kind, 'keyRejected');
  });

  it('fails for a job that is still running, with the service’s message', async () => {
    const id = await submitted();
    const failure = await failureOf(client.deleteForSure(id, neverAborted));
    assert.equal(failure.kind, 'invalidRequest');
    assert.match(
      describeFailure(failure).sentence,
      /“A transcript cannot be deleted before it is completed”/,
    );
    assert.equal(server.requestsOf('get').length, 0);

    keepIt(id);
    assert.equal((await failureOf(client.deleteForSure(id, neverAborted))).kind, 'transcriptNotReady');
  });

  it('fails for a transcript that this key never had', async () => {
    const failure = await failureOf(client.deleteForSure('id-1', neverAborted));
    assert.equal(failure.kind, 'notFound');
    assert.equal(failure.transcriptId, 'id-1');
  });

  it('ends at once when it is cancelled, also between two checks', async () => {
    const id = await completed();
    keepIt(id);
    const cancel = new AbortController();
    const clock = {
      now: () => 0,
      sleep: (_: number, signal: AbortSignal) => {
        cancel.abort();
        return Promise.reject(signal.reason as Error);
      },
    };
    const impatient = stage.client(server.url, { clock });
    assert.equal((await failureOf(impatient.deleteForSure(id, cancel.signal))).kind, 'cancelled');
    assert.equal(server.requestsOf('get').length, 1);
  });
});
