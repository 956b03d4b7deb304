import { isJsonObject, readObject, readText, type JsonObject } from '../json';
import { checkOptions } from './checkOptions';
import { errorsFirst, type OptionProblem } from './rules/optionProblem';
import { defaultOptions, type TranscriptOptions } from './request';
import type { KnownOptions } from './schema/optionsSchema';
import { stenoSchema } from './schema/presetSchema';
import { schemaWarnings, schemaErrors } from './schemaProblems';

/** Options under a name, with what Steno itself does about them. */
export interface Preset {
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  readonly isBuiltIn: boolean;
  /** Whether it comes with the workspace, so that somebody else may have written it. */
  readonly isOfWorkspace: boolean;
  readonly options: TranscriptOptions;
  /** Whether the transcript is deleted at the service once it is saved. */
  readonly deleteAfterwards: boolean;
  /** Whether the names of `steno.people` are looked for among the speakers. */
  readonly namesSpeakers: boolean;
  /** Whether key terms of the workspace's glossary and of cSpell are added to its own. */
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
  isOfWorkspace: false,
  options,
  deleteAfterwards: false,
  namesSpeakers: false,
  usesGlossary: true,
  ...more,
});

/** What counts as personal unless somebody says otherwise, in the API's words. */
export const defaultPolicies = [
  ...(['person_name', 'phone_number', 'email_address', 'location', 'date_of_birth'] as const),
  ...(['us_social_security_number', 'passport_number', 'drivers_license', 'vehicle_id'] as const),
  ...(['healthcare_number', 'account_number', 'banking_information', 'number_sequence'] as const),
  ...(['credit_card_number', 'credit_card_expiration', 'credit_card_cvv'] as const),
  ...(['username', 'password', 'ip_address'] as const),
] as const;

export const builtInPresets: readonly Preset[] = [
  builtIn('Conversation', 'Who said what, in whatever language', defaultOptions),
  builtIn('Interview', 'Two people, told apart', { ...defaultOptions, speakers_expected: 2 }),
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
    // A part of a summary has a headline in either form; a paragraph reads like a chapter.
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
    // A glossary tells more than the recording does.
    { deleteAfterwards: true, usesGlossary: false },
  ),
  builtIn('Verbatim', 'Every um and uh kept; for English', {
    ...defaultOptions,
    // The model that is documented to keep filler words.
    speech_models: ['universal-2'],
    disfluencies: true,
  }),
];

/** The presets in the values of the setting `steno.presets`, and what is wrong with them. */
export interface PresetsFromSettings {
  /** In the order of the settings. Those with errors are among them: whoever chooses one is told. */
  readonly presets: readonly Preset[];
  /** By name of the preset. */
  readonly problems: ReadonlyMap<string, readonly OptionProblem[]>;
  /** Names, as built-in presets have them, of presets of the workspace that are not used. */
  readonly ignored: ReadonlySet<string>;
}

/**
 * Reads values of the setting `steno.presets`, which may be anything. A preset of the workspace stands in the place of
 * the user's own of that name, as settings do, but never in that of a built-in one: who chooses *Sensitive* means that.
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

/** What can be chosen: the built-in presets, in whose place one of the same name stands, then the others. */
export function withBuiltIns(own: readonly Preset[]): readonly Preset[] {
  const ownNames = new Map(own.map((preset) => [preset.name, preset]));
  const isReplacement = ({ name }: Preset) => builtInPresets.some((preset) => preset.name === name);
  return [
    ...builtInPresets.map((preset) => ownNames.get(preset.name) ?? preset),
    ...own.filter((preset) => !isReplacement(preset)),
  ];
}

function describe(text: string, isOfWorkspace: boolean): string {
  if (!isOfWorkspace) {
    return text || 'From your settings';
  }
  return text === '' ? 'From the workspace' : `From the workspace: ${text}`;
}

/** Whether a built-in preset goes by that name, in any case. */
export function isBuiltInName(name: string): boolean {
  return builtInNamed(name) !== undefined;
}

function builtInNamed(name: string): Preset | undefined {
  return builtInPresets.find((preset) => preset.name.toLowerCase() === name.trim().toLowerCase());
}

function readPreset(name: string, value: unknown, isOfWorkspace: boolean): Preset {
  const { steno, ...options } = readObject(value);
  const { description, deleteAfterSaving, nameSpeakers, glossary } = readObject(steno);
  return {
    name,
    description: describe(readText(description), isOfWorkspace),
    isBuiltIn: false,
    isOfWorkspace,
    options: withModels(options),
    deleteAfterwards: deleteAfterSaving === true,
    namesSpeakers: nameSpeakers === true,
    usesGlossary: glossary !== false,
  };
}

/** AssemblyAI's own pages disagree about what happens without any, so there are always some. */
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
