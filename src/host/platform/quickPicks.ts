import * as vscode from 'vscode';
import { oneLine, withoutIcons, withoutLinks } from '../../core/text';

/** An entry of a list, and what choosing it means. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** A line between entries; choosing it is impossible. */
export function separator<T>(label: string, value: T): Choice<T> {
  return { kind: vscode.QuickPickItemKind.Separator, label, value };
}

/** A text from a setting, a file or a name, for an entry: on one line, where `$(name)` would become an icon. */
export function plain(text: string, longest?: number): string {
  return withoutIcons(oneLine(text, longest));
}

/** One of a list; undefined when it was closed. @param active the entry that Enter takes, the first where it is not there */
export async function pickOne<T>(
  title: string,
  placeholder: string,
  choices: readonly Choice<T>[],
  active?: (value: T) => boolean,
): Promise<T | undefined> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.title = plain(title);
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.items = choices;
  const isActive = ({ kind, value }: Choice<T>): boolean =>
    kind !== vscode.QuickPickItemKind.Separator && active?.(value) === true;
  const first = choices.find(isActive);
  if (first !== undefined) {
    pick.activeItems = [first];
  }
  try {
    return await new Promise<T | undefined>((resolve) => {
      pick.onDidHide(() => resolve(undefined));
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        // Nothing is chosen where nothing has what was typed in it.
        if (chosen !== undefined) {
          resolve(chosen.value);
        }
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** Some of a list, with those checked that are `picked`; undefined when it was closed. */
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

/** A text; undefined when the box was closed. @param complaint what is wrong with what is typed, '' for nothing */
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
    title: plain(title),
    prompt: withoutLinks(prompt),
    ignoreFocusOut: true,
    ...(complaint && { validateInput: (text) => withoutLinks(complaint(text)) }),
  });
  return entered?.trim();
}
