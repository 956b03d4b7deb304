import { isJsonObject, omit, readObject, type JsonObject } from '../json';
import type { TranscriptOptions } from './request';

// Reads and writes features of `speech_understanding`, which are nested: `{"speech_understanding": {"request": {…}}}`.

/** The parameters of a feature such as `translation`; undefined where it is not requested or not an object. */
export function featureOf(options: TranscriptOptions, feature: string): JsonObject | undefined {
  const value = requestIn(options)[feature];
  return isJsonObject(value) ? value : undefined;
}

/** Whether a feature is requested, even with a value that the service would refuse. */
export function asksFor(options: TranscriptOptions, feature: string): boolean {
  return (requestIn(options)[feature] ?? null) !== null;
}

/**
 * The options with other parameters of a feature.
 * @param value undefined removes it, together with objects that are empty then
 */
export function withFeature(
  options: TranscriptOptions,
  feature: string,
  value: JsonObject | undefined,
): TranscriptOptions {
  const others = omit(requestIn(options), feature);
  const request = value === undefined ? others : { ...others, [feature]: value };
  const rest = omit(readObject(options['speech_understanding']), 'request');
  const understanding = Object.keys(request).length === 0 ? rest : { ...rest, request };
  const bare = omit(options, 'speech_understanding');
  return Object.keys(understanding).length === 0 ? bare : { ...bare, speech_understanding: understanding };
}

const requestIn = (options: TranscriptOptions): JsonObject =>
  readObject(readObject(options['speech_understanding'])['request']);
