import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/failures/failure';
import { omit } from '../../../../src/core/json';
import { renderNote } from '../../../../src/core/note/renderNote';
import type { Transcript } from '../../../../src/core/transcript/model';
import {
  isDeleted,
  parseTranscript,
  parseTranscriptBody,
} from '../../../../src/core/transcript/parseTranscript';
import { noResults } from '../../../support/noResults';
import { smallBody } from '../../../support/server/bodies';
import { fullBody } from '../../../support/server/fullBody';

function parsed(body: object): Transcript {
  return parseTranscript(parseTranscriptBody({ id: 'x', status: 'completed', ...body }));
}

const nothing: Transcript = {
  id: 'x',
  status: 'completed',
  text: '',
  words: [],
  utterances: [],
  language: null,
  durationSeconds: null,
  model: null,
  warnings: [],
  results: noResults,
  error: null,
};

describe('parseTranscriptBody', () => {
  it('needs no more than an id and a status, and keeps everything', () => {
    const body = { id: 'x', status: 'queued', new_field: { a: [null] } };
    assert.deepEqual(parseTranscriptBody(body), body);
  });

  it('reads an unknown status as not final', () => {
    assert.equal(parseTranscriptBody({ id: 'x', status: 'transcoding' }).status, 'processing');
  });

  it('reads an unknown status with a reason as an error', () => {
    const failed = parsed({ status: 'rejected', error: 'No speech.' });
    assert.deepEqual([failed.status, failed.error], ['error', 'No speech.']);
    for (const error of [null, undefined, '', {}]) {
      assert.equal(parsed({ status: 'rejected', error }).status, 'processing');
    }
    assert.equal(parsed({ status: 'queued', error: 'No speech.' }).status, 'queued');
  });

  it('refuses anything else', () => {
    for (const json of [
      null,
      'x',
      1,
      [],
      {},
      { id: 'x' },
      { id: 1, status: 'queued' },
      { id: '', status: 'queued' },
      { id: 'x', status: '' },
    ]) {
      assert.throws(
        () => parseTranscriptBody(json),
        (thrown) => thrown instanceof Failure && thrown.kind === 'unexpectedAnswer',
      );
    }
  });
});

describe('isDeleted', () => {
  it('knows all signs of a deleted transcript', () => {
    const deleted = (body: object) =>
      isDeleted(parseTranscriptBody({ id: 'x', status: 'completed', ...body }));
    assert.ok(deleted({ text: 'Deleted by user.', words: null }));
    assert.ok(deleted({ audio_url: 'http://deleted_by_user' }));
    assert.ok(deleted({ audio_url: 'deleted_by_user' }));
    assert.ok(deleted({ is_deleted: true }));
    assert.ok(!deleted({ text: 'Deleted by user.', words: [{ text: 'Deleted' }] }));
    assert.ok(!deleted({ audio_url: 'https://a.example/deleted_by_user', is_deleted: null }));
  });
});

describe('parseTranscript', () => {
  it('reads an empty body', () => {
    assert.deepEqual(parsed({}), nothing);
    const nulls = Object.fromEntries(
      [
        'text',
        'words',
        'utterances',
        'language_code',
        'audio_duration',
        'metadata',
        'speech_understanding',
        'error',
      ].map((key) => [key, null]),
    );
    assert.deepEqual(parsed(nulls), nothing);
  });

  it('reads all fields', () => {
    const word = { text: 'Hi.', start: 240, end: 400, confidence: 0.9, speaker: 'A' };
    const transcript = parsed({
      text: 'Hi.',
      words: [word],
      utterances: [{ speaker: 'A', text: 'Hi.', start: 240, end: 400, words: [word] }],
      language_code: 'en',
      audio_duration: 4,
      speech_model_used: 'universal-2',
      error: 'none',
    });
    const words = [{ text: 'Hi.', startMs: 240, endMs: 400, confidence: 0.9, speaker: 'A' }];
    assert.deepEqual(transcript, {
      ...nothing,
      text: 'Hi.',
      words,
      utterances: [{ speaker: 'A', text: 'Hi.', startMs: 240, endMs: 400, words }],
      language: 'en',
      durationSeconds: 4,
      model: 'universal-2',
      error: 'none',
    });
  });

  it('ignores values of the wrong type', () => {
    const transcript = parsed({
      text: 7,
      words: 'x',
      utterances: [null, 3, [], {}, { text: '' }],
      audio_duration: '4',
      metadata: [],
      language_code: {},
    });
    assert.deepEqual(transcript, nothing);
  });

  it('replaces times that are missing or impossible, and keeps the order', () => {
    const { words, utterances } = parsed({
      words: [
        { text: 'a', start: null, end: 100 },
        { text: 'b', start: -5, end: 1e300 },
        { text: 'c', start: 500.4, end: 300 },
        { text: '' },
        { text: 'd', start: 50, end: 60 },
        { text: 'e' },
      ],
      utterances: [
        { text: 'late', start: 5000, end: 6000, speaker: 'A' },
        { text: 'lost', speaker: 'A' },
        { text: 'early', start: 10, words: [{ text: 'early', end: 90 }] },
      ],
    });
    assert.deepEqual(
      words.map(({ text, startMs, endMs }) => [text, startMs, endMs]),
      [
        ['a', 0, 100],
        ['b', 100, 100],
        ['c', 500, 500],
        ['d', 50, 60],
        ['e', 60, 60],
      ],
    );
    assert.deepEqual(
      utterances.map(({ text, startMs, endMs }) => [text, startMs, endMs]),
      [
        ['late', 5000, 6000],
        ['lost', 6000, 6000],
        ['early', 10, 90],
      ],
    );
  });

  it('takes the text from utterances or words where the body has none', () => {
    assert.equal(parsed({ words: [{ text: 'a' }, { text: 'b' }] }).text, 'a b');
    assert.equal(
      parsed({ utterances: [{ words: [{ text: 'a' }, { text: 'b' }] }, { text: 'c' }] }).text,
      'a b c',
    );
  });

  it('tells speakers apart by channel only without labels', () => {
    const labels = (body: object) =>
      parsed({
        ...body,
        utterances: [
          { text: 'a', speaker: 'A', channel: '1' },
          { text: 'b', channel: 2 },
          { text: 'c', speaker: '1B' },
          { text: 'd', speaker: ' ' },
        ],
      }).utterances.map(({ speaker }) => speaker);
    assert.deepEqual(labels({ multichannel: true }), ['1', '2', '1B', 'Unknown']);
    assert.deepEqual(labels({ multichannel: true, speaker_labels: true }), ['A', '2', '1B', 'Unknown']);
    assert.deepEqual(labels({}), ['A', '2', '1B', 'Unknown']);
  });

  describe('without utterances', () => {
    const spoken = (...voices: readonly (readonly [text: string, speaker?: string | null])[]) =>
      voices.map(([text, speaker], at) => ({ text, speaker, start: at * 100, end: at * 100 + 90 }));
    const runs = (body: object) =>
      parsed(body).utterances.map(({ speaker, text, startMs, endMs }) => [speaker, text, startMs, endMs]);

    it('takes the speakers from the words', () => {
      const words = spoken(['Did', 'A'], ['it?', 'A'], ['Yes.', 'B'], ['Good.', 'A']);
      for (const utterances of [null, undefined, [], 'none']) {
        assert.deepEqual(runs({ words, utterances }), [
          ['A', 'Did it?', 0, 190],
          ['B', 'Yes.', 200, 290],
          ['A', 'Good.', 300, 390],
        ]);
      }
    });

    it('gives a word without a speaker to the one before, or the first one', () => {
      const words = spoken(['Well,', null], ['did', 'A'], ['it?'], ['Yes.', 'B'], ['It', ' '], ['did.', 'B']);
      assert.deepEqual(runs({ words }), [
        ['A', 'Well, did it?', 0, 290],
        ['B', 'Yes. It did.', 300, 590],
      ]);
    });

    it('takes channels for speakers', () => {
      const words = [
        { text: 'Hello?', channel: '1' },
        { text: 'Yes?', channel: '2' },
      ];
      assert.deepEqual(
        runs({ words, multichannel: true }).map(([speaker]) => speaker),
        ['1', '2'],
      );
    });

    it('has no speakers where no word has one', () => {
      const transcript = parsed({ text: 'Did it?', words: spoken(['Did'], ['it?', null]), utterances: null });
      assert.deepEqual([transcript.utterances, transcript.text], [[], 'Did it?']);
    });

    it('writes Chinese without spaces, and the formats that were asked for', () => {
      assert.deepEqual(
        runs({ words: spoken(['今天', 'A'], ['好。', 'A'], ['OK', 'B'], ['go.', 'B']) }).map(
          ([, text]) => text,
        ),
        ['今天好。', 'OK go.'],
      );
      const response = { custom_formatting: { status: 'success', mapping: { 'May 5': '05/05' } } };
      const words = spoken(['On', 'A'], ['May', 'A'], ['5', 'A'], ['then.', 'B']);
      assert.deepEqual(
        runs({ words, speech_understanding: { response } }).map(([, text]) => text),
        ['On 05/05', 'then.'],
      );
    });

    it('makes the note that it makes with them', () => {
      const rendered = (body: object) =>
        renderNote(parsed(body), {
          title: 'standup',
          recording: 'standup.mp3',
          createdAt: '2026-11-30T09:30:00Z',
        });
      const body = {
        ...smallBody(['A', 'Did it pass?'], ['A', 'I mean the build.'], ['B', 'Yes, twice.']),
        speaker_labels: true,
      };
      assert.equal(rendered({ ...body, utterances: null }), rendered(body));
    });
  });

  it('reads null as it reads a field that is absent', () => {
    for (const language of ['en', 'de', 'ar'] as const) {
      const body = fullBody(language);
      for (const name of Object.keys(omit(body, 'status'))) {
        assert.deepEqual(parsed({ ...body, [name]: null }), parsed(omit(body, name)), name);
      }
    }
  });

  it('shows the model that was used, also one that was not asked for', () => {
    const models = { speech_models: ['universal-3-pro'], speech_model: null };
    assert.equal(parsed({ ...models, speech_model_used: 'assemblyai-stt-4' }).model, 'assemblyai-stt-4');
    assert.deepEqual(parsed({ ...models, speech_model_used: 'assemblyai-stt-4' }).warnings, []);
    assert.equal(parsed({ ...models, speech_model_used: null }).model, null);
  });

  it('cuts very long labels', () => {
    const [utterance] = parsed({ utterances: [{ text: 'a', speaker: '😀'.repeat(200) }] }).utterances;
    assert.equal(utterance?.speaker, '😀'.repeat(75));
  });

  it('collects warnings, each once', () => {
    const { warnings } = parsed({
      metadata: { warning: 'one', warnings: [{ message: 'two' }, 'three', { message: 'one' }, {}, null] },
      speech_understanding: {
        response: {
          translation: { status: 'success' },
          speaker_identification: { status: 'failed' },
          other: null,
        },
      },
    });
    assert.deepEqual(warnings, ['one', 'two', 'three', 'speaker identification: failed']);
  });

  it('never throws, whatever the body contains', () => {
    const keys = [
      'text',
      'words',
      'utterances',
      'speaker',
      'channel',
      'start',
      'end',
      'metadata',
      'warnings',
      'response',
      'status',
      'speech_understanding',
      'multichannel',
    ];
    const anything = fc.object({ key: fc.constantFrom(...keys), maxDepth: 4, withNullPrototype: false });
    fc.assert(
      fc.property(anything, (body) => assert.doesNotThrow(() => parsed({ ...body, status: 'completed' }))),
      { numRuns: 1000 },
    );
  });
});
