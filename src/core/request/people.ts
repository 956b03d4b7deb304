import type { TranscriptOptions } from './request';
import { asksFor, withFeature } from './understanding';

/** Options that have the service look for these people among the speakers. */
export interface NamedSpeakers {
  readonly options: TranscriptOptions;
  /** Names that are not sent, since they are longer than the API takes. */
  readonly dropped: readonly string[];
}

/** The longest name that the API takes, in characters. */
export const maxNameLength = 35;

/**
 * The options with `speaker_identification` by those names; unchanged where there are none, where speakers are not
 * told apart, and where the options themselves say who speaks.
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

/** The names without blanks around them, each once, whatever its case. */
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
