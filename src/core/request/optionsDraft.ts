import { omit, pick, readObject, readTexts } from '../json';
import { mergeKeyTerms, withKeyTerms, type DroppedTerm, type TermSource } from './keyTerms';
import { withSpeakerNames } from './people';
import type { Preset } from './presets';
import type { Instructions, TranscriptOptions } from './request';
import { featureOf, withFeature } from './understanding';

/** Options while they are edited: a preset with the user's changes. */
export interface OptionsDraft {
  readonly preset: Preset;
  /** Without names and key terms, which `draftedRequest` adds. */
  readonly options: TranscriptOptions;
  readonly deleteAfterwards: boolean;
  /** Names of people whom the service is to find among the speakers. */
  readonly names: readonly string[];
  /** Key terms by source, the preset's own first. */
  readonly terms: readonly TermSource[];
}

/** What is suggested for a draft besides the options of the preset. */
export interface DraftSuggestions {
  /** Names of people who may speak, by the setting `steno.people`. */
  readonly people: readonly string[];
  /** The workspace's key terms. */
  readonly glossary: readonly TermSource[];
}

/** The draft of a preset, before any changes. */
export function draftOf(preset: Preset, { people, glossary }: DraftSuggestions): OptionsDraft {
  const own = readTexts(preset.options['keyterms_prompt']);
  const names = [...namesIn(preset.options), ...(preset.namesSpeakers ? people : [])];
  return {
    preset,
    options: withoutNames(own.length === 0 ? preset.options : omit(preset.options, 'keyterms_prompt')),
    deleteAfterwards: preset.deleteAfterwards,
    names: [...new Set(names)],
    terms: [
      ...(own.length === 0 ? [] : [{ name: preset.name, terms: own }]),
      ...(preset.usesGlossary ? glossary : []),
    ],
  };
}

/** A draft as instructions, with the key terms and names that are left out. */
export interface DraftedRequest {
  readonly instructions: Instructions;
  readonly droppedTerms: readonly DroppedTerm[];
  readonly droppedNames: readonly string[];
}

/** Makes instructions of a draft. */
export function draftedRequest(draft: OptionsDraft): DraftedRequest {
  const { options, deleteAfterwards } = draft;
  const names = asksForNames(options) ? draft.names : [];
  const unnamed = names.length === 0 ? options : withFeature(options, 'speaker_identification', undefined);
  const named = withSpeakerNames(unnamed, names);
  const { terms, dropped } = mergeKeyTerms(draft.terms, options);
  const identified = withOwnIdentification(named.options, draft.preset);
  return {
    instructions: { options: withKeyTerms(identified, terms), deleteAfterwards },
    droppedTerms: dropped,
    droppedNames: named.dropped,
  };
}

// Language

/** The API code of a language, or detection of the language. */
export type LanguageChoice = string | { readonly kind: 'detected' };

const detectionFields = [
  'language_detection',
  'language_detection_options',
  'language_confidence_threshold',
] as const;

/** Chooses a language, which turns detection off, or detection with the settings that the preset has for it. */
export function withLanguage(draft: OptionsDraft, language: LanguageChoice): OptionsDraft {
  const bare = omit(draft.options, 'language_code', 'language_codes', ...detectionFields);
  if (typeof language === 'string') {
    return { ...draft, options: { ...bare, language_code: language } };
  }
  const own = pick(draft.preset.options, ...detectionFields);
  return { ...draft, options: { ...bare, ...own, language_detection: true } };
}

// Speakers

/** The number of speakers, or a range of it. */
export interface SpeakerCount {
  readonly least: number;
  /** undefined for no upper bound. */
  readonly most: number | undefined;
}

/** Whether speakers are told apart, and how many there are: `detected` for any number. */
export type SpeakerChoice = 'none' | 'detected' | SpeakerCount;

/** Reads from options whether speakers are told apart, and how many there are. */
export function speakersIn(options: TranscriptOptions): SpeakerChoice {
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

/** Chooses whether speakers are told apart. Without speakers, options that need them are removed. */
export function withSpeakers(draft: OptionsDraft, speakers: SpeakerChoice): OptionsDraft {
  const bare = omit(draft.options, 'speaker_labels', 'speakers_expected');
  if (speakers === 'none') {
    return { ...draft, options: withoutWhatNeedsSpeakers(omit(bare, 'speaker_options')) };
  }
  const range = speakers === 'detected' ? {} : rangeFields(speakers);
  const others = omit(readObject(bare['speaker_options']), 'min_speakers_expected', 'max_speakers_expected');
  const speakerOptions = { ...others, ...range };
  return {
    ...draft,
    options: {
      ...omit(bare, 'speaker_options'),
      speaker_labels: true,
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
    : withFeature(unnamed, 'translation', omit(translation, 'match_original_utterance'));
}

/** Reads a number of speakers such as `3`, `2-4`, `2 to 4` or `2+`; undefined for anything else. */
export function parseSpeakerCount(text: string): SpeakerCount | undefined {
  const [, first = '', second, plus] =
    /^(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3})|\s*(\+))?$/.exec(text.trim()) ?? [];
  const least = Number(first);
  const most = plus !== undefined ? undefined : Number(second ?? first);
  return least >= 1 && (most === undefined || most >= least) ? { least, most } : undefined;
}

// Names

/**
 * Whether to ask for the names of speakers. Not if speakers are not told apart, nor if the options look for roles or
 * describe the people already.
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

/** The options with the preset's other parameters of `speaker_identification`, such as `effort`. */
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

/** The key terms that were typed for this recording only; undefined for none. */
export function typedTerms({ terms }: OptionsDraft): TermSource | undefined {
  return terms.find(({ name }) => name === typedName);
}

/**
 * Chooses the sources of key terms. Those that were typed for this recording come first: if there are too many terms,
 * those at the end are left out.
 *
 * @param typed key terms for this recording only
 */
export function withTerms(
  draft: OptionsDraft,
  sources: readonly TermSource[],
  typed: readonly string[],
): OptionsDraft {
  const own = typed.length === 0 ? [] : [{ name: typedName, terms: typed }];
  return { ...draft, terms: [...own, ...sources.filter(({ name }) => name !== typedName)] };
}

// Other options

/** The API's `prompt`: what the speech model is told about the recording; '' for nothing. */
export function speechPromptIn(options: TranscriptOptions): string {
  const { prompt } = options;
  return typeof prompt === 'string' ? prompt.trim() : '';
}

/** Changes the API's `prompt`; '' removes it. */
export function withSpeechPrompt(draft: OptionsDraft, prompt: string): OptionsDraft {
  const bare = omit(draft.options, 'prompt');
  return { ...draft, options: prompt.trim() === '' ? bare : { ...bare, prompt: prompt.trim() } };
}

/** API codes of the languages to translate into. */
export function translationsIn(options: TranscriptOptions): readonly string[] {
  return readTexts(featureOf(options, 'translation')?.['target_languages']);
}

/**
 * Chooses the languages to translate into, with the preset's other parameters of `translation`.
 * @param codes API codes
 */
export function withTranslations(draft: OptionsDraft, codes: readonly string[]): OptionsDraft {
  const translation =
    codes.length === 0
      ? undefined
      : { ...featureOf(draft.preset.options, 'translation'), target_languages: codes };
  const options = withFeature(draft.options, 'translation', translation);
  return {
    ...draft,
    options: speakersIn(options) === 'none' ? withoutWhatNeedsSpeakers(options) : options,
  };
}

/** Whether personal information is redacted. */
export function isRedacted(options: TranscriptOptions): boolean {
  return options['redact_pii'] === true;
}

/**
 * Turns redaction on or off. On, it has the preset's parameters.
 *
 * @param policies what is redacted where the preset names nothing, in the API's names
 */
export function withRedaction(
  draft: OptionsDraft,
  isWanted: boolean,
  policies: readonly string[],
): OptionsDraft {
  const isRedactionField = ([name]: readonly [string, unknown]): boolean => name.startsWith('redact_');
  const bare = Object.fromEntries(Object.entries(draft.options).filter((field) => !isRedactionField(field)));
  if (!isWanted) {
    return { ...draft, options: bare };
  }
  const own = Object.fromEntries(Object.entries(draft.preset.options).filter(isRedactionField));
  return {
    ...draft,
    options: { ...bare, redact_pii_policies: policies, ...own, redact_pii: true },
  };
}

/** Chooses whether the transcript is deleted at the service once note and sidecar are written. */
export function withDeletion(draft: OptionsDraft, deleteAfterwards: boolean): OptionsDraft {
  return { ...draft, deleteAfterwards };
}

/** Removes the webhook. */
export function withoutWebhook(draft: OptionsDraft): OptionsDraft {
  const fields = ['webhook_url', 'webhook_auth_header_name', 'webhook_auth_header_value'];
  return { ...draft, options: omit(draft.options, ...fields) };
}

function countIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : undefined;
}
