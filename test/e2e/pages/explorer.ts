import type { Locator, Page } from 'playwright-core';
import { Menu } from './menu';
import { exactly } from './text';

/** The file tree and its context menu. */
export class Explorer {
  private readonly menu: Menu;

  constructor(private readonly page: Page) {
    this.menu = new Menu(page);
  }

  /** Waits for the row of a file or folder. */
  async row(name: string): Promise<Locator> {
    const label = this.page.locator('.label-name', { hasText: exactly(name) });
    const row = this.page.locator('.explorer-folders-view .monaco-list-row').filter({ has: label });
    await row.waitFor();
    return row;
  }

  /** Opens a file with a double click. */
  async open(name: string): Promise<void> {
    await (await this.row(name)).dblclick();
  }

  /** Selects all of these, right-clicks the last one, and reads the items of the menu. */
  async menuOf(...names: readonly string[]): Promise<string[]> {
    await this.openMenu(names);
    const items = await this.menu.texts();
    await this.menu.close();
    return items;
  }

  /** Right-clicks until the menu has the item: the items of extensions come some time after the tree. */
  async openMenuWith(item: string, ...names: readonly string[]): Promise<void> {
    await this.menu.openWith(item, () => this.openMenu(names));
  }

  /** Waits until the menu has the item; then it has all other items of extensions, too. */
  async waitForMenuItem(item: string, ...names: readonly string[]): Promise<void> {
    await this.openMenuWith(item, ...names);
    await this.menu.close();
  }

  async choose(item: string, ...names: readonly string[]): Promise<void> {
    await this.menu.choose(item, () => this.openMenu(names));
  }

  /** Clicks an item of the open menu. */
  async pick(item: string): Promise<void> {
    await this.menu.pick(item);
  }

  private async openMenu(names: readonly string[]): Promise<void> {
    if (names.length > 1) {
      for (const name of names) {
        await this.select(await this.row(name));
      }
    }
    await this.menu.open(await this.row(names.at(-1) ?? ''));
  }

  /** Adds a row to the selection. A plain click would open the file too, which moves the selection a little later. */
  private async select(row: Locator): Promise<void> {
    if ((await row.getAttribute('aria-selected')) !== 'true') {
      await row.click({ modifiers: ['ControlOrMeta'] });
    }
  }
}
