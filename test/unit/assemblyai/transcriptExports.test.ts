import assert from 'node:assert/strict';
import type { AssemblyAiClient } from '../../../src/assemblyai/client';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import type { TranscriptStatus } from '../../../src/core/transcript/model';
import { smallBody } from '../../support/server/bodies';
import { faults } from '../../support/server/faults';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { failureOf, neverAborted, Stage } from './stage';

describe('Exports of a transcript', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let client: AssemblyAiClient;
  let id: string;

  beforeEach(async () => {
    stage = new Stage();
    const results = smallBody(['A', 'Did the build pass?'], ['B', 'Yes, the C++ build passed 42 times.']);
    server = await stage.startServer({ results, pace: 'manual' });
    client = stage.client(server.url);
    const request = { audio_url: 'https://example.test/a.mp3', speech_models: ['universal-2'] };
    ({ id } = await client.submit(request, neverAborted));
  });
  afterEach(() => stage.close());

  describe('word search', () => {
    it('finds words and phrases with any characters', async () => {
      server.complete(id);
      const matches = await client.wordSearch(
        id,
        ['build', ' the build ', '42', 'nobody', 'ü&words=x', ''],
        neverAborted,
      );
      assert.deepEqual(
        matches.map(({ text, count }) => [text, count]),
        [
          ['build', 2],
          ['the build', 1],
          ['42', 1],
        ],
      );
      assert.deepEqual(matches[1]?.times, [[250, 750]]);
      assert.equal(
        server.requestsOf('word-search')[0]?.path,
        `/v2/transcript/${id}/word-search?words=build,the%20build,42,nobody,%C3%BC%26words%3Dx`,
      );
    });

    it('refuses words that it cannot find', async () => {
      for (const [words, message] of [
        [[], /nothing to search for/],
        [['  '], /nothing to search for/],
        [['pass', 'yes, twice'], /no comma/],
        [['one two three four five six'], /up to 5 words/],
      ] as const) {
        const failure = await failureOf(client.wordSearch(id, words, neverAborted));
        assert.equal(failure.kind, 'invalidRequest');
        assert.match(failure.message, message);
        assert.match(describeFailure(failure).sentence, message);
      }
      assert.equal((await failureOf(client.wordSearch('../x', ['a'], neverAborted))).kind, 'invalidRequest');
      assert.equal(server.requestsOf('word-search').length, 0);
    });

    it('reads leniently, and refuses other JSON', async () => {
      const matches = [
        { text: 'Build', timestamps: [[1, 2], [3], 'x', [4, null], null] },
        { text: 7, count: 2 },
        'x',
      ];
      server.fault('word-search', faults.answer(200, JSON.stringify({ matches })));
      assert.deepEqual(await client.wordSearch(id, ['build'], neverAborted), [
        { text: 'Build', count: 1, times: [[1, 2]] },
        { text: '', count: 2, times: [] },
      ]);
      for (const answer of ['{"total_count":0}', '[]']) {
        server.fault('word-search', faults.answer(200, answer), 3);
        const failure = await failureOf(client.wordSearch(id, ['build'], neverAborted));
        assert.equal(failure.kind, 'unexpectedAnswer');
      }
    });
  });

  describe('captions', () => {
    it('are text, cut at the requested length', async () => {
      server.complete(id);
      const srt = await client.subtitles(id, 'srt', undefined, neverAborted);
      assert.match(srt, /^1\n00:00:00,000 --> 00:00:01,000\nDid the build pass\?\n\n2\n/);
      const vtt = await client.subtitles(id, 'vtt', 12, neverAborted);
      assert.match(vtt, /^WEBVTT\n\n00:00:00\.000 --> 00:00:00\.500\nDid the\n/);
      assert.deepEqual(
        server.requests.slice(-2).map(({ path }) => path),
        [`/v2/transcript/${id}/srt`, `/v2/transcript/${id}/vtt?chars_per_caption=12`],
      );
    });

    it('are requested again after a failure of the connection', async () => {
      server.complete(id);
      server.fault('srt', faults.serverError());
      server.fault('vtt', faults.captivePortal());
      await client.subtitles(id, 'srt', undefined, neverAborted);
      await client.subtitles(id, 'vtt', undefined, neverAborted);
      assert.equal(server.requestsOf('srt').length + server.requestsOf('vtt').length, 4);
      server.fault('vtt', faults.answer(200, '1\n00:00', { 'content-type': 'text/html' }), 3);
      const failure = await failureOf(client.subtitles(id, 'vtt', undefined, neverAborted));
      assert.equal(failure.kind, 'unexpectedAnswer');
    });

    it('have at least one character', async () => {
      for (const characters of [0, -1, 1.5, Number.NaN]) {
        const failure = await failureOf(client.subtitles(id, 'srt', characters, neverAborted));
        assert.equal(failure.kind, 'invalidRequest');
      }
      assert.equal(server.requestsOf('srt').length, 0);
    });
  });

  it('fails before the transcript is finished', async () => {
    for (const step of ['queued', 'processing']) {
      for (const ask of [
        () => client.subtitles(id, 'srt', undefined, neverAborted),
        () => client.wordSearch(id, ['build'], neverAborted),
      ]) {
        const failure = await failureOf(ask());
        assert.equal(failure.kind, 'transcriptNotReady', step);
        assert.match(describeFailure(failure).sentence, new RegExp(`has not finished transcript ${id} yet`));
      }
      server.advance(id);
    }
  });

  it('fails for a failed transcript, with the service’s message', async () => {
    server.plan({ error: 'Audio duration is too short.' });
    const request = { audio_url: 'https://example.test/b.mp3', speech_models: ['universal-2'] };
    const failed = await client.submit(request, neverAborted);
    server.complete(failed.id);
    // The first job is the first in the queue.
    server.complete(id);
    server.complete(failed.id);
    const failure = await failureOf(client.subtitles(failed.id, 'srt', undefined, neverAborted));
    assert.equal(failure.kind, 'invalidRequest');
    assert.match(failure.message, /has a status of 'error'/);
  });
});

describe('The list', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let client: AssemblyAiClient;

  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer({ pace: 'manual' });
    client = stage.client(server.url);
    for (let number = 0; number < 6; number++) {
      const { id } = await client.submit(
        { audio_url: `https://example.test/${number}.mp3`, speech_models: ['universal-2'] },
        neverAborted,
      );
      server.complete(id);
    }
    await client.submit({ audio_url: 'https://example.test/6.mp3' }, neverAborted);
  });
  afterEach(() => stage.close());

  it('can be limited to one status, also on the next pages', async () => {
    const names = async (status: TranscriptStatus | undefined): Promise<string[][]> => {
      const pages: string[][] = [];
      const filter = status === undefined ? {} : { status };
      let page = await client.list({ limit: 4, ...filter }, neverAborted);
      for (;;) {
        pages.push(page.rows.map(({ audioUrl }) => audioUrl.slice(-5)));
        if (page.olderUrl === null) {
          return pages;
        }
        page = await client.list({ olderUrl: page.olderUrl, ...filter }, neverAborted);
      }
    };
    assert.deepEqual(await names(undefined), [
      ['6.mp3', '5.mp3', '4.mp3', '3.mp3'],
      ['2.mp3', '1.mp3', '0.mp3'],
    ]);
    assert.deepEqual(await names('completed'), [
      ['5.mp3', '4.mp3', '3.mp3', '2.mp3'],
      ['1.mp3', '0.mp3'],
    ]);
    assert.deepEqual(await names('queued'), [['6.mp3']]);
    assert.deepEqual(await names('error'), [[]]);
    assert.match(server.requestsOf('list')[2]?.path ?? '', /\?limit=4&status=completed$/);
    assert.match(server.requestsOf('list')[3]?.path ?? '', /before_id=[^&]+&status=completed$/);
  });

  it('has pages of 1 to 200 rows', async () => {
    assert.equal((await client.list({ limit: 200 }, neverAborted)).rows.length, 7);
    assert.equal((await client.list({ limit: 1 }, neverAborted)).rows.length, 1);
    assert.equal((await failureOf(client.list({ limit: 201 }, neverAborted))).kind, 'invalidRequest');
  });
});
