import { languageName, translationLanguages } from '../../core/request/schema/languages';
import { pickSome } from '../platform/quickPicks';

/**
 * Lets the user select the languages to translate a transcript into.
 *
 * @param current codes of the languages that are selected at first
 * @returns their codes; undefined when the list was closed
 */
export function promptForLanguages(current: readonly string[] = []): Promise<readonly string[] | undefined> {
  // The current ones come first, even those that Steno does not know.
  const codes = [...current, ...translationLanguages.filter((code) => !current.includes(code))];
  const choices = codes.map((code) => {
    return { value: code, label: languageName(code), description: code, picked: current.includes(code) };
  });
  return pickSome('Translate to', 'Select the languages to translate into', choices);
}
