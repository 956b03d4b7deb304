import * as vscode from 'vscode';
import { oneLine, withoutIcons, withoutLinks } from '../../core/text';
import { showBox } from './showBox';

/** An item of a list, and what choosing it means. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** A line between items, which cannot be chosen. @param value only there for the type */
export function separator<T>(label: string, value: T): Choice<T> {
  return { kind: vscode.QuickPickItemKind.Separator, label, value };
}

/** A text from a setting, a file or a server as a list item can show it: on one line, and without icons and links. */
export function plainText(text: string, longest?: number): string {
  return withoutIcons(oneLine(text, longest));
}

/**
 * Lets the user pick one item.
 *
 * @param isActive tells the item that Enter takes; without it, or where no item is meant, Enter takes the first
 * @returns undefined when the list was closed
 */
export async function pickOne<T>(
  title: string,
  placeholder: string,
  choices: readonly Choice<T>[],
  isActive?: (value: T) => boolean,
): Promise<T | undefined> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.title = plainText(title);
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.items = choices;
  const active = choices.find(
    ({ kind, value }) => kind !== vscode.QuickPickItemKind.Separator && isActive?.(value) === true,
  );
  if (active !== undefined) {
    pick.activeItems = [active];
  }
  return showBox<T>(pick, (resolve) => [
    pick.onDidHide(() => resolve(undefined)),
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      // Nothing is selected when no item matches what the user typed.
      if (chosen !== undefined) {
        resolve(chosen.value);
      }
    }),
  ]);
}

/** Lets the user check items; those with `picked` are checked at first. @returns undefined when the list was closed */
export async function pickSome<T>(
  title: string,
  placeHolder: string,
  choices: readonly Choice<T>[],
): Promise<readonly T[] | undefined> {
  const options = {
    title,
    placeHolder,
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  } as const;
  return (await vscode.window.showQuickPick(choices, options))?.map(({ value }) => value);
}

/**
 * Lets the user type a text.
 *
 * @param options with `complaint`, which says what is wrong with the text so far; '' when nothing is
 * @returns the text without blanks around it; undefined when the box was closed
 */
export async function enterText(
  title: string,
  prompt: string,
  options: {
    readonly value?: string;
    readonly placeHolder?: string;
    readonly password?: boolean;
    readonly complaint?: (text: string) => string;
  } = {},
): Promise<string | undefined> {
  const { complaint, ...others } = options;
  const entered = await vscode.window.showInputBox({
    ...others,
    title: plainText(title),
    prompt: withoutLinks(prompt),
    ignoreFocusOut: true,
    ...(complaint && { validateInput: (text) => withoutLinks(complaint(text)) }),
  });
  return entered?.trim();
}
