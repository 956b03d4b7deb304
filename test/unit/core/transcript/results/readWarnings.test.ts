import assert from 'node:assert/strict';
import { readWarnings } from '../../../../../src/core/transcript/results/readWarnings';

const completed = { status: 'completed', text: 'Hello.' };

function warningsOf(body: object): string[] {
  return readWarnings({ ...completed, ...body });
}

const left = (name: string) => `${name}: asked for, but left out by the service.`;

describe('what the service left out', () => {
  const parameters = {
    speaker_labels: ['Speakers', 'utterances'],
    multichannel: ['Channels', 'utterances'],
    auto_chapters: ['Chapters', 'chapters'],
    summarization: ['Summary', 'summary'],
    auto_highlights: ['Highlights', 'auto_highlights_result'],
    entity_detection: ['Entities', 'entities'],
    sentiment_analysis: ['Sentiment', 'sentiment_analysis_results'],
    iab_categories: ['Topics', 'iab_categories_result'],
    content_safety: ['Content warnings', 'content_safety_labels'],
  } as const;

  for (const [parameter, [name, result]] of Object.entries(parameters)) {
    it(`is reported for ${parameter}`, () => {
      for (const nothing of [null, undefined, {}, '', { status: 'unavailable', results: [] }]) {
        assert.deepEqual(warningsOf({ [parameter]: true, [result]: nothing }), [left(name)]);
        assert.deepEqual(warningsOf({ [parameter]: false, [result]: nothing }), []);
        assert.deepEqual(warningsOf({ [result]: nothing }), []);
      }
      const something = result === 'summary' ? 'So.' : [{ text: 'Hello.' }];
      assert.deepEqual(warningsOf({ [parameter]: true, [result]: something }), []);
    });
  }

  it('does not count if there may have been nothing to find', () => {
    assert.deepEqual(warningsOf({ entity_detection: true, entities: [] }), []);
    const none = { status: 'success', results: [] };
    assert.deepEqual(warningsOf({ auto_highlights: true, auto_highlights_result: none }), []);
    assert.deepEqual(warningsOf({ iab_categories: true, iab_categories_result: { summary: {} } }), []);
    assert.deepEqual(warningsOf({ speaker_labels: true, utterances: [] }), [left('Speakers')]);
  });

  it('does not count without speech, or before the job has ended', () => {
    const asked = { speaker_labels: true, sentiment_analysis: true };
    assert.deepEqual(warningsOf({ ...asked, text: '', words: [] }), []);
    assert.deepEqual(warningsOf({ ...asked, status: 'processing' }), []);
    assert.equal(warningsOf({ ...asked, text: null, words: [{ text: 'Hello.' }] }).length, 2);
  });

  it('does not count if the words have speakers', () => {
    const asked = { speaker_labels: true, utterances: null };
    for (const word of [{ speaker: 'A' }, { channel: 1 }]) {
      assert.deepEqual(warningsOf({ ...asked, words: [{ text: 'Hello.', ...word }] }), []);
    }
    assert.deepEqual(warningsOf({ ...asked, words: [{ text: 'Hello.', speaker: null }] }), [
      left('Speakers'),
    ]);
  });

  it('is reported once', () => {
    const asked = { speaker_labels: true, sentiment_analysis: true };
    const message = 'Speaker_labels is not available in this language.';
    assert.deepEqual(warningsOf({ ...asked, metadata: { warnings: [{ message }] } }), [
      message,
      left('Sentiment'),
    ]);
  });

  it('is reported for every feature of speech_understanding', () => {
    const request = { summarization: {}, action_items: {}, mind_reading: {}, speaker_identification: {} };
    const response = { summarization: { status: 'success' }, speaker_identification: { status: 'failed' } };
    assert.deepEqual(warningsOf({ speech_understanding: { request, response } }), [
      'speaker identification: failed',
      left('Action items'),
      left('Mind reading'),
    ]);
    assert.equal(warningsOf({ speech_understanding: { request } }).length, 4);
  });

  it('is reported for each language of a translation, but not for the one that was spoken', () => {
    const target_languages = ['de', 'en', 'fr', 'ar'];
    const asked = {
      language_code: 'en_us',
      speech_understanding: { request: { translation: { target_languages } } },
    };
    const utterances = [{ text: 'Hello.' }, { text: 'Bye.', translated_texts: { ar: 'مع السلامة' } }];
    assert.deepEqual(warningsOf({ ...asked, translated_texts: { de: 'Hallo.' }, utterances }), [
      left('Translation into fr'),
    ]);
    const failed = { ...asked.speech_understanding, response: { translation: { status: 'failed' } } };
    assert.deepEqual(warningsOf({ ...asked, speech_understanding: failed }), ['translation: failed']);
  });

  it('is reported for the domain, where the service tells which one it used', () => {
    const domain = 'medical-v1';
    assert.deepEqual(warningsOf({ domain, metadata: { domain_used: null } }), [left('Domain medical-v1')]);
    assert.deepEqual(warningsOf({ domain, metadata: { domain_used: domain } }), []);
    assert.deepEqual(warningsOf({ domain }), []);
    const warning = 'Medical mode is not available in Danish.';
    assert.deepEqual(warningsOf({ domain, metadata: { domain_used: null, warning } }), [warning]);
  });
});

describe('warnings', () => {
  it('mention a language that was detected with little confidence', () => {
    assert.deepEqual(warningsOf({ language_detection: true, language_confidence: 0.424 }), [
      'The language was found with little confidence (42%).',
    ]);
    assert.deepEqual(warningsOf({ language_detection: true, language_confidence: 0.5 }), []);
    assert.deepEqual(warningsOf({ language_confidence: 0.1 }), []);
  });

  it('tell where redacted information may still be', () => {
    const others =
      'Personal information was redacted in what was said only; other sections may still show it.';
    const kept = 'The sidecar holds what was said without redaction as well.';
    assert.deepEqual(warningsOf({ redact_pii: true, entities: [], translated_texts: null }), []);
    assert.deepEqual(warningsOf({ redact_pii: true, entities: [{ text: 'Maria' }] }), [others]);
    assert.deepEqual(warningsOf({ redact_pii: true, unredacted_words: [{ text: 'Maria' }] }), [kept]);
    assert.deepEqual(warningsOf({ entities: [{ text: 'Maria' }], unredacted_text: 'Maria' }), []);
  });
});

describe('warnings of the service', () => {
  const told = (...messages: readonly string[]) =>
    warningsOf({ metadata: { domain_used: null, warnings: messages.map((message) => ({ message })) } });

  it('are in plain words where another model was used', () => {
    for (const [text, plain] of [
      [
        `'pl' is not supported in assemblyai-stt-3-7 — transcription is handled by universal-2. To silence this warning, set speech_models: ["assemblyai-stt-3-7", "universal-2"].`,
        'assemblyai-stt-3-7 does not support Polish, so universal-2 transcribed the recording.',
      ],
      [
        '`xx` is not supported in `universal-3-5-pro` - transcription is handled by `universal-2`',
        'universal-3-5-pro does not support xx, so universal-2 transcribed the recording.',
      ],
    ] as const) {
      assert.deepEqual(told(text), [plain]);
      assert.deepEqual(warningsOf({ metadata: { warning: text, warnings: null } }), [plain]);
    }
  });

  it('are in plain words where key terms were dropped', () => {
    const text = (codes: string) =>
      `\`keyterms_prompt\` was not applied because it is only supported for the following languages when using the universal-2 speech_model: ${codes}.`;
    assert.deepEqual(told(text('en, en_au, en_uk, en_us')), [
      'The key terms were not used: universal-2 takes them for English only.',
    ]);
    assert.deepEqual(told(text('en_us, de, de_ch')), [
      'The key terms were not used: universal-2 takes them for English, German only.',
    ]);
  });

  it('do not include its advertisements, nor hints for developers', () => {
    assert.deepEqual(
      told('For highest accuracy and broadest language coverage: set "speech_models" to ["a", "b"]'),
      [],
    );
    const other = 'For highest accuracy, record each speaker separately.';
    assert.deepEqual(
      told(other, 'Diarization was skipped. To silence this warning, set speaker_labels: false.'),
      [other, 'Diarization was skipped.'],
    );
  });

  it('may be missing', () => {
    for (const metadata of [null, undefined, {}, { domain_used: null, warnings: null, warning: null }, []]) {
      assert.deepEqual(warningsOf({ metadata }), []);
    }
  });
});
