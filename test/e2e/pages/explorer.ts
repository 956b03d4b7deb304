import type { Locator, Page } from 'playwright-core';
import { eventually, patienceMs } from '../../support/eventually';
import { exactly } from './text';

const menuPatienceMs = 500;

/** The file tree and its context menu. */
export class Explorer {
  constructor(private readonly page: Page) {}

  /** The row of a file or folder, once the tree shows it. */
  async row(name: string): Promise<Locator> {
    const label = this.page.locator('.label-name', { hasText: exactly(name) });
    const row = this.page.locator('.explorer-folders-view .monaco-list-row').filter({ has: label });
    await row.waitFor();
    return row;
  }

  /** Opens a file as a double click does. */
  async open(name: string): Promise<void> {
    await (await this.row(name)).dblclick();
  }

  /** What a right click on the last of these, all of them selected, offers right now. */
  async menuOf(...names: readonly string[]): Promise<string[]> {
    await this.openMenu(names);
    const items = (await this.menuItems().allInnerTexts()).map((item) => item.trim());
    await this.closeMenu();
    return items.filter((item) => item !== '');
  }

  /** Right-clicks until the menu has the item, since an extension's items come some time after the tree. */
  async openMenuWith(item: string, ...names: readonly string[]): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      await this.openMenu(names);
      const found = this.menuItems().filter({ hasText: exactly(item) });
      if ((await found.count()) > 0) {
        return;
      }
      const offered = await this.menuItems().allInnerTexts();
      await this.closeMenu();
      if (Date.now() > deadline) {
        throw new Error(`The menu of ${names.join(', ')} has no "${item}", only: ${offered.join(' | ')}`);
      }
    }
  }

  /** Until the menu has the item: then everything else that extensions bring is there too. */
  async waitForMenuItem(item: string, ...names: readonly string[]): Promise<void> {
    await this.openMenuWith(item, ...names);
    await this.closeMenu();
  }

  async choose(item: string, ...names: readonly string[]): Promise<void> {
    await this.openMenuWith(item, ...names);
    await this.pick(item);
  }

  /** Clicks an item of the open menu; again if need be, since a menu that has just opened ignores clicks. */
  async pick(item: string): Promise<void> {
    const found = this.menuItems().filter({ hasText: exactly(item) });
    await eventually(async () => {
      await found.click({ timeout: menuPatienceMs }).catch(() => undefined);
      await found.waitFor({ state: 'detached', timeout: menuPatienceMs });
    });
  }

  private menuItems(): Locator {
    return this.page.locator('.monaco-menu .action-label');
  }

  private async openMenu(names: readonly string[]): Promise<void> {
    if (names.length > 1) {
      for (const name of names) {
        await this.select(await this.row(name));
      }
    }
    await (await this.row(names.at(-1) ?? '')).click({ button: 'right' });
    await this.menuItems().first().waitFor();
  }

  /** Adds a row to the selection. A plain click would open the file too, which moves the selection a little later. */
  private async select(row: Locator): Promise<void> {
    if ((await row.getAttribute('aria-selected')) !== 'true') {
      await row.click({ modifiers: ['ControlOrMeta'] });
    }
  }

  private async closeMenu(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.menuItems().first().waitFor({ state: 'detached' });
  }
}
