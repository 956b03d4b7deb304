import type { NoteOptions } from './renderNote';

/** Which sections a note has, and where translations go. */
export interface NoteLayout extends Required<Pick<NoteOptions, 'sections'>> {
  /** Whether each translation gets its own note. */
  readonly hasTranslationNotes: boolean;
}

/** The options of `renderNote` for a layout. */
export function layoutOptions({
  sections,
  hasTranslationNotes,
}: NoteLayout): Required<Pick<NoteOptions, 'sections' | 'hasTranslations'>> {
  return { sections, hasTranslations: !hasTranslationNotes };
}
