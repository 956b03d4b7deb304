import type { Locator, Page } from 'playwright-core';
import { Menu } from './menu';
import { exactly } from './text';

/** The view *Transcripts* in the side bar, and its item in the status bar. */
export class Transcripts {
  private readonly menu: Menu;

  constructor(private readonly page: Page) {
    this.menu = new Menu(page);
  }

  /** Opens the view once the extension has registered it. Does not click when it is open, which would close it. */
  async open(): Promise<void> {
    const tab = this.page.locator('.activitybar .action-item', {
      has: this.page.locator('.action-label[aria-label^="Steno"]'),
    });
    await tab.waitFor();
    if (!(await this.view().isVisible())) {
      await tab.click();
    }
    await this.view().waitFor();
  }

  /** Waits until the description of a recording or a group contains this text. */
  async waitFor(label: string, description: string | RegExp = ''): Promise<Locator> {
    const row = this.row(label).filter({
      has: this.page.locator('.monaco-icon-label', { hasText: description }),
    });
    await row.waitFor();
    return row;
  }

  /** Waits until no recording or group of that name has a line. */
  async waitUntilGone(label: string): Promise<void> {
    await this.row(label).waitFor({ state: 'detached' });
  }

  async click(label: string): Promise<void> {
    await this.row(label).locator('.label-name').click();
  }

  /** Presses a button in the line of a recording or a group. */
  async press(button: string, label: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label).locator(`.actions .action-label[aria-label^="${button}"]`).click();
  }

  /** The items in the context menu of a recording. */
  async menuOf(label: string): Promise<string[]> {
    await this.menu.open(this.row(label));
    const items = await this.menu.texts();
    await this.menu.close();
    return items;
  }

  /** Chooses an item from the context menu of a recording. */
  async choose(item: string, label: string): Promise<void> {
    await this.menu.choose(item, () => this.menu.open(this.row(label)));
  }

  /** The buttons of the empty view, once it is empty. */
  async welcomeButtons(): Promise<string[]> {
    const buttons = this.view().locator('.welcome-view-content .monaco-button');
    await buttons.first().waitFor();
    return (await buttons.allInnerTexts()).map((label) => label.trim());
  }

  /** The text of the status bar item without its icon; '' when it is hidden. */
  async status(): Promise<string> {
    // The item may disappear at any time, so this does not wait for it.
    return (await this.statusItem().allInnerTexts()).join('').trim();
  }

  async clickStatus(): Promise<void> {
    await this.statusItem().locator('a').click();
  }

  private statusItem(): Locator {
    return this.page.locator('.statusbar-item[id$="steno.transcripts"]:visible');
  }

  private view(): Locator {
    return this.page.locator('.pane', {
      has: this.page.locator('.pane-header[aria-label^="Transcripts"]'),
    });
  }

  private rows(): Locator {
    return this.view().locator('.monaco-list-row');
  }

  private row(label: string): Locator {
    return this.rows().filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
  }
}
