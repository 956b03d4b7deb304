import { readObject, type JsonObject } from '../../core/json';
import type { SpeakerCountRange, RecognitionTask } from '../recognition/recogniser';

/** The languages of the recogniser. Other languages need AssemblyAI. */
const englishCodes: ReadonlySet<unknown> = new Set(['en', 'en_us', 'en_uk', 'en_au']);

/** The most speakers to look for if the submit does not say. */
const defaultMaxSpeakers = 10;
/** The most speakers to look for in any case: AssemblyAI's limit for long recordings, and about what memory allows. */
const speakerLimit = 30;

const anyValue = (): boolean => true;

/** Names of fields, each with a test for the values that are supported. */
type SupportedFields = ReadonlyMap<string, (value: unknown) => boolean>;

/** The parameters that this server supports. */
const supportedParameters: SupportedFields = new Map(
  [
    ...['audio_url', 'speech_models', 'language_code', 'language_detection'],
    ...['language_confidence_threshold', 'language_detection_options', 'audio_start_from', 'audio_end_at'],
    ...['multichannel', 'punctuate', 'format_text', 'custom_spelling', 'speech_threshold'],
    ...['speaker_labels', 'speakers_expected', 'speaker_options'],
  ].map((name) => [name, anyValue]),
);

/** The fields of `language_detection_options` that this server supports. */
const supportedDetectionOptions: SupportedFields = new Map<string, (value: unknown) => boolean>([
  ['expected_languages', anyValue],
  ['fallback_language', anyValue],
  ['code_switching_confidence_threshold', anyValue],
  ['on_low_language_confidence', (value) => value === 'error'],
  ['on_no_speech_detected', anyValue],
  ['localization', anyValue],
]);

/** Whether a value asks for anything. Null, false, 0 and empty strings, arrays and objects do not. */
function isAskedFor(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : typeof value === 'object' && value !== null
      ? Object.keys(value).length > 0
      : Boolean(value);
}

/** The name of the first field that asks for something that is not supported. */
function firstUnsupported(fields: JsonObject, supported: SupportedFields): string | undefined {
  const isUnsupported = ([name, value]: readonly [string, unknown]): boolean =>
    isAskedFor(value) && supported.get(name)?.(value) !== true;
  return Object.entries(fields).find(isUnsupported)?.[0];
}

/** The languages other than English that the parameters ask for. */
function unsupportedLanguages(parameters: JsonObject): readonly unknown[] {
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
 * Refuses a submit that asks for something only AssemblyAI can do.
 *
 * @param parameters of the submit, which the API would accept
 * @returns the error text of a 400 reply; undefined if this server can do everything
 */
export function machineRefusal(parameters: JsonObject): string | undefined {
  const languages = unsupportedLanguages(parameters);
  if (languages.length > 0) {
    return `The following languages are not available on this machine: ${[...new Set(languages)].join(', ')}. Use AssemblyAI for them.`;
  }
  const option = firstUnsupported(
    readObject(parameters['language_detection_options']),
    supportedDetectionOptions,
  );
  const name =
    firstUnsupported(parameters, supportedParameters) ??
    (option === undefined ? undefined : `language_detection_options.${option}`);
  return name === undefined ? undefined : `${name} is not available on this machine. Use AssemblyAI for it.`;
}

/**
 * The id in the URL of an upload. The port does not matter: the server may have had another one when the file was uploaded.
 *
 * @returns undefined if the URL is not that of an upload
 */
export function uploadIdOf(audioUrl: unknown): string | undefined {
  const pattern =
    /^http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}\/upload\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
  return typeof audioUrl === 'string' ? pattern.exec(audioUrl)?.[1] : undefined;
}

function speakerRange(parameters: JsonObject): SpeakerCountRange | undefined {
  const range = requestedSpeakerRange(parameters);
  return range && { min: Math.min(range.min, speakerLimit), max: Math.min(range.max, speakerLimit) };
}

function requestedSpeakerRange(parameters: JsonObject): SpeakerCountRange | undefined {
  if (parameters['speaker_labels'] !== true) {
    return undefined;
  }
  const expected = parameters['speakers_expected'];
  if (typeof expected === 'number') {
    return { min: expected, max: expected };
  }
  const { min_speakers_expected: expectedMin, max_speakers_expected: expectedMax } = readObject(
    parameters['speaker_options'],
  );
  const min = typeof expectedMin === 'number' ? expectedMin : 1;
  return { min, max: typeof expectedMax === 'number' ? expectedMax : Math.max(min, defaultMaxSpeakers) };
}

/**
 * The task that a submit asks for.
 *
 * @param path of the upload on disk
 */
export function taskOf(parameters: JsonObject, path: string): RecognitionTask {
  const { audio_start_from: from, audio_end_at: to } = parameters;
  return {
    path,
    byChannel: parameters['multichannel'] === true,
    speakers: speakerRange(parameters),
    fromMs: typeof from === 'number' ? from : 0,
    toMs: typeof to === 'number' ? to : undefined,
  };
}
