import type { JsonObject } from '../json';
import { draftedRequest, type DraftSuggestions, type OptionsDraft } from './optionsDraft';

/**
 * A draft as the value of a preset in the setting `steno.presets`. If its names are exactly the suggested people, or
 * its key terms include the glossary, the preset refers to them and does not copy them: it will use those of the time
 * when it is chosen. Names and key terms that were typed are copied.
 */
export function presetSettingOf(draft: OptionsDraft, { people, glossary }: DraftSuggestions): JsonObject {
  const { preset, deleteAfterwards, names, terms } = draft;
  const namesSpeakers = people.length > 0 && hasSameNames(names, people);
  const glossaryNames = new Set(glossary.map(({ name }) => name));
  const own = terms.filter(({ name }) => !glossaryNames.has(name));
  const usesGlossary = preset.usesGlossary && (glossary.length === 0 || own.length < terms.length);
  const { options } = draftedRequest({
    ...draft,
    names: namesSpeakers ? [] : names,
    terms: own,
  }).instructions;
  return {
    ...options,
    steno: {
      description: `Made from ${preset.name}`,
      deleteAfterSaving: deleteAfterwards,
      nameSpeakers: namesSpeakers,
      glossary: usesGlossary,
    },
  };
}

function hasSameNames(some: readonly string[], others: readonly string[]): boolean {
  const all = new Set(others);
  return some.length === all.size && some.every((name) => all.has(name));
}
