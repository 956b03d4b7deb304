import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { eventually, patienceMs } from '../../support/eventually';
import { exactly } from './text';

const pressPatienceMs = 500;
const openPatienceMs = 5_000;

/** The context menu. */
export class Menu {
  constructor(private readonly page: Page) {}

  /** Right-clicks until the menu is open: an editor that opens at the same time takes the focus and closes the menu. */
  async open(on: Locator): Promise<void> {
    await eventually(async () => {
      if ((await this.items().count()) === 0) {
        await on.click({ button: 'right', timeout: openPatienceMs });
      }
      await this.items().first().waitFor({ timeout: openPatienceMs });
    });
  }

  /** Opens the menu until it has the item: the items of extensions come later than the others. */
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

  /** The items of the open menu. */
  async texts(): Promise<string[]> {
    const texts = (await this.items().allInnerTexts()).map((item) => item.trim());
    return texts.filter((item) => item !== '');
  }

  /** Opens the menu and clicks an item. Tries again if something else closed the menu. */
  async choose(item: string, open: () => Promise<void>): Promise<void> {
    do {
      await this.openWith(item, open);
    } while (!(await this.press(item)));
  }

  /** Clicks an item of the open menu. */
  async pick(item: string): Promise<void> {
    if (!(await this.press(item))) {
      throw new Error(`The menu went away before "${item}" was clicked.`);
    }
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items().first().waitFor({ state: 'detached' });
  }

  /** Clicks an item until the menu closes, since a new menu ignores clicks. @returns whether a click closed it */
  private async press(item: string): Promise<boolean> {
    const found = this.items().filter({ hasText: exactly(item) });
    const pressed = found.evaluate(untilGone, undefined, { timeout: openPatienceMs }).catch(() => false);
    for (;;) {
      await found.click({ timeout: pressPatienceMs }).catch(() => undefined);
      const isPressed = await Promise.race([pressed, delay(pressPatienceMs)]);
      if (isPressed !== undefined) {
        return isPressed;
      }
    }
  }

  private items(): Locator {
    return this.page.locator('.monaco-menu .action-label');
  }
}

/** Runs in the page. Resolves when the item is removed, with whether it was pressed before. */
function untilGone(item: Element): Promise<boolean> {
  return new Promise((resolve) => {
    let isPressed = false;
    item.addEventListener('mouseup', () => (isPressed = true));
    const timer = setInterval(() => {
      if (!item.isConnected) {
        clearInterval(timer);
        resolve(isPressed);
      }
    }, 20);
  });
}
