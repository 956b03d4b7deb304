import type { OptionsDraft } from '../../core/request/optionsDraft';
import { parseList } from '../../core/request/parseList';
import { maxNameLength } from '../../core/request/people';
import { readPeople } from '../platform/settings';
import { enterText, pickOne, pickSome, plainText, separator, type Choice } from '../platform/quickPicks';
import { nearestSettings, writeSetting } from './settingsTarget';

/**
 * Lets the user select who may speak, among the known people, and add more names.
 *
 * @param file absolute path of a recording; it decides which folder's settings apply
 * @returns undefined when a box was closed
 */
export async function promptForNames(
  draft: OptionsDraft,
  file: string | undefined,
): Promise<OptionsDraft | undefined> {
  const people = [...new Set([...draft.names, ...readPeople(file)])];
  const chosen = people.length === 0 ? ['add' as const] : await pickNames(people, draft.names);
  if (chosen === undefined) {
    return undefined;
  }
  const names = chosen.flatMap((value) => (value === 'add' ? [] : value.name));
  const added = chosen.includes('add') ? await enterNames(file) : [];
  return added && { ...draft, names: [...new Set([...names, ...added])] };
}

type Picked = { readonly name: string } | 'add';

function pickNames(
  people: readonly string[],
  picked: readonly string[],
): Promise<readonly Picked[] | undefined> {
  const choices: readonly Choice<Picked>[] = [
    ...people.map((name) => ({ value: { name }, label: plainText(name), picked: picked.includes(name) })),
    separator<Picked>('', 'add'),
    { value: 'add', label: '$(add) Add names…' },
  ];
  return pickSome('Names', 'Select the people who may speak', choices);
}

/** @returns undefined when the box was closed */
async function enterNames(file: string | undefined): Promise<readonly string[] | undefined> {
  const complaint = (text: string): string =>
    parseList(text).some((name) => name.length > maxNameLength)
      ? `A name can have at most ${maxNameLength} characters. Separate names with commas.`
      : '';
  const entered = await enterText('Add Names', 'Names of people who may speak, separated by commas.', {
    placeHolder: 'Maria, Tom Baker',
    complaint,
  });
  const names = entered === undefined ? undefined : parseList(entered);
  if (names !== undefined && names.length > 0) {
    await offerToRemember(names, file);
  }
  return names;
}

async function offerToRemember(names: readonly string[], file: string | undefined): Promise<void> {
  const target = nearestSettings();
  const choices: readonly Choice<boolean>[] = [
    { value: false, label: 'Only this time' },
    { value: true, label: 'Remember them', description: `in steno.people, ${target.description}` },
  ];
  if ((await pickOne(`Remember ${names.join(', ')}?`, 'For other recordings', choices)) === true) {
    await writeSetting('people', [...new Set([...readPeople(file), ...names])], target);
  }
}
