import { isJsonObject, readObject, omit, type JsonObject } from '../json';
import type { TranscriptOptions } from './request';

// The features of `speech_understanding` lie two objects deep: `{"speech_understanding": {"request": {…}}}`.

/** What is asked of a feature such as `translation`; undefined when it is not asked for. */
export function featureOf(options: TranscriptOptions, feature: string): JsonObject | undefined {
  const value = requestIn(options)[feature];
  return isJsonObject(value) ? value : undefined;
}

/** Whether a feature is asked for, be it in a way that the service would refuse. */
export function asksFor(options: TranscriptOptions, feature: string): boolean {
  return (requestIn(options)[feature] ?? null) !== null;
}

/** The options with that asked of a feature; undefined asks for nothing, and leaves no empty objects behind. */
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
