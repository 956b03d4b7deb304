import * as vscode from 'vscode';
import { asFailure } from '../../core/failures/failure';
import type { NoteHit } from '../../core/search/searchNote';
import { formatTime } from '../../core/text';
import { plainText } from '../platform/quickPicks';
import { showBox } from '../platform/showBox';
import { NotePreview, type NotePlace } from './notePreview';

/** An item of the list: a place to go to, an action, or, without either, a line that only informs the user. */
export interface SearchItem extends vscode.QuickPickItem {
  readonly target?: NotePlace;
  readonly act?: () => Promise<void>;
}

/** A search whose results are listed while the user types. */
interface PlaceSearch {
  readonly title: string;
  readonly placeholder: string;
  /** The items for what the user typed. */
  readonly itemsFor: (typed: string) => readonly SearchItem[];
  /** Loads what `itemsFor` searches, and calls `onMore` when there is more. Its failure ends the search. */
  readonly load?: (onMore: () => void, signal: AbortSignal) => Promise<void>;
}

/**
 * Lists places in notes while the user types, and shows the active one in its editor. Without a chosen place, the editors
 * are put back to where they were.
 *
 * @returns the chosen item; undefined when the list was closed
 * @throws Failure when loading fails
 */
export async function pickPlace(search: PlaceSearch): Promise<SearchItem | undefined> {
  const preview = new NotePreview();
  const chosen = await choose(search, preview).catch(async (thrown: unknown) => {
    await preview.goBack();
    throw thrown;
  });
  await (chosen?.target === undefined ? preview.goBack() : preview.goTo(chosen.target));
  return chosen;
}

async function choose(search: PlaceSearch, preview: NotePreview): Promise<SearchItem | undefined> {
  const { title, placeholder, itemsFor, load } = search;
  const picker = vscode.window.createQuickPick<SearchItem>();
  picker.title = title;
  picker.placeholder = placeholder;
  // Makes VS Code highlight what the user typed.
  picker.matchOnDetail = true;
  const over = new AbortController();
  const update = (): void => {
    picker.items = itemsFor(picker.value);
  };
  /** Updates the items and keeps the active one, as far down the list as the user may have gone. */
  const updateAroundActive = (): void => {
    const [active] = picker.activeItems;
    update();
    const same = picker.items.find((item) => active !== undefined && isSamePlace(item, active));
    if (same !== undefined) {
      picker.activeItems = [same];
    }
  };
  try {
    return await showBox<SearchItem>(picker, (resolve, reject) => {
      update();
      picker.busy = load !== undefined;
      load?.(updateAroundActive, over.signal).then(
        () => {
          picker.busy = false;
          updateAroundActive();
        },
        (thrown: unknown) => reject(asFailure(thrown)),
      );
      return [
        picker.onDidChangeValue(update),
        picker.onDidChangeActive(([item]) => {
          // If the note is gone by now, the user is told when choosing the item.
          void (item?.target && preview.show(item.target).catch(() => undefined));
        }),
        picker.onDidAccept(() => {
          const [item] = picker.selectedItems;
          if (item?.target !== undefined || item?.act !== undefined) {
            resolve(item);
          }
        }),
        picker.onDidHide(() => resolve(undefined)),
      ];
    });
  } finally {
    over.abort();
  }
}

function isSamePlace({ target: one }: SearchItem, { target: other }: SearchItem): boolean {
  return (
    one !== undefined && one.uri.toString() === other?.uri.toString() && one.place.start === other.place.start
  );
}

/** Cuts excerpts, since a phrase that was found may be long itself. */
const longestExcerpt = 300;

// VS Code moves items up whose labels contain what the user typed. These labels cannot, so the order stays.

/** The item for a place in a note. @param note name of the note, when several notes are searched */
export function placeItem(uri: vscode.Uri, hit: NoteHit, note = ''): SearchItem {
  const { startMs, speaker, excerpt, isInNote, place } = hit;
  const described = [speaker ?? '', note, isInNote ? '' : 'in the original transcript'];
  return {
    label: formatTime(startMs),
    description: plainText(described.filter((part) => part !== '').join(', ')),
    detail: plainText(excerpt, longestExcerpt),
    alwaysShow: true,
    target: { uri, place },
  };
}

/** The item for an action. @param icon name of a codicon */
export function actionItem(icon: string, text: string, detail: string, act: () => Promise<void>): SearchItem {
  return { label: `$(${icon})`, description: plainText(text), detail, alwaysShow: true, act };
}

/** An item that only informs the user. */
export function infoItem(text: string): SearchItem {
  return { label: '$(info)', description: plainText(text), alwaysShow: true };
}
