import { isJsonObject, readObject, readText, type JsonObject } from '../json';
import { checkOptions } from './checkOptions';
import { defaultOptions, type TranscriptOptions } from './request';
import { errorsFirst, type OptionProblem } from './rules/optionProblem';
import type { KnownOptions } from './schema/optionsSchema';
import { stenoSchema } from './schema/presetSchema';
import { schemaErrors, schemaWarnings } from './schemaProblems';

/** Options with a name, and what Steno itself does with them. */
export interface Preset {
  readonly name: string;
  /** One line, to be shown. */
  readonly description: string;
  readonly isBuiltIn: boolean;
  /** Whether it is from the settings of the workspace, so that another person may have written it. */
  readonly isFromWorkspace: boolean;
  readonly options: TranscriptOptions;
  /** Whether the transcript is deleted at the service once note and sidecar are written. */
  readonly deleteAfterwards: boolean;
  /** Whether the service is to find the people of the setting `steno.people` among the speakers. */
  readonly namesSpeakers: boolean;
  /** Whether the workspace's glossary and the words of cSpell are added to its key terms. */
  readonly usesGlossary: boolean;
}

const { speech_models } = defaultOptions;

const builtIn = (
  name: string,
  description: string,
  options: KnownOptions,
  more: Partial<Pick<Preset, 'deleteAfterwards' | 'namesSpeakers' | 'usesGlossary'>> = {},
): Preset => ({
  name,
  description,
  isBuiltIn: true,
  isFromWorkspace: false,
  options,
  deleteAfterwards: false,
  namesSpeakers: false,
  usesGlossary: true,
  ...more,
});

/** What is redacted by default, in the API's names. */
export const defaultPolicies = [
  ...(['person_name', 'phone_number', 'email_address', 'location', 'date_of_birth'] as const),
  ...(['us_social_security_number', 'passport_number', 'drivers_license', 'vehicle_id'] as const),
  ...(['healthcare_number', 'account_number', 'banking_information', 'number_sequence'] as const),
  ...(['credit_card_number', 'credit_card_expiration', 'credit_card_cvv'] as const),
  ...(['username', 'password', 'ip_address'] as const),
] as const;

/** The presets that come with Steno. */
export const builtInPresets: readonly Preset[] = [
  builtIn('Conversation', 'Who said what, in whatever language', defaultOptions),
  builtIn('Interview', 'Two people, told apart', {
    ...defaultOptions,
    speaker_options: { min_speakers_expected: 2, max_speakers_expected: 2 },
  }),
  builtIn(
    'Meeting',
    'Speakers by name, with a summary and what is to be done',
    {
      ...defaultOptions,
      speech_understanding: { request: { summarization: { summary_type: 'bullets' }, action_items: {} } },
    },
    { namesSpeakers: true },
  ),
  builtIn('Lecture', 'One speaker, with a headline and a summary for each part', {
    speech_models,
    language_detection: true,
    // Parts of a summary have headlines in either form; with paragraphs they read like chapters.
    speech_understanding: { request: { summarization: { summary_type: 'paragraph' } } },
  }),
  builtIn(
    'Sensitive',
    'Names, numbers and addresses replaced in the text; deleted at AssemblyAI once it is saved',
    {
      ...defaultOptions,
      redact_pii: true,
      redact_pii_policies: [...defaultPolicies],
      redact_pii_sub: 'entity_name',
    },
    // A glossary can tell more than the recording.
    { deleteAfterwards: true, usesGlossary: false },
  ),
  builtIn('Verbatim', 'Every um and uh kept; for English', {
    ...defaultOptions,
    // The only model for which AssemblyAI documents filler words (November 2026).
    speech_models: ['universal-2'],
    disfluencies: true,
  }),
];

/** The presets in the setting `steno.presets`, with their problems. */
export interface PresetsFromSettings {
  /** In the order of the settings. Presets with errors are included; users learn of the errors when they choose one. */
  readonly presets: readonly Preset[];
  /** By name of the preset. */
  readonly problems: ReadonlyMap<string, readonly OptionProblem[]>;
  /** Names of built-in presets that the workspace has presets for; those of the workspace are not used. */
  readonly ignored: ReadonlySet<string>;
}

/**
 * Reads the setting `steno.presets`, whose values may be anything. As usual for settings, a preset of the workspace
 * replaces one of the user with the same name. But it never replaces a built-in one, since its users rely on what
 * *Sensitive* does.
 */
export function readPresets(ofUser: unknown, ofWorkspace: unknown = {}): PresetsFromSettings {
  const ofOthers = Object.entries(readObject(ofWorkspace));
  const foreign = Object.fromEntries(ofOthers.filter(([name]) => !isBuiltInName(name)));
  const all = Object.entries({ ...readObject(ofUser), ...foreign });
  const presets = all.map(([name, value]) => readPreset(name, value, Object.hasOwn(foreign, name)));
  const problems = all.map(([name, value]): readonly [string, readonly OptionProblem[]] => [
    name,
    problemsOf(value),
  ]);
  return {
    presets,
    problems: new Map(problems.filter(([, found]) => found.length > 0)),
    ignored: new Set(ofOthers.flatMap(([name]) => builtInNamed(name)?.name ?? [])),
  };
}

/**
 * All presets to choose from: first the built-in ones, or those with the same name that replace them, then the others.
 */
export function withBuiltIns(own: readonly Preset[]): readonly Preset[] {
  const ownNames = new Map(own.map((preset) => [preset.name, preset]));
  const isReplacement = ({ name }: Preset) => builtInPresets.some((preset) => preset.name === name);
  return [
    ...builtInPresets.map((preset) => ownNames.get(preset.name) ?? preset),
    ...own.filter((preset) => !isReplacement(preset)),
  ];
}

function describe(text: string, isFromWorkspace: boolean): string {
  if (!isFromWorkspace) {
    return text || 'From your settings';
  }
  return text === '' ? 'From the workspace' : `From the workspace: ${text}`;
}

/** Whether a built-in preset has this name, ignoring case. */
export function isBuiltInName(name: string): boolean {
  return builtInNamed(name) !== undefined;
}

function builtInNamed(name: string): Preset | undefined {
  return builtInPresets.find((preset) => preset.name.toLowerCase() === name.trim().toLowerCase());
}

function readPreset(name: string, value: unknown, isFromWorkspace: boolean): Preset {
  const { steno, ...options } = readObject(value);
  const { description, deleteAfterSaving, nameSpeakers, glossary } = readObject(steno);
  return {
    name,
    description: describe(readText(description), isFromWorkspace),
    isBuiltIn: false,
    isFromWorkspace,
    options: withModels(options),
    deleteAfterwards: deleteAfterSaving === true,
    namesSpeakers: nameSpeakers === true,
    usesGlossary: glossary !== false,
  };
}

/** Adds the default models: without any, AssemblyAI takes the default of the account. */
function withModels(options: JsonObject): TranscriptOptions {
  return options['speech_models'] === undefined ? { speech_models, ...options } : options;
}

function problemsOf(value: unknown): readonly OptionProblem[] {
  if (!isJsonObject(value)) {
    return [{ severity: 'error', parameter: '', message: 'A preset must be an object: { … }.' }];
  }
  const { steno = {}, ...options } = value;
  const ofSteno = [
    ...schemaErrors(stenoSchema, steno, 'steno'),
    ...schemaWarnings(stenoSchema, steno, 'steno'),
  ];
  return errorsFirst([...ofSteno, ...checkOptions(withModels(options))]);
}
