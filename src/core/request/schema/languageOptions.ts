import { Type } from '@sinclair/typebox';
import { choice, deprecated, flag, oneOf, openChoice, orNull, share, text } from './fields';
import { languages } from './languages';
import { requestedModels, type KnownModel } from './speechModels';

const language = openChoice('language', languages);
const millisecond = (description: string) =>
  orNull(Type.Integer({ minimum: 0 }), { description, mustBe: 'a time in milliseconds' });

const detectionOptions = Type.Object(
  {
    expected_languages: Type.Optional(
      Type.Array(openChoice('language', new Map([['all', 'Any language'], ...languages])), {
        description:
          'Codes of the only languages that the recording may be in, such as ["en", "de"]. Default: ["all"].',
      }),
    ),
    fallback_language: Type.Optional(
      openChoice('language', new Map([['auto', 'The most likely of expected_languages'], ...languages]), {
        default: 'auto',
        description:
          'The language to take when none of expected_languages is found: one of them, or "auto" (the default) for the most likely.',
      }),
    ),
    code_switching: flag(
      'Whether people change languages within the recording. Only for universal-2; universal-3-5-pro follows changes by itself. Default: false.',
    ),
    code_switching_confidence_threshold: share(
      'From 0 to 1: how sure the service must be of a second language to use it. 0 uses it always. Default: 0.3.',
      { default: 0.3 },
    ),
    on_low_language_confidence: choice(['error', 'fallback'], {
      default: 'error',
      description:
        'What happens when the language is less certain than language_confidence_threshold: the transcript fails ("error", the default), or fallback_language is taken.',
    }),
    on_no_speech_detected: choice(['error', 'fallback'], {
      default: 'error',
      description:
        'What AssemblyAI does if there is no speech: the transcript fails ("error", the default), or it is empty and in fallback_language, which must then name a language. An empty transcript is billed.',
    }),
    localization: Type.Optional(
      Type.Array(oneOf(['en_au', 'en_uk']), {
        description: 'The regional form of English to write: ["en_au"] or ["en_uk"].',
      }),
    ),
    swiss_german: flag('Whether German is to be understood as Swiss German. Default: false.'),
    language_detection_model: text(
      'The model that finds the language. AssemblyAI has not published its values.',
    ),
  },
  { description: 'How the language is found. Only with language_detection.' },
);

const modelDescriptions: Readonly<Record<KnownModel, string>> = {
  'assemblyai-stt-3-7': '32 languages, the most accurate, takes a prompt',
  'universal-2': '99 languages, the fastest and cheapest',
  'universal-3-5-pro': 'Deprecated. 18 languages, takes a prompt',
};

/** Parameters about models, the language, and the part of the recording. */
export const languageOptions = {
  speech_models: Type.Optional(
    Type.Array(openChoice('model', new Map(Object.entries(modelDescriptions))), {
      minItems: 1,
      default: [...requestedModels],
      mustBe: 'a list of at least one model',
      description:
        'Models in order of preference; the first that knows the language is used. Default: assemblyai-stt-3-7 (32 languages, the most accurate), then universal-2 (99 languages).',
    }),
  ),
  speech_model: orNull(Type.String(), {
    description: 'The old way to choose a model. AssemblyAI refuses it.',
    ...deprecated('Use speech_models, a list: ["assemblyai-stt-3-7", "universal-2"].'),
  }),
  language_code: orNull(language, {
    default: 'en_us',
    description:
      'The language that is spoken, such as "en" or "de". Default: US English. Not together with language_detection: either name the language, or have it found.',
  }),
  language_codes: orNull(Type.Array(language), {
    description:
      'Two languages between which speakers change, one of them "en". universal-3-5-pro follows changes without it; AssemblyAI’s own pages disagree about which models take it.',
  }),
  language_detection: flag(
    'Find out which language is spoken. Needs at least 15 seconds of speech. What is not to be had in the language that is found is left out without a word. Default: false.',
  ),
  language_confidence_threshold: share(
    'From 0 to 1: the transcript fails when the language is less certain than this. Only with language_detection. Default: 0.',
    { default: 0 },
  ),
  language_detection_options: Type.Optional(detectionOptions),
  audio_start_from: millisecond(
    'Where to begin, in milliseconds from the start of the recording. Default: at the start.',
  ),
  audio_end_at: millisecond(
    'Where to stop, in milliseconds from the start of the recording. Default: at the end.',
  ),
  multichannel: flag(
    'Transcribe each channel by itself, as in a phone call with one person on each. Takes about a quarter longer. With speaker_labels, speakers are told apart within each channel. Default: false.',
  ),
  dual_channel: flag('The old name of multichannel.', deprecated('Use multichannel.')),
};
