import type { JsonObject } from '../json';
import { draftedRequest, type OptionsDraft, type DraftSuggestions } from './optionsDraft';

/**
 * OptionsDraft as the value of a preset in the setting `steno.presets`. Where they are all people and the glossary that were
 * offered, it is those of the day when the preset is used; what was typed is kept as it is.
 */
export function presetSettingOf(draft: OptionsDraft, { people, glossary }: DraftSuggestions): JsonObject {
  const { preset, deleteAfterwards, names, terms } = draft;
  const namesSpeakers = people.length > 0 && hasSame(names, people);
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

function hasSame(some: readonly string[], others: readonly string[]): boolean {
  const all = new Set(others);
  return some.length === all.size && some.every((name) => all.has(name));
}
