import type { NoteOptions } from './renderNote';

/** What a note shows besides what was said. */
export interface NoteLayout extends Required<Pick<NoteOptions, 'sections'>> {
  /** Whether each translation gets a note of its own. */
  readonly hasTranslationNotes: boolean;
}

/** A layout as renderers take it. */
export function layoutOptions({
  sections,
  hasTranslationNotes,
}: NoteLayout): Required<Pick<NoteOptions, 'sections' | 'hasTranslations'>> {
  return { sections, hasTranslations: !hasTranslationNotes };
}
