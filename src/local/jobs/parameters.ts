import { readObject, type JsonObject } from '../../core/json';
import type { SpeakerBounds } from '../speech/heard/speech';
import type { RecognitionTask } from './recogniser';

/** What the recogniser speaks; other languages are for AssemblyAI. */
const englishCodes: ReadonlySet<unknown> = new Set(['en', 'en_us', 'en_uk', 'en_au']);

/** So many speakers are looked for where nothing is said about them. */
const mostSpeakers = 10;
/** AssemblyAI's own limit for long recordings, and what memory is for. */
const limitOfSpeakers = 30;

const anyValue = (): boolean => true;

type Understood = ReadonlyMap<string, (value: unknown) => boolean>;

/** Parameters that are understood here, each with the values that are. */
const understoodParameters: Understood = new Map(
  [
    ...['audio_url', 'speech_models', 'language_code', 'language_detection'],
    ...['language_confidence_threshold', 'language_detection_options', 'audio_start_from', 'audio_end_at'],
    ...['multichannel', 'punctuate', 'format_text', 'custom_spelling', 'speech_threshold'],
    ...['speaker_labels', 'speakers_expected', 'speaker_options'],
  ].map((name) => [name, anyValue]),
);

/** The same for the fields of `language_detection_options`. */
const understoodDetection: Understood = new Map([
  ['expected_languages', anyValue],
  ['fallback_language', anyValue],
  ['code_switching_confidence_threshold', anyValue],
  ['on_low_language_confidence', (value: unknown) => value === 'error'],
  ['on_no_speech_detected', anyValue],
  ['localization', (value: unknown) => Array.isArray(value) && value.every((code) => englishCodes.has(code))],
]);

/** Whether a value asks for something: null, false, 0 and what is empty do not. */
function isAskedFor(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : typeof value === 'object' && value !== null
      ? Object.keys(value).length > 0
      : Boolean(value);
}

/** The first field that asks for something else than what is understood. */
function firstForeign(fields: JsonObject, understood: Understood): string | undefined {
  const isForeign = ([name, value]: readonly [string, unknown]): boolean =>
    isAskedFor(value) && understood.get(name)?.(value) !== true;
  return Object.entries(fields).find(isForeign)?.[0];
}

/** Languages that are asked for and not spoken here. */
function foreignLanguages(parameters: JsonObject): readonly unknown[] {
  const { expected_languages: expected, fallback_language: fallback } = readObject(
    parameters['language_detection_options'],
  );
  const candidates = Array.isArray(expected) ? (expected as readonly unknown[]) : [];
  const isEnglishExpected =
    candidates.length === 0 || candidates.some((code) => code === 'all' || englishCodes.has(code));
  return [
    parameters['language_code'],
    ...(isEnglishExpected ? [] : candidates),
    fallback === 'auto' ? undefined : fallback,
  ].filter((code) => isAskedFor(code) && !englishCodes.has(code));
}

/**
 * What a submit asks for that only AssemblyAI can do, as the text of a 400; undefined when this machine can do all
 * of it.
 *
 * @param parameters that the API itself would take
 */
export function machineRefusal(parameters: JsonObject): string | undefined {
  const languages = foreignLanguages(parameters);
  if (languages.length > 0) {
    return `The following languages are not available on this machine: ${[...new Set(languages)].join(', ')}. Use AssemblyAI for them.`;
  }
  const option = firstForeign(readObject(parameters['language_detection_options']), understoodDetection);
  const name =
    firstForeign(parameters, understoodParameters) ??
    (option === undefined ? undefined : `language_detection_options.${option}`);
  return name === undefined ? undefined : `${name} is not available on this machine. Use AssemblyAI for it.`;
}

/**
 * The id of the upload that an `audio_url` names, whatever port this server had when it was uploaded; undefined for
 * any other address.
 */
export function uploadIdOf(audioUrl: unknown): string | undefined {
  const pattern =
    /^http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}\/upload\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
  return typeof audioUrl === 'string' ? pattern.exec(audioUrl)?.[1] : undefined;
}

function speakerBounds(parameters: JsonObject): SpeakerBounds | undefined {
  const bounds = wantedSpeakers(parameters);
  return bounds && { min: Math.min(bounds.min, limitOfSpeakers), max: Math.min(bounds.max, limitOfSpeakers) };
}

function wantedSpeakers(parameters: JsonObject): SpeakerBounds | undefined {
  if (parameters['speaker_labels'] !== true) {
    return undefined;
  }
  const expected = parameters['speakers_expected'];
  if (typeof expected === 'number') {
    return { min: expected, max: expected };
  }
  const { min_speakers_expected: least, max_speakers_expected: most } = readObject(
    parameters['speaker_options'],
  );
  const min = typeof least === 'number' ? least : 1;
  return { min, max: typeof most === 'number' ? most : Math.max(min, mostSpeakers) };
}

/** The work that a submit asks for. */
export function taskOf(parameters: JsonObject, path: string): RecognitionTask {
  const { audio_start_from: from, audio_end_at: to } = parameters;
  return {
    path,
    byChannel: parameters['multichannel'] === true,
    speakers: speakerBounds(parameters),
    fromMs: typeof from === 'number' ? from : 0,
    toMs: typeof to === 'number' ? to : undefined,
  };
}
