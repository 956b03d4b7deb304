import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** The messages in the corner. */
export class Notifications {
  constructor(private readonly page: Page) {}

  /** The notification that contains this text, once it is shown. */
  async waitFor(text: string | RegExp): Promise<Notification> {
    const item = this.items().filter({ hasText: text }).first();
    await item.waitFor();
    return new Notification(item);
  }

  /** Until none is shown, as it is when what was going on is over. */
  async waitForNone(): Promise<void> {
    await this.items().first().waitFor({ state: 'detached' });
  }

  /** Puts away what is shown, as Escape does. */
  async hideAll(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.waitForNone();
  }

  async texts(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  private items(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }
}

/** One message with its buttons. */
export class Notification {
  constructor(private readonly item: Locator) {}

  async text(): Promise<string> {
    return this.item.locator('.notification-list-item-message').innerText();
  }

  async buttons(): Promise<string[]> {
    return this.item.locator('.notification-list-item-buttons-container .monaco-button').allInnerTexts();
  }

  /** Presses a button; *Cancel* of a progress is one too. */
  async press(button: string): Promise<void> {
    await this.item.locator('.monaco-button', { hasText: exactly(button) }).click();
  }

  /** Keeps it in sight: VS Code hides what has buttons after ten seconds, but not from under the mouse. */
  async hold(): Promise<void> {
    await this.item.hover();
  }
}
