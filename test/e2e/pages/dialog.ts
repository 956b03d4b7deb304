import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** A modal dialog. */
export class Dialog {
  private readonly box: Locator;

  constructor(private readonly page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  async waitFor(text: string | RegExp): Promise<void> {
    await this.box.filter({ hasText: text }).waitFor();
  }

  /** Presses Enter, and with it the button that has the focus. */
  async enter(): Promise<void> {
    await this.box.waitFor();
    await this.page.keyboard.press('Enter');
    await this.box.waitFor({ state: 'detached' });
  }

  async press(button: string): Promise<void> {
    await this.box.locator('.monaco-button', { hasText: exactly(button) }).click();
    await this.box.waitFor({ state: 'detached' });
  }
}
