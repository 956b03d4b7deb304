import assert from 'node:assert/strict';
import type { AssemblyAiClient } from '../../../../src/assemblyai/client';
import { jobFailure } from '../../../../src/core/failures/jobFailure';
import { requestFor } from '../../../../src/core/request/request';
import { isDeleted, parseTranscript } from '../../../../src/core/transcript/parseTranscript';
import { failureOf, neverAborted, Stage as ClientStage, testKey } from '../../assemblyai/stage';
import { recordingOf, channelOf, ServerFixture, type FakeRecogniser } from './serverFixture';

describe('Steno’s client at the speech server', () => {
  let fixture: ServerFixture;
  let clientStage: ClientStage;
  let client: AssemblyAiClient;
  let recogniser: FakeRecogniser;

  beforeEach(async () => {
    fixture = new ServerFixture();
    clientStage = new ClientStage();
    const started = await fixture.start({ key: testKey });
    recogniser = started.recogniser;
    client = clientStage.client(started.server.url);
  });
  afterEach(async () => {
    await clientStage.close();
    await fixture.close();
  });

  const transcribe = async (): Promise<string> => {
    const recording = await clientStage.recording(100_000);
    const { url } = await client.upload(recording, { signal: neverAborted });
    const { id } = await client.submit(requestFor(url), neverAborted);
    assert.equal((await client.find(url, 0, neverAborted))?.id, id);
    return id;
  };

  it('transcribes a recording', async () => {
    const id = await transcribe();
    (await recogniser.started(1)).finish(recordingOf(channelOf('Did it pass?', 'Yes, twice.')));
    let body = await client.get(id, neverAborted);
    while (body.status === 'processing') {
      body = await client.get(id, neverAborted);
    }
    const { utterances, language, durationSeconds, model } = parseTranscript(body);
    assert.deepEqual(
      utterances.map(({ speaker, text }) => [speaker, text]),
      [
        ['A', 'Did it pass?'],
        ['B', 'Yes, twice.'],
      ],
    );
    assert.deepEqual([language, durationSeconds, model], ['en', 5, 'moonshine-tiny (local)']);
  });

  it('stops a job', async () => {
    const id = await transcribe();
    const running = await recogniser.started(1);
    await client.delete(id, neverAborted);
    assert.equal(running.signal.aborted, true);
    assert.equal(isDeleted(await client.get(id, neverAborted)), true);
  });

  it('understands the errors', async () => {
    assert.equal((await failureOf(client.get('nobody', neverAborted))).kind, 'notFound');
    const foreign = await failureOf(client.submit(requestFor('https://example.test/a'), neverAborted));
    assert.equal(foreign.kind, 'invalidRequest');
    const id = await transcribe();
    (await recogniser.started(1)).finish(recordingOf({ ...channelOf('x y'), englishConfidence: 0.1 }));
    let body = await client.get(id, neverAborted);
    while (body.status === 'processing') {
      body = await client.get(id, neverAborted);
    }
    assert.match(jobFailure(body['error'], id).message, /does not seem to be English/);
  });
});
