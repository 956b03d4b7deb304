import assert from 'node:assert/strict';
import { draftOf, withSpeakers, type OptionsDraft } from '../../../../src/core/request/optionsDraft';
import type { Preset } from '../../../../src/core/request/presets';
import { defaultOptions, type TranscriptOptions } from '../../../../src/core/request/request';
import { reviewLines, type ReviewContext } from '../../../../src/core/request/reviewSheet';
import { nothingOffered, presetOf } from './somePresets';

const usual: ReviewContext = {
  isLocal: false,
  isAlwaysDeleted: false,
  webhookHost: undefined,
  isSecretMissing: false,
};

const linesOf = (draft: OptionsDraft, more: Partial<ReviewContext> = {}): readonly string[] =>
  reviewLines(draft, { ...usual, ...more }).map(
    ({ label, value, detail }) => `${label}: ${value}${detail === '' ? '' : ` | ${detail}`}`,
  );
const given = (parts: Partial<Preset>): OptionsDraft => draftOf(presetOf(parts), nothingOffered);
const lineOf = (label: string, draft: OptionsDraft): string | undefined =>
  linesOf(draft)
    .find((line) => line.startsWith(`${label}: `))
    ?.slice(label.length + 2);
const saying = (label: string, options: TranscriptOptions): string | undefined =>
  lineOf(label, given({ options }));

describe('the review sheet', () => {
  it('shows the default options', () => {
    assert.deepEqual(linesOf(given({ options: defaultOptions, usesGlossary: true })), [
      'Language: Detected',
      'Speakers: Told apart, however many',
      'Names: None',
      'Key terms: None',
      'About the recording: Nothing said',
      'Translate to: No other language',
      'Redact personal information: No',
      'Delete at AssemblyAI after saving: No',
    ]);
  });

  it('has only speakers on this machine', () => {
    assert.deepEqual(linesOf(given({ options: defaultOptions, usesGlossary: true }), { isLocal: true }), [
      'Speakers: Told apart, however many',
    ]);
  });

  it('leaves out what makes no sense', () => {
    const options = { ...defaultOptions, speech_models: ['universal-2'] };
    const draft = withSpeakers(given({ options }), 'none');
    assert.deepEqual(
      reviewLines(draft, { ...usual, isAlwaysDeleted: true }).map(({ field }) => field),
      ['language', 'speakers', 'translation', 'redaction'],
    );
  });

  it('names the host of a webhook, and says when its secret is missing', () => {
    const line = (isSecretMissing: boolean): string | undefined =>
      linesOf(given({}), { webhookHost: 'hooks.test:8443', isSecretMissing }).at(-1);
    assert.equal(line(false), 'Webhook: hooks.test:8443 is told when it is done');
    assert.match(line(true) ?? '', /\| Its header has no value yet/);
  });

  it('says when a webhook gets the redacted recording, too', () => {
    const line = (options: TranscriptOptions): string | undefined =>
      linesOf(given({ options }), { webhookHost: 'hooks.test' }).at(-1);
    assert.equal(
      line({ redact_pii: true, redact_pii_audio: true }),
      'Webhook: hooks.test is told when it is done, and gets the redacted recording',
    );
    assert.equal(line({ redact_pii: true }), 'Webhook: hooks.test is told when it is done');
  });

  it('names languages', () => {
    const expected = (codes: readonly string[]): TranscriptOptions => {
      return { language_detection: true, language_detection_options: { expected_languages: codes } };
    };
    assert.equal(saying('Language', { language_code: 'de' }), 'German');
    assert.equal(saying('Language', { language_code: 'tlh' }), 'Klingon');
    assert.equal(saying('Language', { language_codes: ['en', 'es'] }), 'English and Spanish');
    assert.equal(saying('Language', {}), 'English, as AssemblyAI takes it');
    assert.equal(saying('Language', expected(['en', 'de'])), 'Detected, among English and German');
    assert.equal(saying('Language', expected(['all'])), 'Detected');
  });

  it('counts speakers', () => {
    const speakers = { speaker_labels: true };
    assert.equal(saying('Speakers', {}), 'Not told apart');
    assert.equal(saying('Speakers', { ...speakers, speakers_expected: 1 }), 'One speaker');
    assert.equal(saying('Speakers', { ...speakers, speakers_expected: 2 }), '2 speakers');
    const exactly = { min_speakers_expected: 3, max_speakers_expected: 3 };
    assert.equal(saying('Speakers', { ...speakers, speaker_options: exactly }), '3 speakers');
    const range = { min_speakers_expected: 2 };
    assert.equal(saying('Speakers', { ...speakers, speaker_options: range }), '2 speakers or more');
    const both = { ...range, max_speakers_expected: 4 };
    assert.equal(saying('Speakers', { ...speakers, speaker_options: both }), '2 to 4 speakers');
  });

  it('names the first few people, and those that are not sent', () => {
    const preset = presetOf({ options: { speaker_labels: true }, namesSpeakers: true });
    const named = (...people: readonly string[]): string | undefined =>
      lineOf('Names', draftOf(preset, { people, glossary: [] }));
    assert.equal(named('Ann', 'Ben'), 'Ann and Ben');
    assert.equal(named('Ann', 'Ben', 'Cleo', 'Dan'), 'Ann, Ben, Cleo and Dan');
    assert.equal(named('Ann', 'Ben', 'Cleo', 'Dan', 'Eve'), 'Ann, Ben, Cleo and 2 more');
    const long = 'A name that is longer than any that the service takes';
    assert.equal(named('Ann', long), `Ann | Not sent, since too long: ${long.slice(0, 39)}…`);
  });

  it('counts key terms, and names those that are not sent', () => {
    const preset = presetOf({ options: defaultOptions, usesGlossary: true });
    const offering = (...terms: readonly string[]): string | undefined =>
      lineOf('Key terms', draftOf(preset, { people: [], glossary: [{ name: 'talks.terms', terms }] }));
    assert.equal(offering('Kubernetes'), '1 term from talks.terms');
    const words = 'one two three four five six seven';
    assert.match(
      offering('Kubernetes', 'etcd', words) ?? '',
      /^2 terms from talks\.terms \| Not sent: “one two three four five six seven” \(.*words\)$/,
    );
    const many = Array.from({ length: 5 }, (_, index) => `${words} ${index}`);
    assert.match(offering(...many) ?? '', /^None \| Not sent: “.*”, “.*”, “.*” and 2 more \(.*words\)$/);
  });

  it('names each reason once why key terms are not sent', () => {
    const preset = presetOf({ options: defaultOptions, usesGlossary: true });
    const terms = [
      ...Array.from({ length: 1100 }, (_, at) => `term ${at}`),
      'one two three four five six seven',
    ];
    const line = lineOf('Key terms', draftOf(preset, { people: [], glossary: [{ name: 'a.terms', terms }] }));
    assert.equal(
      line,
      '1000 terms from a.terms | Not sent: “term 1000”, “term 1001”, “term 1002” and 97 more' +
        ' (more than 1000 terms, the most for assemblyai-stt-3-7);' +
        ' “one two three four five six seven” (more than 6 words)',
    );
  });

  it('shows texts on one line', () => {
    assert.equal(saying('About the recording', { prompt: 'A call\nabout teeth' }), 'A call about teeth');
    assert.equal(saying('About the recording', { prompt: 'x'.repeat(99) })?.length, 60);
    const request = { translation: { target_languages: ['de', 'fr'] } };
    assert.equal(saying('Translate to', { speech_understanding: { request } }), 'German and French');
    const redaction = { redact_pii: true, redact_pii_policies: ['date'] };
    assert.equal(saying('Redact personal information', redaction), 'Yes, 1 kind');
  });
});
