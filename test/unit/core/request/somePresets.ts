import type { DraftSuggestions } from '../../../../src/core/request/optionsDraft';
import type { Preset } from '../../../../src/core/request/presets';

/** A preset of the user without options, except these parts. */
export function presetOf(parts: Partial<Preset>): Preset {
  return {
    name: 'Test',
    description: 'For tests',
    isBuiltIn: false,
    isFromWorkspace: false,
    options: {},
    deleteAfterwards: false,
    namesSpeakers: false,
    usesGlossary: false,
    ...parts,
  };
}

export const nothingOffered: DraftSuggestions = { people: [], glossary: [] };
