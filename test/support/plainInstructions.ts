import { sectionNames } from '../../src/core/note/sections/sectionNames';
import type { TranscriptOptions } from '../../src/core/request/request';
import type { NoteLayout } from '../../src/core/note/noteLayout';

/** Notes with all sections. */
export const wholeLayout: NoteLayout = { sections: new Set(sectionNames), hasTranslationNotes: false };

/** What jobs need for instructions without secrets and follow-ups. */
export const nothingSpecial = {
  withSecrets: (options: TranscriptOptions): Promise<TranscriptOptions> => Promise.resolve(options),
  beforeDone: (): Promise<void> => Promise.resolve(),
  followUps: {
    add: (): Promise<void> => Promise.resolve(),
    run: (): Promise<void> => Promise.resolve(),
  },
};
