import assert from 'node:assert/strict';
import { AssemblyAI } from 'assemblyai';
import { fixturePath } from '../../support/fixtures';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { Stage, testKey } from './stage';

/** AssemblyAI's own SDK keeps the scripted server honest: what works with it, works here. */
describe('AssemblyAI’s SDK and the scripted server', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let sdk: AssemblyAI;

  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer();
    sdk = new AssemblyAI({ apiKey: testKey, baseUrl: server.url });
  });
  afterEach(() => stage.close());

  it('transcribe a file, list it, get it and delete it', async () => {
    const parameters = { speech_models: ['universal-2'], speaker_labels: true };
    const transcript = await sdk.transcripts.transcribe(
      { audio: fixturePath('dialogue', 'dialogue.mp3'), ...parameters },
      { pollingInterval: 1 },
    );
    assert.equal(transcript.status, 'completed');
    assert.equal(transcript.utterances?.length, 12);
    assert.deepEqual([...new Set(transcript.utterances.map(({ speaker }) => speaker))], ['A', 'B', 'C']);
    assert.match(transcript.text ?? '', /^Good morning, everyone\./);
    assert.equal(transcript.audio_duration, 43);
    assert.equal(server.requestsOf('upload')[0]?.bytes, 257_949);

    const { transcripts, page_details } = await sdk.transcripts.list({ limit: 5 });
    assert.deepEqual(
      transcripts.map(({ id }) => id),
      [transcript.id],
    );
    assert.equal(page_details.prev_url, null);
    assert.equal((await sdk.transcripts.get(transcript.id)).text, transcript.text);

    const deleted = await sdk.transcripts.delete(transcript.id);
    assert.equal(deleted.text, 'Deleted by user.');
    assert.equal(deleted.status, 'completed');
    assert.equal(deleted.audio_url, 'http://deleted_by_user');
    assert.equal((await sdk.transcripts.delete(transcript.id)).text, 'Deleted by user.');
  });

  it('agree about errors', async () => {
    const audio = 'https://example.test/a.mp3';
    await assert.rejects(sdk.transcripts.get('nobody'), /transcript id not found/);
    await assert.rejects(
      sdk.transcripts.submit({ audio, speech_models: ['universal-3-pro'] }),
      /have been deprecated/,
    );
    const stranger = new AssemblyAI({ apiKey: 'wrong', baseUrl: server.url });
    await assert.rejects(stranger.transcripts.list(), /Authentication error, API token missing\/invalid/);
    server.plan({ error: 'Audio duration is too short.' });
    const failed = await sdk.transcripts.transcribe(
      { audio, speech_models: ['universal-2'] },
      { pollingInterval: 1 },
    );
    assert.equal(failed.status, 'error');
    assert.equal(failed.error, 'Audio duration is too short.');
  });
});
