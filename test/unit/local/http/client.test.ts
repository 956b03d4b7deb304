import assert from 'node:assert/strict';
import type { AssemblyAiClient } from '../../../../src/assemblyai/client';
import { jobFailure } from '../../../../src/core/failures/jobFailure';
import { requestFor } from '../../../../src/core/request/request';
import { isDeleted, parseTranscript } from '../../../../src/core/transcript/parseTranscript';
import { failureOf, neverAborted, Stage as ClientStage, testKey } from '../../assemblyai/stage';
import { recognition, speech, Stage, type FakeRecogniser } from './stage';

describe('Steno’s client and the local server', () => {
  let stage: Stage;
  let clientStage: ClientStage;
  let client: AssemblyAiClient;
  let recogniser: FakeRecogniser;

  beforeEach(async () => {
    stage = new Stage();
    clientStage = new ClientStage();
    const started = await stage.start({ key: testKey });
    recogniser = started.recogniser;
    client = clientStage.client(started.service.url);
  });
  afterEach(async () => {
    await clientStage.close();
    await stage.close();
  });

  const transcribe = async (): Promise<string> => {
    const recording = await clientStage.recording(100_000);
    const { url } = await client.upload(recording, { signal: neverAborted });
    const { id } = await client.submit(requestFor(url), neverAborted);
    assert.equal((await client.find(url, 0, neverAborted))?.id, id);
    return id;
  };

  it('make a transcript of a recording', async () => {
    const id = await transcribe();
    (await recogniser.started(1)).finish(recognition(speech('Did it pass?', 'Yes, twice.')));
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

  it('stop a job', async () => {
    const id = await transcribe();
    const running = await recogniser.started(1);
    await client.delete(id, neverAborted);
    assert.equal(running.signal.aborted, true);
    assert.equal(isDeleted(await client.get(id, neverAborted)), true);
  });

  it('agree about what goes wrong', async () => {
    assert.equal((await failureOf(client.get('nobody', neverAborted))).kind, 'notFound');
    const foreign = await failureOf(client.submit(requestFor('https://example.test/a'), neverAborted));
    assert.equal(foreign.kind, 'invalidRequest');
    const id = await transcribe();
    (await recogniser.started(1)).finish(recognition({ ...speech('x y'), englishConfidence: 0.1 }));
    let body = await client.get(id, neverAborted);
    while (body.status === 'processing') {
      body = await client.get(id, neverAborted);
    }
    assert.match(jobFailure(body['error'], id).message, /does not seem to be English/);
  });
});
