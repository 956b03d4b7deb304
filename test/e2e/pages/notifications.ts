import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** The notifications in the corner. */
export class Notifications {
  constructor(private readonly page: Page) {}

  /** Waits for a notification that contains this text. */
  async waitFor(text: string | RegExp): Promise<Notification> {
    const item = this.items().filter({ hasText: text }).first();
    await item.waitFor();
    return new Notification(item);
  }

  /** Waits until no notification is shown, such as that of a running job. */
  async waitForNone(): Promise<void> {
    await this.items().first().waitFor({ state: 'detached' });
  }

  /** Hides all notifications with Escape. */
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

/** One notification with its buttons. */
export class Notification {
  constructor(private readonly item: Locator) {}

  async text(): Promise<string> {
    return this.item.locator('.notification-list-item-message').innerText();
  }

  async buttons(): Promise<string[]> {
    return this.item.locator('.notification-list-item-buttons-container .monaco-button').allInnerTexts();
  }

  /** Presses a button, also *Cancel* of a progress notification. */
  async press(button: string): Promise<void> {
    await this.item.locator('.monaco-button', { hasText: exactly(button) }).click();
  }

  /** Keeps the notification in sight: VS Code hides it after ten seconds, but not while the mouse is over it. */
  async hold(): Promise<void> {
    await this.item.hover();
  }
}
