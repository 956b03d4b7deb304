import assert from 'node:assert/strict';
import fc from 'fast-check';
import { omit, readTexts } from '../../../../src/core/json';
import {
  asksForNames,
  draftedRequest,
  draftOf,
  parseSpeakerCount,
  speakersIn,
  translationsIn,
  typedTerms,
  withDeletion,
  withLanguage,
  withoutWebhook,
  withRedaction,
  withSpeakers,
  withSpeechPrompt,
  withTerms,
  withTranslations,
  type OptionsDraft,
  type SpeakerChoice,
} from '../../../../src/core/request/optionsDraft';
import { defaultOptions, type TranscriptOptions } from '../../../../src/core/request/request';
import { languages } from '../../../../src/core/request/schema/languages';
import { nothingOffered, presetOf } from './somePresets';

const draft = (options: TranscriptOptions): OptionsDraft => draftOf(presetOf({ options }), nothingOffered);
const sent = (given: OptionsDraft): TranscriptOptions => draftedRequest(given).instructions.options;

describe('a draft', () => {
  it('of a preset has the options of the preset and nothing else', () => {
    const options = {
      ...defaultOptions,
      disfluencies: true,
      speech_understanding: { request: { action_items: {} } },
    };
    assert.deepEqual(sent(draft(options)), options);
    assert.equal(draftedRequest(draft(options)).instructions.deleteAfterwards, false);
  });

  it('has what Steno does itself', () => {
    const preset = presetOf({ deleteAfterwards: true });
    assert.equal(draftedRequest(draftOf(preset, nothingOffered)).instructions.deleteAfterwards, true);
    const kept = withDeletion(draftOf(preset, nothingOffered), false);
    assert.equal(draftedRequest(kept).instructions.deleteAfterwards, false);
  });

  it('has the options of the preset after its changes are undone', () => {
    const start = draft(defaultOptions);
    const back: readonly OptionsDraft[] = [
      withLanguage(withLanguage(start, 'de'), { kind: 'detected' }),
      withSpeakers(withSpeakers(start, { least: 2, most: 4 }), 'detected'),
      withSpeakers(withSpeakers(start, 'none'), 'detected'),
      withSpeechPrompt(withSpeechPrompt(start, 'A call'), ' '),
      withTranslations(withTranslations(start, ['de']), []),
      withRedaction(withRedaction(start, true, ['person_name']), false, []),
    ];
    back.forEach((each) => assert.deepEqual(sent(each), defaultOptions));
  });
});

describe('the language', () => {
  it('that is named ends its detection', () => {
    const others = omit(defaultOptions, 'language_detection');
    const options = {
      ...defaultOptions,
      language_confidence_threshold: 0.5,
      language_detection_options: { expected_languages: ['en', 'de'] },
      language_codes: ['en', 'es'],
    };
    assert.deepEqual(sent(withLanguage(draft(options), 'de')), { ...others, language_code: 'de' });
  });

  it('that is detected has the preset’s settings for it', () => {
    const detection = {
      language_detection: true,
      language_detection_options: { expected_languages: ['en'] },
    };
    const named = withLanguage(draft(detection), 'de');
    assert.deepEqual(sent(withLanguage(named, { kind: 'detected' })), detection);
    assert.deepEqual(sent(withLanguage(draft({ language_code: 'fr' }), { kind: 'detected' })), {
      language_detection: true,
    });
  });

  it('and its detection are never requested together', () => {
    const language = fc.constantFrom(...languages.keys(), { kind: 'detected' } as const);
    fc.assert(
      fc.property(fc.array(language, { minLength: 1 }), (chosen) => {
        const options = sent(chosen.reduce(withLanguage, draft(defaultOptions)));
        assert.notEqual('language_code' in options, 'language_detection' in options);
      }),
    );
  });
});

describe('speakers', () => {
  const examples: readonly (readonly [SpeakerChoice, TranscriptOptions])[] = [
    ['none', {}],
    ['detected', { speaker_labels: true }],
    [
      { least: 3, most: 3 },
      { speaker_labels: true, speaker_options: { min_speakers_expected: 3, max_speakers_expected: 3 } },
    ],
    [
      { least: 2, most: 4 },
      { speaker_labels: true, speaker_options: { min_speakers_expected: 2, max_speakers_expected: 4 } },
    ],
    [
      { least: 2, most: undefined },
      { speaker_labels: true, speaker_options: { min_speakers_expected: 2 } },
    ],
  ];
  for (const [speakers, options] of examples) {
    it(`${JSON.stringify(speakers)} are ${JSON.stringify(options)}, whatever the draft had before`, () => {
      for (const [, before] of examples) {
        const after = withSpeakers(draft(before), speakers);
        assert.deepEqual(sent(after), options);
        assert.deepEqual(speakersIn(after.options), speakers);
      }
    });
  }

  it('keep other options of the preset', () => {
    const own = { use_two_stage_clustering: true };
    const start = draft({ speaker_labels: true, speaker_options: { ...own, max_speakers_expected: 9 } });
    assert.deepEqual(sent(withSpeakers(start, 'detected'))['speaker_options'], own);
  });

  it('with only an upper bound are at least one', () => {
    const options = { speaker_labels: true, speaker_options: { max_speakers_expected: 4 } };
    assert.deepEqual(speakersIn(options), { least: 1, most: 4 });
  });

  it('that are not told apart remove the options that need them', () => {
    const request = {
      speaker_identification: { speaker_type: 'role', known_values: ['Agent'] },
      translation: { target_languages: ['de'], match_original_utterance: true },
    };
    const start = draft({ speaker_labels: true, speech_understanding: { request } });
    assert.deepEqual(sent(withSpeakers(start, 'none')), {
      speech_understanding: { request: { translation: { target_languages: ['de'] } } },
    });
  });
});

describe('a number of speakers', () => {
  const examples: readonly (readonly [string, ReturnType<typeof parseSpeakerCount>])[] = [
    ['3', { least: 3, most: 3 }],
    [' 2-4 ', { least: 2, most: 4 }],
    ['2 – 4', { least: 2, most: 4 }],
    ['2 to 4', { least: 2, most: 4 }],
    ['2+', { least: 2, most: undefined }],
    ['0', undefined],
    ['4-2', undefined],
    ['-3', undefined],
    ['two', undefined],
    ['1.5', undefined],
    ['', undefined],
  ];
  for (const [text, count] of examples) {
    it(`“${text}” is ${JSON.stringify(count)}`, () => assert.deepEqual(parseSpeakerCount(text), count));
  }
});

describe('names', () => {
  const people = ['Maria', 'Tom'];
  const offered = { people, glossary: [] };
  const speakers = { speaker_labels: true };
  const identification = (value: unknown): TranscriptOptions => ({
    ...speakers,
    speech_understanding: { request: { speaker_identification: value } },
  });

  it('are those of the workspace where the preset has the service find them', () => {
    assert.deepEqual(draftOf(presetOf({ options: speakers, namesSpeakers: true }), offered).names, people);
    assert.deepEqual(draftOf(presetOf({ options: speakers }), offered).names, []);
  });

  it('of the preset come first, can be removed, and are sent with its other parameters', () => {
    const own = { speaker_type: 'name', known_values: ['Ann'], effort: 'medium' };
    const preset = presetOf({ options: identification(own), namesSpeakers: true });
    const start = draftOf(preset, offered);
    assert.deepEqual(start.names, ['Ann', ...people]);
    assert.deepEqual(sent({ ...start, names: ['Tom'] }), identification({ ...own, known_values: ['Tom'] }));
    assert.deepEqual(sent({ ...start, names: [] }), speakers);
  });

  it('are sent as well where the preset has the service find speakers by what is said', () => {
    const start = draftOf(presetOf({ options: identification({ speaker_type: 'name' }) }), offered);
    assert.deepEqual(sent(start), identification({ speaker_type: 'name' }));
    const named = identification({ speaker_type: 'name', known_values: ['Tom'] });
    assert.deepEqual(sent({ ...start, names: ['Tom'] }), named);
  });

  it('are not asked for with roles or descriptions, or where speakers are not told apart', () => {
    const role = { speaker_type: 'role', known_values: ['Agent'] };
    const described = { speaker_type: 'name', speakers: [{ name: 'Ann', description: 'hosts' }] };
    for (const options of [identification(role), identification(described), {}]) {
      assert.equal(asksForNames(options), false);
      const given = draftOf(presetOf({ options, namesSpeakers: true }), offered);
      assert.deepEqual(sent(given), options);
    }
    assert.equal(asksForNames(identification({ speaker_type: 'name' })), true);
  });
});

describe('key terms', () => {
  const glossary = [
    { name: 'talks.terms', terms: ['Kubernetes', 'etcd cluster'] },
    { name: 'cSpell.words', terms: ['rollout'] },
  ];

  it('are those of the preset and of the glossary, where it uses that', () => {
    const options = { keyterms_prompt: ['Steno'] };
    const own = draftOf(presetOf({ options, usesGlossary: false }), { people: [], glossary });
    assert.deepEqual(sent(own), options);
    const all = draftOf(presetOf({ options, usesGlossary: true }), { people: [], glossary });
    assert.deepEqual(
      all.terms.map(({ name }) => name),
      ['Test', 'talks.terms', 'cSpell.words'],
    );
    assert.deepEqual(sent(all), { keyterms_prompt: ['Steno', 'Kubernetes', 'etcd cluster', 'rollout'] });
  });

  it('without a source are none', () => {
    const all = draftOf(presetOf({ usesGlossary: true }), { people: [], glossary });
    assert.ok(!('keyterms_prompt' in sent({ ...all, terms: [] })));
  });

  it('that were typed come before those of a glossary, of which some are left out', () => {
    const long = [{ name: 'long.terms', terms: Array.from({ length: 1000 }, (_, at) => `term ${at}`) }];
    const start = draftOf(presetOf({ usesGlossary: true }), { people: [], glossary: long });
    const typed = withTerms(start, start.terms, ['rollout']);
    assert.deepEqual(typedTerms(typed)?.terms, ['rollout']);
    const { instructions, droppedTerms } = draftedRequest(typed);
    assert.deepEqual(readTexts(instructions.options['keyterms_prompt']).slice(0, 2), ['rollout', 'term 0']);
    assert.deepEqual(
      droppedTerms.map(({ term }) => term),
      ['term 999'],
    );
    assert.deepEqual(withTerms(typed, typed.terms, []), start);
  });
});

describe('other options', () => {
  it('keep the preset’s other parameters of a translation', () => {
    const translation = { target_languages: ['de'], formal: true };
    const start = draft({ speech_understanding: { request: { translation, action_items: {} } } });
    const changed = withTranslations(start, ['fr', 'ja']);
    assert.deepEqual(translationsIn(changed.options), ['fr', 'ja']);
    assert.deepEqual(sent(changed), {
      speech_understanding: {
        request: { action_items: {}, translation: { target_languages: ['fr', 'ja'], formal: true } },
      },
    });
  });

  it('redact what the preset names, otherwise the default', () => {
    const own = { redact_pii: true, redact_pii_policies: ['date'], redact_pii_sub: 'entity_name' };
    const off = withRedaction(draft(own), false, ['person_name']);
    assert.deepEqual(sent(off), {});
    assert.deepEqual(sent(withRedaction(off, true, ['person_name'])), own);
    assert.deepEqual(sent(withRedaction(draft({}), true, ['person_name'])), {
      redact_pii: true,
      redact_pii_policies: ['person_name'],
    });
  });

  it('take the prompt without blanks around it', () => {
    assert.deepEqual(sent(withSpeechPrompt(draft({}), ' A call about teeth ')), {
      prompt: 'A call about teeth',
    });
  });

  it('can remove the webhook', () => {
    const options = { webhook_url: 'https://hooks.test/x', webhook_auth_header_name: 'X-Token' };
    assert.deepEqual(sent(withoutWebhook(draft(options))), {});
  });
});
