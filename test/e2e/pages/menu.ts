import type { Locator, Page } from 'playwright-core';
import { eventually, patienceMs } from '../../support/eventually';
import { exactly } from './text';

const pressPatienceMs = 500;

/** The context menu of whatever was right-clicked. */
export class Menu {
  constructor(private readonly page: Page) {}

  /** Right-clicks, and waits for the menu. */
  async open(on: Locator): Promise<void> {
    await on.click({ button: 'right' });
    await this.items().first().waitFor();
  }

  /** Opens it until it has the item, since an extension's items come some time after what they are on. */
  async openWith(item: string, open: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      await open();
      const offered = await this.texts();
      if (offered.includes(item)) {
        return;
      }
      await this.close();
      if (Date.now() > deadline) {
        throw new Error(`The menu has no "${item}", only: ${offered.join(' | ')}`);
      }
    }
  }

  /** What it offers right now. */
  async texts(): Promise<string[]> {
    const texts = (await this.items().allInnerTexts()).map((item) => item.trim());
    return texts.filter((item) => item !== '');
  }

  /** Clicks an item; again if need be, since a menu that has just opened ignores clicks. */
  async pick(item: string): Promise<void> {
    const found = this.items().filter({ hasText: exactly(item) });
    await eventually(async () => {
      await found.click({ timeout: pressPatienceMs }).catch(() => undefined);
      await found.waitFor({ state: 'detached', timeout: pressPatienceMs });
    });
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items().first().waitFor({ state: 'detached' });
  }

  private items(): Locator {
    return this.page.locator('.monaco-menu .action-label');
  }
}
