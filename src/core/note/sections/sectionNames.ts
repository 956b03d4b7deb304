/** The sections that a note can have besides what was said, in their order. */
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

/** A section that a note can have besides what was said. */
export type SectionName = (typeof sectionNames)[number];
