import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TranscriptBody } from '../../../../src/core/transcript/model';
import { parseTranscript } from '../../../../src/core/transcript/parseTranscript';
import {
  findingsIn,
  mergeUnderstanding,
  namesIn,
} from '../../../../src/core/understanding/mergeUnderstanding';
import { hostileText } from '../note/arbitraries';
import { anyResults } from '../note/resultArbitraries';

const word = { text: 'Yes.', start: 4200, end: 4500, speaker: 'A' };
const body: TranscriptBody = {
  id: 'id-1',
  status: 'completed',
  audio_url: 'https://cdn.example/1',
  text: 'Yes. No.',
  words: [word],
  utterances: [
    { speaker: 'A', text: 'Yes.', start: 4200, end: 4500, words: [word], translated_texts: { es: 'Sí.' } },
    { speaker: 'B', text: 'No.', start: 9000, end: 9500, words: null },
  ],
  translated_texts: { es: 'Sí. No.' },
  speech_understanding: {
    request: { translation: { target_languages: ['es'] } },
    response: { translation: { status: 'success' }, action_items: { status: 'success', items: ['Wait'] } },
  },
};
const identified = {
  request: { speaker_identification: { speaker_type: 'name' } },
  response: {
    transcript_id: 'id-1',
    id: 'another',
    status: 'error',
    speech_understanding: {
      response: { speaker_identification: { status: 'success', mapping: { A: 'Maria', B: 'B' } } },
    },
    utterances: [
      { speaker: 'Maria', text: 'Something else.', translated_texts: { de: 'Ja.' } },
      { speaker: 'B', text: 'No.', translated_texts: { de: 'Nein.' } },
    ],
    translated_texts: { de: 'Ja. Nein.' },
  },
};

describe('the response about a finished transcript', () => {
  it('is merged: results, names and translations, but no words', () => {
    const named = { ...word, speaker: 'Maria' };
    assert.deepEqual(mergeUnderstanding(body, identified), {
      ...body,
      words: [named],
      utterances: [
        {
          speaker: 'Maria',
          text: 'Yes.',
          start: 4200,
          end: 4500,
          words: [named],
          translated_texts: { es: 'Sí.', de: 'Ja.' },
        },
        { speaker: 'B', text: 'No.', start: 9000, end: 9500, words: null, translated_texts: { de: 'Nein.' } },
      ],
      translated_texts: { es: 'Sí. No.', de: 'Ja. Nein.' },
      speech_understanding: {
        request: { translation: { target_languages: ['es'] }, ...identified.request },
        response: {
          translation: { status: 'success' },
          action_items: { status: 'success', items: ['Wait'] },
          speaker_identification: { status: 'success', mapping: { A: 'Maria', B: 'B' } },
        },
      },
    });
  });

  it('says which names are new', () => {
    assert.deepEqual([...namesIn(identified)], [['A', 'Maria']]);
    assert.deepEqual([...namesIn({ request: {}, response: {} })], []);
  });

  it('has its utterances left alone where they are not those of the transcript', () => {
    const [first] = identified.response.utterances;
    const other = { ...identified, response: { utterances: [first] } };
    assert.deepEqual(mergeUnderstanding(body, other)['utterances'], body['utterances']);
  });

  it('is shown without what the transcript had before, and with its labels', () => {
    const { results, utterances, warnings } = findingsIn(body, identified);
    assert.deepEqual(results.actionItems, []);
    assert.deepEqual(
      results.translations.map(({ language, text }) => [language, text]),
      [['de', 'Ja. Nein.']],
    );
    assert.deepEqual(
      utterances.map(({ speaker, text }) => [speaker, text]),
      [
        ['A', 'Yes.'],
        ['B', 'No.'],
      ],
    );
    assert.deepEqual(warnings, []);
  });

  it('is enough where the transcript body is missing', () => {
    const { utterances, results } = findingsIn({ id: 'id-1', status: 'completed' }, identified);
    assert.deepEqual(
      utterances.map(({ speaker }) => speaker),
      ['Maria', 'B'],
    );
    assert.deepEqual(results.translations[0]?.utterances[1]?.text, 'Nein.');
  });

  it('has warnings about what failed and what was left out', () => {
    const { warnings } = findingsIn(body, {
      request: { summarization: {}, action_items: {} },
      response: { speech_understanding: { response: { summarization: { status: 'failed' } } } },
    });
    assert.deepEqual(warnings, [
      'summarization: failed',
      'Action items: asked for, but left out by the service.',
    ]);
    const silent = { ...body, speaker_labels: true, utterances: null };
    assert.deepEqual(findingsIn(silent, { request: {}, response: {} }).warnings, []);
  });

  it('may be anything, and changes no words', () => {
    const anyAnswer = fc
      .tuple(anyResults(hostileText, fc.integer()), fc.jsonValue(), fc.jsonValue())
      .map(([results, utterances, words]) => ({ ...results, utterances, words }));
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        const merged = parseTranscript(mergeUnderstanding(body, { request: {}, response: answer }));
        const said = parseTranscript(body);
        const texts = ({ utterances }: typeof said) => utterances.map(({ startMs }) => startMs);
        assert.deepEqual(texts(merged), texts(said));
        assert.deepEqual([merged.id, merged.status, merged.words.length], [said.id, said.status, 1]);
      }),
    );
  });
});
