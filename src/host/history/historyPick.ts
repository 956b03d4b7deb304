import * as vscode from 'vscode';
import { serviceName } from '../../core/failures/phrases';
import type { PastPages } from '../../core/history/pastPages';
import {
  formatDateTime,
  pastRow,
  pastState,
  type PastState,
  type PastTranscript,
} from '../../core/history/pastTranscript';
import { showBox } from '../platform/showBox';
import type { KnownTranscripts } from './knownTranscripts';

/** What the list shows. It outlives the box, which closes for every dialog. */
export interface HistoryView {
  /** Host of the service. */
  readonly host: string;
  readonly pages: PastPages;
  /** Shows only transcripts of this status. */
  readonly status: string | undefined;
  readonly known: Promise<KnownTranscripts>;
  /** Ids of transcripts that were deleted since: the list of the service lags behind by minutes. */
  readonly deleted: ReadonlySet<string>;
}

/** What the user chose to do. */
export type HistoryChoice =
  | { readonly act: 'open' | 'copyId'; readonly past: PastTranscript }
  | { readonly act: 'delete'; readonly past: readonly PastTranscript[] }
  | { readonly act: 'filter' | 'several' | 'back' };

interface Item extends vscode.QuickPickItem {
  /** Undefined for the item that loads older transcripts. */
  readonly past: PastTranscript | undefined;
}

const olderLabel = 'Older…';

const filterButton = { iconPath: new vscode.ThemeIcon('filter'), tooltip: 'Filter by Status' };
const severalButton = { iconPath: new vscode.ThemeIcon('checklist'), tooltip: 'Delete Several…' };
const olderButton = { iconPath: new vscode.ThemeIcon('arrow-down'), tooltip: 'Load Older' };
const copyButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: 'Copy ID' };
const deleteButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Delete at the Service' };

const icons: Readonly<Record<PastState, vscode.ThemeIcon>> = {
  completed: new vscode.ThemeIcon('pass'),
  failed: new vscode.ThemeIcon('error'),
  underWay: new vscode.ThemeIcon('sync'),
  deleted: new vscode.ThemeIcon('circle-slash'),
};

/** The box with the list, for one choice of the user. */
export class HistoryPick {
  private readonly pick = vscode.window.createQuickPick<Item>();
  private readonly closed = new AbortController();
  private known: KnownTranscripts = new Map();

  /** @param isSeveral whether the user checks transcripts to delete, instead of choosing one */
  constructor(
    private readonly view: HistoryView,
    private readonly isSeveral: boolean,
  ) {
    const { pick } = this;
    const at = serviceName(view.host);
    const only = view.status === undefined ? '' : `: ${view.status}`;
    pick.title = isSeveral ? `Delete Transcripts at ${at}${only}` : `Transcripts at ${at}${only}`;
    pick.canSelectMany = isSeveral;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.ignoreFocusOut = true;
    pick.buttons = isSeveral ? [vscode.QuickInputButtons.Back] : [filterButton, severalButton];
  }

  /** Shows the box, once. @returns undefined when the box was closed @throws Failure when the list cannot be loaded */
  async choose(): Promise<HistoryChoice | undefined> {
    const { pick } = this;
    try {
      return await showBox<HistoryChoice>(pick, (resolve, reject) => {
        const load = (isMore: boolean): void => void this.load(isMore).catch(reject);
        load(false);
        return [
          pick.onDidTriggerButton((button) => {
            if (button === olderButton) {
              load(true);
            } else {
              resolve({ act: actOf(button) });
            }
          }),
          pick.onDidTriggerItemButton(({ button, item: { past } }) => {
            if (past !== undefined) {
              resolve(button === copyButton ? { act: 'copyId', past } : { act: 'delete', past: [past] });
            }
          }),
          pick.onDidAccept(() => {
            const chosen = this.accepted();
            if (chosen === 'older') {
              load(true);
            } else if (chosen !== undefined) {
              resolve(chosen);
            }
          }),
          pick.onDidHide(() => resolve(undefined)),
        ];
      });
    } finally {
      this.closed.abort();
    }
  }

  private accepted(): HistoryChoice | 'older' | undefined {
    if (this.isSeveral) {
      const past = this.pick.selectedItems.flatMap((item) => item.past ?? []);
      return past.length === 0 ? undefined : { act: 'delete', past };
    }
    const [item] = this.pick.selectedItems;
    if (item === undefined) {
      return undefined;
    }
    return item.past === undefined ? 'older' : { act: 'open', past: item.past };
  }

  private async load(isMore: boolean): Promise<void> {
    const { pick, view } = this;
    const { pages } = view;
    if (pick.busy) {
      return;
    }
    pick.busy = true;
    pick.placeholder = 'Loading…';
    const before = pages.rows.length;
    try {
      this.known = await view.known;
      if (isMore || pages.isFresh) {
        await pages.loadMore(this.closed.signal);
      }
    } catch (thrown) {
      // Once the box is closed, a failure does not matter.
      if (!this.closed.signal.aborted) {
        throw thrown;
      }
      return;
    } finally {
      pick.busy = false;
    }
    this.draw(isMore ? before : 0);
  }

  /** @param first index of the first transcript that is new */
  private draw(first: number): void {
    const { isSeveral, pick } = this;
    const { pages } = this.view;
    const { rows } = pages;
    const shown = isSeveral ? rows.filter((past) => this.isDeletable(past)) : rows;
    const checked = new Set(pick.selectedItems.map(({ past }) => past?.id));
    const items = shown.map((past) => this.itemOf(past));
    const older: Item = { label: olderLabel, past: undefined, alwaysShow: true };
    // The item for older transcripts must not be checked, so there it is a button.
    pick.items = !isSeveral && pages.hasOlder ? [...items, older] : items;
    if (isSeveral) {
      const { Back: back } = vscode.QuickInputButtons;
      pick.buttons = pages.hasOlder ? [back, olderButton] : [back];
    }
    pick.selectedItems = isSeveral ? items.filter(({ past }) => checked.has(past?.id)) : [];
    pick.placeholder = this.placeholder(items.length);
    const active = first === 0 ? undefined : items.find(({ past }) => past?.id === rows[first]?.id);
    if (active !== undefined) {
      pick.activeItems = [active];
    }
  }

  private placeholder(count: number): string {
    if (count === 0) {
      const { hasOlder } = this.view.pages;
      return hasOlder ? 'None among the newest transcripts' : 'No transcripts in the last 90 days';
    }
    return this.isSeveral
      ? 'Select the transcripts to delete, then press Enter'
      : 'Select a transcript to open it as a note';
  }

  private itemOf(past: PastTranscript): Item {
    const name = this.known.get(past.id)?.name;
    const knowledge = { name, isDeleted: this.view.deleted.has(past.id) };
    const { label, description, detail, state } = pastRow(past, knowledge, (ms) =>
      formatDateTime(ms, vscode.env.language),
    );
    return { label, description, detail, iconPath: icons[state], buttons: this.buttonsOf(past), past };
  }

  private buttonsOf(past: PastTranscript): readonly vscode.QuickInputButton[] {
    if (this.isSeveral) {
      return [];
    }
    return this.isDeletable(past) ? [copyButton, deleteButton] : [copyButton];
  }

  /** The service refuses to delete a transcript while it works on it. */
  private isDeletable(past: PastTranscript): boolean {
    return !this.view.deleted.has(past.id) && ['completed', 'failed'].includes(pastState(past));
  }
}

function actOf(button: vscode.QuickInputButton): 'filter' | 'several' | 'back' {
  if (button === filterButton) {
    return 'filter';
  }
  return button === severalButton ? 'several' : 'back';
}
