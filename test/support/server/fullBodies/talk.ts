/** A conversation and what every feature of the API makes of it. Places in it are numbers of sentences, from 0. */
export interface Talk {
  readonly language: string;
  /** Names by label. */
  readonly names: Readonly<Record<string, string>>;
  readonly sentences: readonly Sentence[];
  readonly translations: Readonly<Record<string, readonly string[]>>;
  /** What `custom_formatting` replaces. */
  readonly formats: Readonly<Record<string, string>>;
  /** The text behind a redaction mark. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The summary of the deprecated `summarization`, point by point. */
  readonly oldSummary: readonly string[];
  readonly wholeSummary: string;
  readonly parts: readonly (Headed & { readonly text?: string; readonly bullets?: readonly string[] })[];
  readonly chapters: readonly (Headed & { readonly gist: string; readonly summary: string })[];
  readonly actionItems: readonly Taken[];
  readonly decisions: readonly Taken[];
  readonly highlights: readonly (readonly [text: string, rank: number | null, ...at: number[]])[];
  readonly entities: readonly (readonly [type: string, text: string, at: number])[];
  readonly topics: readonly (readonly [label: string, relevance: number, at: number])[];
  readonly warnings: readonly (readonly [label: string, severity: 'low' | 'medium' | 'high', at: number])[];
}

export type Sentence = readonly [
  speaker: string,
  sentiment: 'POSITIVE' | 'NEUTRAL' | 'NEGATIVE',
  text: string,
];

interface Headed {
  readonly headline: string;
  readonly from: number;
  readonly to: number;
}

interface Taken {
  readonly text: string;
  readonly at: number;
}
