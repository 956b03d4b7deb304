import type { NoteProperties } from '../note/frontMatter';
import { hasDefaultName } from '../note/speakerNames';
import { withSpeakerNames } from '../request/people';
import { featureOf } from '../request/understanding';
import type { JsonObject } from '../json';

/** What the service is to find in a transcript that it has finished. */
export interface Analyses {
  readonly summary: 'paragraph' | 'bullets' | undefined;
  /** With decisions. */
  readonly actionItems: boolean;
  /** Whom to look for among the speakers; where nobody is known, the service goes by what is said. Undefined for no names. */
  readonly people: readonly string[] | undefined;
  /** Codes of the languages to translate into. */
  readonly languages: readonly string[];
  /** Whether it told speakers apart: then each utterance is translated by itself. */
  readonly hasSpeakers: boolean;
}

/** What stands under `speech_understanding.request`; without a field when nothing is asked for. */
export function understandingRequest({
  summary,
  actionItems,
  people,
  languages,
  hasSpeakers,
}: Analyses): JsonObject {
  const eachUtterance = hasSpeakers ? { match_original_utterance: true } : {};
  return {
    ...(summary && { summarization: { summary_type: summary } }),
    ...(actionItems && { action_items: { include_decisions: true } }),
    ...(people && { speaker_identification: identificationOf(people) }),
    ...(languages.length > 0 && { translation: { target_languages: languages, ...eachUtterance } }),
  };
}

function identificationOf(people: readonly string[]): JsonObject {
  const { options } = withSpeakerNames({ speaker_labels: true }, people);
  return featureOf(options, 'speaker_identification') ?? { speaker_type: 'name' };
}

/** Who speaks in a note. */
export interface NoteSpeakers {
  /** Whether the service told at least two voices apart; channels are not voices. */
  readonly areApart: boolean;
  /** Labels that nobody has given a name yet. */
  readonly unnamed: readonly string[];
}

/** Reads who speaks from what a note says about itself. */
export function noteSpeakers({ speakers }: NoteProperties): NoteSpeakers {
  const voices = [...speakers].filter(([label]) => !/^\d+$/.test(label));
  const unnamed = voices.filter(([label, name]) => hasDefaultName(label, name));
  return { areApart: voices.length > 1, unnamed: unnamed.map(([label]) => label) };
}
