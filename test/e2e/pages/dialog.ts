import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** A modal dialog. */
export class Dialog {
  private readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  async waitFor(text: string | RegExp): Promise<void> {
    await this.box.filter({ hasText: text }).waitFor();
  }

  async press(button: string): Promise<void> {
    await this.box.locator('.monaco-button', { hasText: exactly(button) }).click();
    await this.box.waitFor({ state: 'detached' });
  }
}
