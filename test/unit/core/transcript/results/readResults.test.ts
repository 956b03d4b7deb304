import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseTranscript, parseTranscriptBody } from '../../../../../src/core/transcript/parseTranscript';
import type { Results } from '../../../../../src/core/transcript/results/results';
import { noResults } from '../../../../support/noResults';
import { fullBody } from '../../../../support/server/fullBody';

function resultsOf(body: object): Results {
  return parseTranscript(parseTranscriptBody({ id: 'x', status: 'completed', ...body })).results;
}

function understood(response: object): Results {
  return resultsOf({ speech_understanding: { request: {}, response } });
}

const fields = [
  'summary',
  'chapters',
  'auto_highlights_result',
  'entities',
  'sentiment_analysis_results',
  'iab_categories_result',
  'content_safety_labels',
  'speech_understanding',
  'translated_texts',
  'language_codes',
  'language_detection_results',
  'metadata',
  'redact_pii_policies',
];

describe('results', () => {
  it('are empty in all forms in which the service sends none', () => {
    for (const nothing of [null, {}, [], '', 0, [null, 7, [], {}]]) {
      assert.deepEqual(resultsOf(Object.fromEntries(fields.map((field) => [field, nothing]))), noResults);
    }
    for (const field of fields.filter((each) => each !== 'translated_texts')) {
      assert.deepEqual(resultsOf({ [field]: { status: 'unavailable', results: null } }), noResults);
    }
    for (const nothing of [null, {}, [], 'x', { status: 'failed', summary: null, items: {} }]) {
      const features = ['summarization', 'action_items', 'translation', 'speaker_identification'];
      assert.deepEqual(understood(Object.fromEntries(features.map((each) => [each, nothing]))), noResults);
    }
    assert.deepEqual(
      resultsOf({ auto_highlights_result: { status: 'unavailable', results: [{ text: 'x', count: 1 }] } }),
      noResults,
    );
  });

  it('are all read from a body that has all of them', () => {
    for (const language of ['en', 'de', 'ar'] as const) {
      for (const [name, value] of Object.entries(resultsOf(fullBody(language)))) {
        assert.notDeepEqual(value, noResults[name as keyof Results], `${language}: ${name}`);
      }
    }
  });

  it('keep a summary’s points apart from its prose', () => {
    const line = (text: string, isPoint: boolean) => ({ text, isPoint });
    assert.deepEqual(resultsOf({ summary: 'One.\r\n\r\n Two. ' }).summary, [
      line('One.', false),
      line('Two.', false),
    ]);
    assert.deepEqual(resultsOf({ summary: 'All:\n- one\n• two' }).summary, [
      line('All:', false),
      line('one', true),
      line('two', true),
    ]);
    assert.deepEqual(resultsOf({ summary: 'one\ntwo', summary_type: 'bullets_verbose' }).summary, [
      line('one', true),
      line('two', true),
    ]);
    const blocks = ['Whole.', { text: 'Whole.' }, { text: 'Whole.', bullets: 7 }];
    for (const block of blocks) {
      const { summary } = understood({ summarization: { block_summary: block } });
      assert.deepEqual(summary, [line('Whole.', false)]);
    }
    const listed = understood({ summarization: { block_summary: ['one', { text: 'two' }, 3, ['x']] } });
    assert.deepEqual(listed.summary, [line('one', true), line('two', true)]);
  });

  it('have the parts of a summary and chapters with their headlines', () => {
    const { summaryParts } = understood({
      summarization: {
        summary: [
          { start: 5, end: 9, headline: ' A ', text: 'Text.' },
          { bullets: ['one', 'two'] },
          { headline: '', text: '' },
          { start: 7, headline: 'B', bullets: '- three' },
        ],
      },
    });
    const point = (text: string) => ({ text, isPoint: true });
    assert.deepEqual(summaryParts, [
      { startMs: 5, headline: 'A', lines: [{ text: 'Text.', isPoint: false }] },
      { startMs: null, headline: '', lines: [point('one'), point('two')] },
      { startMs: 7, headline: 'B', lines: [point('three')] },
    ]);
    const chapters = [
      { gist: 'Short', start: 1 },
      { gist: 'Short', headline: 'Long', start: 2 },
      { start: 3 },
    ];
    assert.deepEqual(
      resultsOf({ chapters }).chapters.map(({ headline, startMs }) => [headline, startMs]),
      [
        ['Short', 1],
        ['Long', 2],
      ],
    );
  });

  it('have action items and decisions, in whatever shape they come', () => {
    const items = [
      { action_item: 'a', quote: 'q', timestamp: 1200 },
      { text: 'b', timestamp: { start: 7, end: 9 } },
      { action_item: 'c', timestamp: '01:02:03.5' },
      { action_item: 'd', timestamp: '02:03' },
      { action_item: 'e', timestamp: 'soon' },
      'f',
      { quote: 'nothing to do' },
      null,
    ];
    const decisions = [{ decision: 'x' }, { text: 'y' }, { action_item: 'z' }, 'w'];
    const read = understood({ action_items: { items, decisions } });
    assert.deepEqual(
      read.actionItems.map(({ text, quote, startMs }) => [text, quote, startMs]),
      [
        ['a', 'q', 1200],
        ['b', '', 7],
        ['c', '', 3_723_500],
        ['d', '', 123_000],
        ['e', '', null],
        ['f', '', null],
      ],
    );
    assert.deepEqual(
      read.decisions.map(({ text }) => text),
      ['x', 'y', 'z', 'w'],
    );
  });

  it('have highlights by rank, those without one last', () => {
    const results = [
      { text: 'b', rank: 0.1, count: 2, timestamps: [{ start: 4, end: 5 }, { start: null }] },
      { text: 'c' },
      { text: 'a', rank: 0.9, count: 'x' },
      { rank: 1 },
    ];
    assert.deepEqual(resultsOf({ auto_highlights_result: { status: 'success', results } }).highlights, [
      { text: 'a', count: null, timesMs: [] },
      { text: 'b', count: 2, timesMs: [4] },
      { text: 'c', count: null, timesMs: [] },
    ]);
  });

  it('have sentiment and entities even where a time is missing', () => {
    const { sentiments, entities } = resultsOf({
      sentiment_analysis_results: [
        { sentiment: 'POSITIVE', start: null, speaker: null, channel: '2' },
        { sentiment: 'NEUTRAL', start: 5, speaker: 'A' },
        { sentiment: 'BORED' },
      ],
      entities: [{ entity_type: 'date', text: 'today' }, { entity_type: 'date' }],
    });
    assert.deepEqual(sentiments, [
      { speaker: '2', startMs: 0, mood: 'positive' },
      { speaker: 'A', startMs: 5, mood: 'neutral' },
    ]);
    assert.deepEqual(entities, [{ type: 'date', text: 'today', startMs: 0 }]);
  });

  it('have topics by relevance, with the places where nothing is more relevant', () => {
    const part = (start: number, ...labels: readonly (readonly [string, number])[]) => ({
      labels: labels.map(([label, relevance]) => ({ label, relevance })),
      timestamp: { start, end: start },
    });
    const results = [part(1, ['A>B', 0.2], ['C', 0.7]), part(2, ['A>B', 0.9], ['C', 0.1]), part(3)];
    const summary = { 'A>B': 0.3, C: 0.8, '>': 1 };
    const topic = (path: string[], relevance: number, ...timesMs: number[]) => ({ path, relevance, timesMs });
    assert.deepEqual(resultsOf({ iab_categories_result: { summary, results } }).topics, [
      topic(['C'], 0.8, 1),
      topic(['A', 'B'], 0.3, 2),
    ]);
    assert.deepEqual(resultsOf({ iab_categories_result: { results } }).topics, [
      topic(['A', 'B'], 0.9, 2),
      topic(['C'], 0.7, 1),
    ]);
  });

  it('have content warnings, with a severity where it means something', () => {
    const at = (start: number, ...labels: string[]) => ({
      labels: labels.map((label) => ({ label, confidence: 1, severity: 0.2 })),
      timestamp: { start },
    });
    const mostly = (severity: string) => ({ low: 0.1, medium: 0.1, high: 0.1, [severity]: 0.9 });
    const { contentWarnings } = resultsOf({
      content_safety_labels: {
        status: 'success',
        results: [at(1, 'drugs', 'nsfw'), at(2, 'drugs'), at(3, '__proto__')],
        summary: { drugs: 0.9, weapons: 0.5 },
        severity_score_summary: { drugs: mostly('medium'), nsfw: mostly('high'), weapons: { low: 0 } },
      },
    });
    assert.deepEqual(contentWarnings, [
      { label: 'drugs', severity: 'medium', timesMs: [1, 2] },
      { label: 'nsfw', severity: null, timesMs: [1] },
      { label: '__proto__', severity: null, timesMs: [3] },
      { label: 'weapons', severity: null, timesMs: [] },
    ]);
  });

  it('have translations of the whole text, of utterances, or of both', () => {
    const said = (text: string, translated_texts?: object) => ({ speaker: 'A', text, translated_texts });
    const { translations } = resultsOf({
      utterances: [
        said('One.', { de: 'Eins.' }),
        said(''),
        said('Two.'),
        said('Three.', { de: 'Drei.', fr: 5 }),
      ],
      translated_texts: { ar: 'كل شيء', xx: '' },
    });
    assert.deepEqual(
      translations.map(({ language, text, utterances }) => [
        language,
        text,
        utterances.map((each) => each.text),
      ]),
      [
        ['ar', 'كل شيء', []],
        ['de', 'Eins. Two. Drei.', ['Eins.', 'Two.', 'Drei.']],
      ],
    );
  });

  it('have all languages, by either name of the field', () => {
    const detected = (item: object) =>
      resultsOf({ language_detection_results: { code_switching_languages: [item] } }).languages;
    assert.deepEqual(detected({ language: 'es', confidence: 1 }), ['es']);
    assert.deepEqual(detected({ language_code: 'es' }), ['es']);
    assert.deepEqual(resultsOf({ language_codes: ['es', 'en', 'es', 7] }).languages, ['es', 'en']);
  });

  it('say how text was redacted', () => {
    const policies = ['person_name', 4];
    assert.deepEqual(resultsOf({ redact_pii: true, redact_pii_policies: policies }).redaction, {
      policies: ['person_name'],
      substitute: 'hash',
    });
    assert.equal(resultsOf({ redact_pii: false, redact_pii_policies: policies }).redaction, null);
  });

  it('never throw, whatever the body contains', () => {
    const keys = [
      ...fields,
      ...['text', 'results', 'status', 'labels', 'label', 'start', 'timestamp', 'response', 'request'],
      ...['summarization', 'action_items', 'items', 'custom_formatting', 'mapping', 'formatted_text'],
      ...['utterances', 'translation', 'target_languages', 'severity_score_summary', 'domain', 'domain_used'],
    ];
    const anything = fc.object({ key: fc.constantFrom(...keys), maxDepth: 5, withNullPrototype: false });
    fc.assert(
      fc.property(anything, (body) => assert.doesNotThrow(() => resultsOf({ ...body, status: 'completed' }))),
      { numRuns: 1000 },
    );
  });
});
