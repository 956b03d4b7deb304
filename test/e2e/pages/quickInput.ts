import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** The box at the top: command palette, quick picks, input boxes, and the file dialog of a window in a browser. */
export class QuickInput {
  private readonly widget: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
  }

  /** Waits until a box with this title is open. */
  async waitFor(title: string): Promise<void> {
    await this.widget.filter({ has: this.page.locator('.quick-input-title', { hasText: title }) }).waitFor();
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'detached' });
  }

  /** Replaces the text in the box. */
  async enter(text: string): Promise<void> {
    await this.box().fill(text);
  }

  async accept(): Promise<void> {
    await this.box().press('Enter');
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.waitUntilClosed();
  }

  /** Whether the box hides what is typed. */
  async isSecret(): Promise<boolean> {
    return (await this.box().getAttribute('type')) === 'password';
  }

  /** Waits until the message below the box contains this text. */
  async waitForMessage(text: string): Promise<void> {
    await this.widget.locator('.quick-input-message', { hasText: text }).waitFor();
  }

  /** Picks an item by its label. */
  async choose(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** Picks an item and waits until the next box, which has the same title, replaces the list. */
  async chooseFrom(title: string, label: string): Promise<void> {
    await this.waitFor(title);
    await this.choose(label);
    await this.row(label).waitFor({ state: 'detached' });
    await this.waitFor(title);
  }

  /** Waits until an item has this text in its description or detail. */
  async waitForDetails(label: string, text: string): Promise<void> {
    await this.row(label).filter({ hasText: text }).waitFor();
  }

  /** The description and the detail of an item. */
  async detailsOf(label: string): Promise<string> {
    const row = this.row(label);
    await row.waitFor();
    return (await row.locator('.label-description, .quick-input-list-label-meta').allInnerTexts()).join(' ');
  }

  /** The descriptions of all items, from top to bottom. */
  async descriptions(): Promise<string[]> {
    // All at once: the list may change between two reads.
    return this.rows().evaluateAll((rows) =>
      rows
        .map((row) => ({
          text: row.querySelector('.label-description')?.textContent.trim() ?? '',
          top: row.getBoundingClientRect().top,
        }))
        .sort((one, other) => one.top - other.top)
        .map(({ text }) => text),
    );
  }

  row(label: string): Locator {
    return this.rows().filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
  }

  /** The item that contains all of these texts, in its label, description or detail. */
  rowWith(...texts: readonly string[]): Locator {
    return texts.reduce((rows, text) => rows.filter({ hasText: text }), this.rows());
  }

  private rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }

  private box(): Locator {
    return this.widget.locator('.quick-input-box input');
  }
}
