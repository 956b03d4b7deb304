import * as vscode from 'vscode';
import { asFailure } from '../../core/failures/failure';
import type { NoteHit } from '../../core/search/searchNote';
import { plain } from '../platform/quickPicks';
import { Preview, type NotePlace } from './preview';
import { formatTime } from '../../core/text';

/** A line of the list: a place to go to, something to do, or, with neither, something to know. */
export interface SearchItem extends vscode.QuickPickItem {
  readonly target?: NotePlace;
  readonly act?: () => Promise<void>;
}

interface Search {
  readonly title: string;
  readonly placeholder: string;
  /** What is there for what is typed. */
  readonly itemsFor: (typed: string) => readonly SearchItem[];
  /** Fills what `itemsFor` looks in, telling when there is more; its failure ends the search. */
  readonly load?: (onMore: () => void, signal: AbortSignal) => Promise<void>;
}

/**
 * Searches while one types, with the place in sight that one stands on.
 *
 * @returns what was chosen; undefined when that was nothing, and one is back where one was
 */
export async function pickPlace(search: Search): Promise<SearchItem | undefined> {
  const preview = new Preview();
  const chosen = await choose(search, preview).catch(async (thrown: unknown) => {
    await preview.back();
    throw thrown;
  });
  await (chosen?.target === undefined ? preview.back() : preview.jump(chosen.target));
  return chosen;
}

async function choose(search: Search, preview: Preview): Promise<SearchItem | undefined> {
  const { title, placeholder, itemsFor, load } = search;
  const picker = vscode.window.createQuickPick<SearchItem>();
  picker.title = title;
  picker.placeholder = placeholder;
  // What is found is marked then.
  picker.matchOnDetail = true;
  const over = new AbortController();
  const update = (): void => {
    picker.items = itemsFor(picker.value);
  };
  /** Keeps whoever has gone down the list where that is. */
  const updateAround = (): void => {
    const [active] = picker.activeItems;
    update();
    const same = picker.items.find((item) => active !== undefined && isSamePlace(item, active));
    if (same !== undefined) {
      picker.activeItems = [same];
    }
  };
  try {
    return await new Promise<SearchItem | undefined>((resolve, reject) => {
      picker.onDidChangeValue(update);
      picker.onDidChangeActive(([item]) => {
        // A note that is gone meanwhile is told of when it is chosen.
        void (item?.target && preview.show(item.target).catch(() => undefined));
      });
      picker.onDidAccept(() => {
        const [item] = picker.selectedItems;
        if (item?.target !== undefined || item?.act !== undefined) {
          resolve(item);
        }
      });
      picker.onDidHide(() => resolve(undefined));
      update();
      picker.busy = load !== undefined;
      picker.show();
      load?.(updateAround, over.signal).then(
        () => {
          picker.busy = false;
          updateAround();
        },
        (thrown: unknown) => reject(asFailure(thrown)),
      );
    });
  } finally {
    over.abort();
    picker.dispose();
  }
}

function isSamePlace({ target: one }: SearchItem, { target: other }: SearchItem): boolean {
  return (
    one !== undefined && one.uri.toString() === other?.uri.toString() && one.place.start === other.place.start
  );
}

/** A found phrase may be long itself. */
const longestExcerpt = 300;

// VS Code puts those lines first whose labels have in them what is typed: the order is kept by labels that never have.

/** The line of something that was found. */
export function itemOf(uri: vscode.Uri, hit: NoteHit, note = ''): SearchItem {
  const { startMs, speaker, excerpt, isInNote, place } = hit;
  const described = [speaker ?? '', note, isInNote ? '' : 'as it was recognised'];
  return {
    label: formatTime(startMs),
    description: plain(described.filter((part) => part !== '').join(', ')),
    detail: plain(excerpt, longestExcerpt),
    alwaysShow: true,
    target: { uri, place },
  };
}

/** A line that does something, beside an icon. */
export function action(icon: string, text: string, detail: string, act: () => Promise<void>): SearchItem {
  return { label: `$(${icon})`, description: plain(text), detail, alwaysShow: true, act };
}

/** A line that only says something. */
export function remark(text: string): SearchItem {
  return { label: '$(info)', description: plain(text), alwaysShow: true };
}
