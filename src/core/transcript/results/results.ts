/** A paragraph of a summary, or one of its points. */
export interface SummaryLine {
  readonly text: string;
  /** Whether it is an item of a list. */
  readonly isPoint: boolean;
}

/** A chapter, or a part of a summary. */
export interface SummaryPart {
  readonly startMs: number | null;
  /** '' where the service gives none. */
  readonly headline: string;
  readonly lines: readonly SummaryLine[];
}

/** A task or a decision. */
export interface ActionItem {
  readonly text: string;
  /** What was said about it; '' where the service gives no quote. */
  readonly quote: string;
  readonly startMs: number | null;
}

/** The transcript in another language. */
export interface Translation {
  /** API code such as `de`. */
  readonly language: string;
  readonly text: string;
  /** Empty unless the service was asked to translate each utterance; then there is only `text`. */
  readonly utterances: readonly TranslatedUtterance[];
}

/** A translated utterance; in the original language where the service did not translate it. */
export interface TranslatedUtterance {
  readonly speaker: string;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Text that occurs in a recording, and when. */
export interface TimedText {
  readonly text: string;
  readonly timesMs: readonly number[];
}

/** An important phrase. */
export interface Highlight extends TimedText {
  /** How often it is said; null where the service does not tell. */
  readonly count: number | null;
}

/** A person, a place, a date or the like that is named in a recording. */
export interface Entity {
  /** The API's name of its kind, such as `person_name`. */
  readonly type: string;
  readonly text: string;
  readonly startMs: number;
}

/** The mood of one sentence. */
export interface Sentiment {
  /** Label or name; null where the service gives none. */
  readonly speaker: string | null;
  readonly startMs: number;
  readonly mood: Mood;
}

/** How a sentence sounds. */
export type Mood = 'positive' | 'neutral' | 'negative';

/** A topic of the recording, in the taxonomy of the IAB (an advertising association). */
export interface Topic {
  /** From the general to the particular: `NewsAndPolitics`, `Weather`. */
  readonly path: readonly string[];
  /** 0 to 1. */
  readonly relevance: number;
  /** Where no other topic is more relevant. */
  readonly timesMs: readonly number[];
}

/** Sensitive content. */
export interface ContentWarning {
  /** The API's name of it, such as `health_issues`. */
  readonly label: string;
  /** Null where the service gives none, or where it has no meaning. */
  readonly severity: Severity | null;
  readonly timesMs: readonly number[];
}

/** How severe sensitive content is. */
export type Severity = 'low' | 'medium' | 'high';

/** How personal information was redacted. */
export interface Redaction {
  /** The API's names of the kinds that were redacted, such as `person_name`. */
  readonly policies: readonly string[];
  /** What replaces them: `hash` for `####`, `entity_name` for `[PERSON_NAME]`. */
  readonly substitute: string;
}

/** The results besides words and utterances. Those that are missing are [], empty or null. */
export interface Results {
  /** Of the whole recording. */
  readonly summary: readonly SummaryLine[];
  readonly summaryParts: readonly SummaryPart[];
  readonly actionItems: readonly ActionItem[];
  readonly decisions: readonly ActionItem[];
  readonly chapters: readonly SummaryPart[];
  readonly translations: readonly Translation[];
  /** The most important one first. */
  readonly highlights: readonly Highlight[];
  /** In order of appearance. */
  readonly entities: readonly Entity[];
  /** Sentence by sentence. */
  readonly sentiments: readonly Sentiment[];
  /** The most relevant one first. */
  readonly topics: readonly Topic[];
  readonly contentWarnings: readonly ContentWarning[];
  /** The names that the service found, by the labels of the speakers. */
  readonly identifiedSpeakers: ReadonlyMap<string, string>;
  readonly redaction: Redaction | null;
  /** API codes of all languages spoken; [] where the service detected only one. */
  readonly languages: readonly string[];
  /** The API's `domain` that was used, such as `medical-v1`. */
  readonly domain: string | null;
}
