import type { TranscriptOptions } from './request';
import { asksFor, withFeature } from './understanding';

/** Options with the names of people who may speak. */
export interface NamedSpeakers {
  readonly options: TranscriptOptions;
  /** Names that are left out, since they are too long for the API. */
  readonly dropped: readonly string[];
}

/** The longest name that the API accepts, in characters. */
export const maxNameLength = 35;

/**
 * Adds `speaker_identification` with these names. The options stay as they are if there are no names, if speakers are
 * not told apart, or if the options have `speaker_identification` already.
 */
export function withSpeakerNames(options: TranscriptOptions, names: readonly string[]): NamedSpeakers {
  if (options['speaker_labels'] !== true || asksFor(options, 'speaker_identification')) {
    return { options, dropped: [] };
  }
  const people = eachOnce(names);
  const known = people.filter((name) => name.length <= maxNameLength);
  const dropped = people.filter((name) => name.length > maxNameLength);
  if (known.length === 0) {
    return { options, dropped };
  }
  const byName = { speaker_type: 'name', known_values: known };
  return { options: withFeature(options, 'speaker_identification', byName), dropped };
}

/** The names with single spaces, each once, ignoring case. */
function eachOnce(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const written of names) {
    const name = written.trim().replaceAll(/\s+/g, ' ');
    const key = name.toLowerCase();
    if (name !== '' && !byKey.has(key)) {
      byKey.set(key, name);
    }
  }
  return [...byKey.values()];
}
