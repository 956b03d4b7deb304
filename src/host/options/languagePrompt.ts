import { languageName, translationLanguages } from '../../core/request/schema/languages';
import { pickSome } from '../platform/quickPicks';

/** Codes of the languages that a transcript is to be translated into; undefined when the list was closed. */
export function pickLanguages(now: readonly string[] = []): Promise<readonly string[] | undefined> {
  // What is chosen already stands first, also where Steno does not know it.
  const codes = [...now, ...translationLanguages.filter((code) => !now.includes(code))];
  const choices = codes.map((code) => {
    return { value: code, label: languageName(code), description: code, picked: now.includes(code) };
  });
  return pickSome('Translate to', 'Check the languages to translate into', choices);
}
