import { only, readObject, readTexts, without } from '../json';
import { mergeKeyTerms, withKeyTerms, type DroppedTerm, type TermSource } from './keyTerms';
import { withSpeakerNames } from './people';
import type { Preset } from './presets';
import type { Instructions, TranscriptOptions } from './request';
import { featureOf, withFeature } from './understanding';

/** A preset, and what was answered to the questions about it so far. */
export interface Answers {
  readonly preset: Preset;
  /** Without the names and the key terms, which are put in when the answers become a request. */
  readonly options: TranscriptOptions;
  readonly deleteAfterwards: boolean;
  /** Of people who are looked for among the speakers. */
  readonly names: readonly string[];
  /** Where the key terms come from, the preset's own first. */
  readonly terms: readonly TermSource[];
}

/** What the questions offer besides what the preset has. */
export interface Offered {
  /** Names of people who may speak. */
  readonly people: readonly string[];
  /** The workspace's key terms. */
  readonly glossary: readonly TermSource[];
}

/** The answers that a preset itself gives. */
export function answersOf(preset: Preset, { people, glossary }: Offered): Answers {
  const own = readTexts(preset.options['keyterms_prompt']);
  const names = [...namesIn(preset.options), ...(preset.namesSpeakers ? people : [])];
  return {
    preset,
    options: withoutNames(own.length === 0 ? preset.options : without(preset.options, 'keyterms_prompt')),
    deleteAfterwards: preset.deleteAfterwards,
    names: [...new Set(names)],
    terms: [
      ...(own.length === 0 ? [] : [{ name: preset.name, terms: own }]),
      ...(preset.usesGlossary ? glossary : []),
    ],
  };
}

/** What is sent, and what of the answers is not. */
export interface AnsweredRequest {
  readonly instructions: Instructions;
  readonly droppedTerms: readonly DroppedTerm[];
  readonly droppedNames: readonly string[];
}

/** What the answers ask of the service. */
export function requestOf(answers: Answers): AnsweredRequest {
  const { options, deleteAfterwards } = answers;
  const names = asksForNames(options) ? answers.names : [];
  const unnamed = names.length === 0 ? options : withFeature(options, 'speaker_identification', undefined);
  const named = withSpeakerNames(unnamed, names);
  const { terms, dropped } = mergeKeyTerms(answers.terms, options);
  const identified = withOwnIdentification(named.options, answers.preset);
  return {
    instructions: { options: withKeyTerms(identified, terms), deleteAfterwards },
    droppedTerms: dropped,
    droppedNames: named.dropped,
  };
}

// Language

/** The code of a language, or that it is found out. */
export type LanguageAnswer = string | { readonly kind: 'detected' };

const detectionFields = [
  'language_detection',
  'language_detection_options',
  'language_confidence_threshold',
] as const;

/** A language and its detection exclude each other; what the preset says about detection comes back with it. */
export function withLanguage(answers: Answers, language: LanguageAnswer): Answers {
  const bare = without(answers.options, 'language_code', 'language_codes', ...detectionFields);
  if (typeof language === 'string') {
    return { ...answers, options: { ...bare, language_code: language } };
  }
  const own = only(answers.preset.options, ...detectionFields);
  return { ...answers, options: { ...bare, ...own, language_detection: true } };
}

// Speakers

/** How many speakers there are, where somebody knows; without an upper bound, at least so many. */
export interface SpeakerCount {
  readonly least: number;
  readonly most: number | undefined;
}

/** Whether speakers are told apart, and how many there are. */
export type SpeakerAnswer = 'none' | 'detected' | SpeakerCount;

/** What the options say about speakers. */
export function speakersIn(options: TranscriptOptions): SpeakerAnswer {
  if (options['speaker_labels'] !== true) {
    return 'none';
  }
  const exact = countIn(options['speakers_expected']);
  if (exact !== undefined) {
    return { least: exact, most: exact };
  }
  const { min_speakers_expected: min, max_speakers_expected: max } = readObject(options['speaker_options']);
  const least = countIn(min);
  const most = countIn(max);
  return least === undefined && most === undefined ? 'detected' : { least: least ?? 1, most };
}

/** Without speakers, nothing that needs them is asked for either. */
export function withSpeakers(answers: Answers, speakers: SpeakerAnswer): Answers {
  const bare = without(answers.options, 'speaker_labels', 'speakers_expected');
  if (speakers === 'none') {
    return { ...answers, options: withoutWhatNeedsSpeakers(without(bare, 'speaker_options')) };
  }
  const range = speakers === 'detected' ? {} : rangeFields(speakers);
  const others = without(
    readObject(bare['speaker_options']),
    'min_speakers_expected',
    'max_speakers_expected',
  );
  const isExact = speakers !== 'detected' && speakers.least === speakers.most;
  // The service takes a number or a range, not both.
  const speakerOptions = isExact ? {} : { ...others, ...range };
  return {
    ...answers,
    options: {
      ...without(bare, 'speaker_options'),
      speaker_labels: true,
      ...(isExact && { speakers_expected: speakers.least }),
      ...(Object.keys(speakerOptions).length > 0 && { speaker_options: speakerOptions }),
    },
  };
}

function rangeFields({ least, most }: SpeakerCount): TranscriptOptions {
  return { min_speakers_expected: least, ...(most !== undefined && { max_speakers_expected: most }) };
}

function withoutWhatNeedsSpeakers(options: TranscriptOptions): TranscriptOptions {
  const unnamed = withFeature(options, 'speaker_identification', undefined);
  const translation = featureOf(unnamed, 'translation');
  return translation === undefined
    ? unnamed
    : withFeature(unnamed, 'translation', without(translation, 'match_original_utterance'));
}

/** Reads `3`, `2-4`, `2 to 4` or `2+`; undefined for anything else. */
export function parseSpeakerCount(text: string): SpeakerCount | undefined {
  const [, first = '', second, plus] =
    /^(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3})|\s*(\+))?$/.exec(text.trim()) ?? [];
  const least = Number(first);
  const most = plus !== undefined ? undefined : Number(second ?? first);
  return least >= 1 && (most === undefined || most >= least) ? { least, most } : undefined;
}

// Names

/**
 * Whether it makes sense to ask who speaks: there have to be speakers, and a preset that looks for roles, or
 * describes its people, has answered it.
 */
export function asksForNames(options: TranscriptOptions): boolean {
  const identification = featureOf(options, 'speaker_identification');
  const isByName = identification?.['speaker_type'] === 'name' && identification['speakers'] === undefined;
  return speakersIn(options) !== 'none' && (identification === undefined || isByName);
}

function namesIn(options: TranscriptOptions): readonly string[] {
  const identification = featureOf(options, 'speaker_identification');
  return identification?.['speaker_type'] === 'name' ? readTexts(identification['known_values']) : [];
}

/** With what the preset says about looking for names, such as how thoroughly. */
function withOwnIdentification(options: TranscriptOptions, preset: Preset): TranscriptOptions {
  const own = featureOf(preset.options, 'speaker_identification');
  const identification = featureOf(options, 'speaker_identification');
  return own === undefined || identification === undefined
    ? options
    : withFeature(options, 'speaker_identification', { ...own, ...identification });
}

function withoutNames(options: TranscriptOptions): TranscriptOptions {
  const names = namesIn(options);
  return names.length === 0 ? options : withFeature(options, 'speaker_identification', undefined);
}

// Key terms

const typedName = 'typed here';

/** What was typed for this recording alone, where anything was. */
export function typedTerms({ terms }: Answers): TermSource | undefined {
  return terms.find(({ name }) => name === typedName);
}

/**
 * The answers with key terms of these sources. What was typed for this recording stands first: where there are too many
 * terms, those of a long glossary have to give way.
 */
export function withTerms(
  answers: Answers,
  sources: readonly TermSource[],
  typed: readonly string[],
): Answers {
  const own = typed.length === 0 ? [] : [{ name: typedName, terms: typed }];
  return { ...answers, terms: [...own, ...sources.filter(({ name }) => name !== typedName)] };
}

// Further questions

/** What is told about the recording beforehand. */
export function promptIn(options: TranscriptOptions): string {
  const { prompt } = options;
  return typeof prompt === 'string' ? prompt.trim() : '';
}

export function withPrompt(answers: Answers, prompt: string): Answers {
  const bare = without(answers.options, 'prompt');
  return { ...answers, options: prompt.trim() === '' ? bare : { ...bare, prompt: prompt.trim() } };
}

/** Codes of the languages that the transcript is translated into. */
export function translationsIn(options: TranscriptOptions): readonly string[] {
  return readTexts(featureOf(options, 'translation')?.['target_languages']);
}

export function withTranslations(answers: Answers, codes: readonly string[]): Answers {
  const translation =
    codes.length === 0
      ? undefined
      : { ...featureOf(answers.preset.options, 'translation'), target_languages: codes };
  const options = withFeature(answers.options, 'translation', translation);
  return {
    ...answers,
    options: speakersIn(options) === 'none' ? withoutWhatNeedsSpeakers(options) : options,
  };
}

export function isRedacted(options: TranscriptOptions): boolean {
  return options['redact_pii'] === true;
}

/** @param policies what counts as personal where the preset does not say */
export function withRedaction(answers: Answers, isWanted: boolean, policies: readonly string[]): Answers {
  const isAboutIt = ([name]: readonly [string, unknown]): boolean => name.startsWith('redact_');
  const bare = Object.fromEntries(Object.entries(answers.options).filter((field) => !isAboutIt(field)));
  if (!isWanted) {
    return { ...answers, options: bare };
  }
  const own = Object.fromEntries(Object.entries(answers.preset.options).filter(isAboutIt));
  return {
    ...answers,
    options: { ...bare, redact_pii_policies: policies, ...own, redact_pii: true },
  };
}

export function withDeletion(answers: Answers, deleteAfterwards: boolean): Answers {
  return { ...answers, deleteAfterwards };
}

export function withoutWebhook(answers: Answers): Answers {
  const fields = ['webhook_url', 'webhook_auth_header_name', 'webhook_auth_header_value'];
  return { ...answers, options: without(answers.options, ...fields) };
}

function countIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : undefined;
}
