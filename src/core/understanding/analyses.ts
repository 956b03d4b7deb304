import type { JsonObject } from '../json';
import type { NoteProperties } from '../note/frontMatter';
import { hasDefaultName } from '../note/speakerNames';
import { withSpeakerNames } from '../request/people';
import { featureOf } from '../request/understanding';

/** The features of `speech_understanding` to run on a finished transcript. */
export interface Analyses {
  /** Form of the summary; undefined for no summary. */
  readonly summary: 'paragraph' | 'bullets' | undefined;
  /** Whether to list action items and decisions. */
  readonly actionItems: boolean;
  /** Names of people who may speak; with [], the service goes by what is said. Undefined to leave speakers unnamed. */
  readonly people: readonly string[] | undefined;
  /** API codes of the languages to translate into. */
  readonly languages: readonly string[];
  /** Whether the transcript has speakers: then each utterance is translated by itself. */
  readonly hasSpeakers: boolean;
}

/** The value of `speech_understanding.request`; `{}` for no features. */
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

/** The speakers of a note. */
export interface NoteSpeakers {
  /** Whether the service told at least two voices apart; channels do not count as voices. */
  readonly areApart: boolean;
  /** Labels of speakers without a name. */
  readonly unnamed: readonly string[];
}

/** Reads the speakers of a note from its front matter. */
export function noteSpeakers({ speakers }: NoteProperties): NoteSpeakers {
  const voices = [...speakers].filter(([label]) => !/^\d+$/.test(label));
  const unnamed = voices.filter(([label, name]) => hasDefaultName(label, name));
  return { areApart: voices.length > 1, unnamed: unnamed.map(([label]) => label) };
}
