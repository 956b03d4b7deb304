import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AssemblyAI } from 'assemblyai';
import { fixturePath } from '../../../support/fixtures';
import { recordingOf, channelOf, ServerFixture, testKey, type FakeRecogniser } from './serverFixture';

const recording = fixturePath('dialogue', 'dialogue.mp3');

/** The SDK is an independent client of the API. */
describe('AssemblyAI’s SDK at the speech server', () => {
  let fixture: ServerFixture;
  let recogniser: FakeRecogniser;
  let sdk: AssemblyAI;

  beforeEach(async () => {
    fixture = new ServerFixture();
    const started = await fixture.start();
    recogniser = started.recogniser;
    sdk = new AssemblyAI({ apiKey: testKey, baseUrl: started.server.url });
  });
  afterEach(() => fixture.close());

  const finish = async (count: number): Promise<void> =>
    (await recogniser.started(count)).finish(
      recordingOf(channelOf('Did the build pass?', 'Yes, twice. At ten.')),
    );

  it('transcribes a path, a buffer and a stream', async () => {
    const bytes = await readFile(recording);
    for (const [index, audio] of [recording, bytes, createReadStream(recording)].entries()) {
      const transcribing = sdk.transcripts.transcribe(
        { audio, speech_models: ['universal-2'], speaker_labels: true },
        { pollingInterval: 1 },
      );
      const { task } = await recogniser.started(index + 1);
      assert.equal(bytes.equals(await readFile(task.path)), true);
      await finish(index + 1);
      const transcript = await transcribing;
      assert.equal(transcript.status, 'completed');
      assert.deepEqual(
        transcript.utterances?.map(({ speaker }) => speaker),
        ['A', 'B'],
      );
      assert.equal(transcript.speech_model_used, 'moonshine-tiny (local)');
    }
  });

  it('submits, waits, gets, exports and deletes', async () => {
    const audio = await sdk.files.upload(recording);
    const { id, status } = await sdk.transcripts.submit({ audio, speech_models: ['universal-2'] });
    assert.equal(status, 'queued');
    const waiting = sdk.transcripts.waitUntilReady(id, { pollingInterval: 1 });
    await assert.rejects(sdk.transcripts.subtitles(id), /must have a status of 'completed'/);
    await finish(1);
    assert.equal((await waiting).text, 'Did the build pass? Yes, twice. At ten.');

    const { sentences } = await sdk.transcripts.sentences(id);
    assert.deepEqual(
      sentences.map(({ text }) => text),
      ['Did the build pass?', 'Yes, twice.', 'At ten.'],
    );
    const { paragraphs } = await sdk.transcripts.paragraphs(id);
    assert.deepEqual(
      paragraphs.map(({ text }) => text),
      ['Did the build pass? Yes, twice. At ten.'],
    );
    assert.match(
      await sdk.transcripts.subtitles(id, 'srt', 10),
      /^1\n00:00:00,000 --> 00:00:01,800\nDid the\n\n2\n/,
    );
    assert.match(
      await sdk.transcripts.subtitles(id, 'vtt'),
      /^WEBVTT\n\n00:00:00\.000 --> 00:00:03\.800\nDid/,
    );
    const found = await sdk.transcripts.wordSearch(id, ['twice', 'build pass', 'nobody']);
    assert.equal(found.total_count, 2);
    assert.deepEqual(
      found.matches.map(({ text, indexes }) => [text, indexes]),
      [
        ['twice', [5]],
        ['build pass', [2]],
      ],
    );

    const deleted = await sdk.transcripts.delete(id);
    assert.deepEqual([deleted.status, deleted.text], ['completed', 'Deleted by user.']);
    assert.equal((await sdk.transcripts.get(id)).text, 'Deleted by user.');
    assert.deepEqual((await sdk.transcripts.sentences(id)).sentences, []);
  });

  it('pages through the list', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      const audio = await sdk.files.upload(Buffer.from('sound'));
      ids.push((await sdk.transcripts.submit({ audio })).id);
    }
    const seen: string[] = [];
    let page = await sdk.transcripts.list({ limit: 2 });
    for (;;) {
      seen.push(...page.transcripts.map(({ id }) => id));
      const { prev_url: older } = page.page_details;
      if (older === null) {
        break;
      }
      page = await sdk.transcripts.list(older);
    }
    assert.deepEqual(seen, ids.toReversed());
    const newer = await sdk.transcripts.list(page.page_details.next_url ?? '');
    assert.deepEqual(
      newer.transcripts.map(({ id }) => id),
      [ids[2], ids[1]],
    );
    const { transcripts } = await sdk.transcripts.list({ status: 'completed' });
    assert.deepEqual(transcripts, []);
  });

  it('understands the errors', async () => {
    await assert.rejects(sdk.transcripts.get('nobody'), /transcript id not found/);
    await assert.rejects(
      sdk.transcripts.submit({ audio: 'https://example.test/a.mp3' }),
      /fetches nothing from the network/,
    );
    await assert.rejects(sdk.files.upload(Buffer.alloc(0)), /empty/);
    const audio = await sdk.files.upload(Buffer.from('sound'));
    await assert.rejects(
      sdk.transcripts.submit({ audio, entity_detection: true }),
      /entity_detection is not available on this machine\. Use AssemblyAI for it\./,
    );
  });
});
