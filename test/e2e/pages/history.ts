import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** The list of *Transcripts at AssemblyAI…*. */
export class History {
  private readonly widget: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
  }

  /** Waits until the description of a transcript contains this text. */
  async waitFor(label: string, description: string | RegExp = ''): Promise<void> {
    await this.row(label).filter({ hasText: description }).waitFor();
  }

  /** The detail below the label of a transcript. */
  async detail(label: string): Promise<string> {
    return this.row(label).locator('.quick-input-list-label-meta').innerText();
  }

  /** Filters the list. It renders only as many lines as fit. */
  async find(text: string): Promise<void> {
    await this.box().fill(text);
  }

  async choose(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** Presses a button of a transcript. */
  async press(button: string, label: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label).locator(`.action-label[aria-label^="${button}"]`).click();
  }

  /** Presses a button in the title. */
  async pressAbove(button: string): Promise<void> {
    await this.widget.locator(`.quick-input-titlebar .action-label[aria-label^="${button}"]`).click();
  }

  /** Checks transcripts that are in sight. */
  async check(...labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      await this.row(label).locator('.monaco-checkbox, .quick-input-list-checkbox').first().click();
    }
  }

  async accept(): Promise<void> {
    await this.box().press('Enter');
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.widget.waitFor({ state: 'detached' });
  }

  private row(label: string): Locator {
    return this.widget
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
  }

  private box(): Locator {
    return this.widget.locator('.quick-input-box input');
  }
}
