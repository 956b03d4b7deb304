/**
 * The sections that a note can have besides its turns, in their order; also the names in the setting
 * `steno.noteSections`.
 */
export const sectionNames = [
  'summary',
  'actionItems',
  'chapters',
  'translation',
  'highlights',
  'entities',
  'sentiment',
  'topics',
  'contentWarnings',
] as const;

/** One of `sectionNames`. */
export type SectionName = (typeof sectionNames)[number];
