/** A paragraph of a summary, or one of its points. */
export interface SummaryLine {
  readonly text: string;
  readonly isPoint: boolean;
}

/** A chapter, or a part of a summary. */
export interface SummaryPart {
  readonly startMs: number | null;
  /** '' where the service gave none. */
  readonly headline: string;
  readonly lines: readonly SummaryLine[];
}

/** What somebody is to do, or what was decided. */
export interface ActionItem {
  readonly text: string;
  /** The words that it was taken from; '' where the service gave none. */
  readonly quote: string;
  readonly startMs: number | null;
}

/** What was said, in another language. */
export interface Translation {
  /** API code such as `de`. */
  readonly language: string;
  readonly text: string;
  /** Empty where the service was not asked to go by utterances; then `text` is all there is. */
  readonly utterances: readonly TranslatedUtterance[];
}

/** An utterance in another language; in its own where the service did not translate it. */
export interface TranslatedUtterance {
  readonly speaker: string;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Words that are found in a recording, and where. */
export interface TimedText {
  readonly text: string;
  readonly timesMs: readonly number[];
}

/** A phrase that matters in the recording. */
export interface Highlight extends TimedText {
  readonly count: number | null;
}

/** Something with a name or a number: a person, a place, a date. */
export interface Entity {
  /** As the API calls it, such as `person_name`. */
  readonly type: string;
  readonly text: string;
  readonly startMs: number;
}

/** How a sentence sounds. */
export interface Sentiment {
  /** Label or name; null where the service told none. */
  readonly speaker: string | null;
  readonly startMs: number;
  readonly mood: Mood;
}

/** What a sentence can sound like. */
export type Mood = 'positive' | 'neutral' | 'negative';

/** What the recording is about. */
export interface Topic {
  /** From the general to the particular: `NewsAndPolitics`, `Weather`. */
  readonly path: readonly string[];
  /** 0..1 */
  readonly relevance: number;
  /** Where nothing is more relevant. */
  readonly timesMs: readonly number[];
}

/** Something that not everybody wants to hear. */
export interface ContentWarning {
  /** As the API calls it, such as `health_issues`. */
  readonly label: string;
  /** Null where the service gave none, or where it has no meaning. */
  readonly severity: Severity | null;
  readonly timesMs: readonly number[];
}

/** How bad it is. */
export type Severity = 'low' | 'medium' | 'high';

/** How personal information was taken out of what was said. */
export interface Redaction {
  /** What was looked for, such as `person_name`. */
  readonly policies: readonly string[];
  /** `hash` for `####`, `entity_name` for `[PERSON_NAME]`. */
  readonly substitute: string;
}

/** What came back besides what was said and by whom. What did not is [], empty or null. */
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
  /** The names that the service found, by the labels that it had given before. */
  readonly identifiedSpeakers: ReadonlyMap<string, string>;
  readonly redaction: Redaction | null;
  /** API codes of all languages spoken; [] where the service looked for one only. */
  readonly languages: readonly string[];
  /** The domain that the service was prepared for, such as `medical-v1`. */
  readonly domain: string | null;
}
