import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** The box at the top: command palette, choices, text entry, and the file dialog of a window in a browser. */
export class QuickInput {
  private readonly widget: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
  }

  /** Until the box with this title is open. */
  async waitFor(title: string): Promise<void> {
    await this.widget.filter({ has: this.page.locator('.quick-input-title', { hasText: title }) }).waitFor();
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'detached' });
  }

  /** Replaces what stands in the box. */
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

  /** Whether what is typed is hidden. */
  async isSecret(): Promise<boolean> {
    return (await this.box().getAttribute('type')) === 'password';
  }

  /** The line below the box, once it contains this text. */
  async waitForMessage(text: string): Promise<void> {
    await this.widget.locator('.quick-input-message', { hasText: text }).waitFor();
  }

  /** Picks an entry by its label. */
  async choose(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** Picks an entry and waits until its list has gone, for a box that comes next under the same title. */
  async chooseFrom(title: string, label: string): Promise<void> {
    await this.waitFor(title);
    await this.choose(label);
    await this.row(label).waitFor({ state: 'detached' });
    await this.waitFor(title);
  }

  /** Until the entry of that label says this beside or below it. */
  async waitForAnswer(label: string, answer: string): Promise<void> {
    await this.row(label).filter({ hasText: answer }).waitFor();
  }

  /** What an entry says besides its label: where it is, and what it is about. */
  async detailsOf(label: string): Promise<string> {
    const row = this.row(label);
    await row.waitFor();
    return (await row.locator('.label-description, .quick-input-list-label-meta').allInnerTexts()).join(' ');
  }

  /** What stands beside the labels of the entries, from top to bottom. */
  async descriptions(): Promise<string[]> {
    // All in one look: a line that was there a moment ago may be gone.
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

  /** The entry that says all of this, in its label, beside or below it. */
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
