import type { Results } from '../../src/core/transcript/results/results';

/** Results of a transcript for which nothing but words was asked. */
export const noResults: Results = {
  summary: [],
  summaryParts: [],
  actionItems: [],
  decisions: [],
  chapters: [],
  translations: [],
  highlights: [],
  entities: [],
  sentiments: [],
  topics: [],
  contentWarnings: [],
  identifiedSpeakers: new Map(),
  redaction: null,
  languages: [],
  domain: null,
};
