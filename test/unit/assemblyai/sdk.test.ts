import assert from 'node:assert/strict';
import { AssemblyAI } from 'assemblyai';
import { fixturePath } from '../../support/fixtures';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { neverAborted, Stage, testKey } from './stage';

/** Checks the scripted server with AssemblyAI's own SDK. */
describe('AssemblyAI’s SDK and the scripted server', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let sdk: AssemblyAI;

  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer();
    sdk = new AssemblyAI({ apiKey: testKey, baseUrl: server.url, llmGatewayBaseUrl: server.url });
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

  async function transcribed(more: object = {}): Promise<string> {
    const parameters = { speech_models: ['universal-2'], speaker_labels: true, ...more };
    const { id } = await sdk.transcripts.submit({ audio: 'https://example.test/a.mp3', ...parameters });
    server.complete(id);
    return id;
  }

  it('load all pages of the list', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      ids.unshift(await transcribed());
    }
    const seen: string[] = [];
    for (let url: string | null = null, pages = 0; pages === 0 || url !== null; pages++) {
      const page = await sdk.transcripts.list(url ?? { limit: 2 });
      seen.push(...page.transcripts.map(({ id }) => id));
      url = page.page_details.prev_url;
    }
    assert.deepEqual(seen, ids);
    const { transcripts } = await sdk.transcripts.list({ status: 'error' });
    assert.deepEqual(transcripts, []);
    await assert.rejects(sdk.transcripts.list({ limit: 500 }), /limit must be between 1 and 200/);
  });

  it('get sentences, paragraphs and captions', async () => {
    const id = await transcribed();
    const { sentences } = await sdk.transcripts.sentences(id);
    assert.match(sentences[0]?.text ?? '', /^Good morning, everyone\.$/);
    assert.equal(sentences[0]?.speaker, 'A');
    const { paragraphs, audio_duration } = await sdk.transcripts.paragraphs(id);
    assert.ok(paragraphs.length > 5 && audio_duration === 43);
    for (const format of ['srt', 'vtt'] as const) {
      const theirs = await sdk.transcripts.subtitles(id, format, 32);
      assert.match(theirs, /-->/);
      assert.equal(await stage.client(server.url).subtitles(id, format, 32, neverAborted), theirs);
    }
  });

  it('search words, as Steno does', async () => {
    const id = await transcribed();
    const words = ['morning', 'good morning', 'zebra'];
    const { matches, total_count } = await sdk.transcripts.wordSearch(id, words);
    assert.deepEqual(
      matches.map(({ text }) => text),
      ['morning', 'good morning'],
    );
    assert.equal(
      total_count,
      matches.reduce((sum, { count }) => sum + count, 0),
    );
    assert.deepEqual(
      await stage.client(server.url).wordSearch(id, words, neverAborted),
      matches.map(({ text, count, timestamps }) => ({ text, count, times: timestamps })),
    );
  });

  it('fetch redacted audio', async () => {
    const id = await transcribed({
      redact_pii: true,
      redact_pii_policies: ['person_name'],
      redact_pii_audio: true,
    });
    const { status, redacted_audio_url } = await sdk.transcripts.redactedAudio(id);
    assert.equal(status, 'redacted_audio_ready');
    assert.match(redacted_audio_url, /^http:\/\/127\.0\.0\.1:\d+\/redacted\//);
    const audio = await (await sdk.transcripts.redactedAudioFile(id)).arrayBuffer();
    assert.equal(audio.byteLength, 100_000);
    await assert.rejects(
      sdk.transcripts.redactedAudio(await transcribed()),
      /doesn't exist\. Try submitting/,
    );
  });

  it('use the gateway', async () => {
    const id = await transcribed();
    const { data } = await sdk.llmGateway.listModels();
    const models = await stage.gateway(server.url).models(neverAborted);
    assert.deepEqual(
      models.map((model) => model.id),
      data.map((model) => model.id),
    );

    server.answer('On Friday.');
    const answer = await sdk.llmGateway.chatCompletions({
      model: 'claude-haiku-4-5-20251001',
      messages: [{ role: 'user', content: 'When? {{ transcript }}' }],
      transcript_id: id,
    });
    assert.equal(answer.choices[0]?.message.content, 'On Friday.');
    const { request } = answer as unknown as { request: { messages: { content: string }[] } };
    assert.match(request.messages[0]?.content ?? '', /^When\? Good morning, everyone\./);

    const asked = {
      transcript_id: id,
      speech_understanding: { request: { translation: { target_languages: ['de'] } } },
    };
    await sdk.llmGateway.validateUnderstanding(asked);
    assert.deepEqual(
      await sdk.llmGateway.understanding(asked),
      await stage.gateway(server.url).understand(id, asked.speech_understanding.request, neverAborted),
    );
  });

  it('agree about the gateway’s errors', async () => {
    const messages = [{ role: 'user' as const, content: 'When? {{ transcript }}' }];
    const ask = (more: object): Promise<unknown> =>
      sdk.llmGateway.chatCompletions({ model: 'gpt-5.2', messages, ...more });
    await assert.rejects(ask({ model: 'gpt-9' }), /model gpt-9 is not supported/);
    await assert.rejects(ask({ messages: [] }), (error: Error & { errors?: string[] }) => {
      assert.deepEqual(error.errors, ['messages or prompt is required']);
      return true;
    });
    await assert.rejects(ask({ transcript_id: 'nobody' }), /transcript not found/);
    const long = [{ role: 'user' as const, content: 'x'.repeat(2_000_000) }];
    await assert.rejects(ask({ messages: long }), /model context limit exceeded/);
    const id = await transcribed();
    await sdk.transcripts.delete(id);
    await assert.rejects(ask({ transcript_id: id }), /transcript deleted/);
    const { id: queued } = await sdk.transcripts.submit({ audio: 'https://example.test/a.mp3' });
    await assert.rejects(ask({ transcript_id: queued }), /not completed/);
    for (const request of [
      {},
      { moonlight: {} },
      { speaker_identification: { speaker_type: 'mood' } },
      { translation: {} },
    ]) {
      const asked = { transcript_id: id, speech_understanding: { request } };
      await assert.rejects(sdk.llmGateway.validateUnderstanding(asked), /Invalid request/);
    }
    const stranger = new AssemblyAI({ apiKey: 'wrong', llmGatewayBaseUrl: server.url });
    await assert.rejects(stranger.llmGateway.listModels(), /API token missing\/invalid/);
  });
});
