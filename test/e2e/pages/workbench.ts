import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { artifactsRoot } from '../../support/vscode/paths';
import { Dialog } from './dialog';
import { Editors } from './editors';
import { Explorer } from './explorer';
import { Notifications } from './notifications';
import { QuickInput } from './quickInput';
import { Transcripts } from './transcripts';

const paletteRetryMs = 1_000;
const windowPatienceMs = 10_000;
const maxTries = 3;

/** One VS Code window, as a user sees it. */
export class Workbench {
  readonly explorer: Explorer;
  readonly notifications: Notifications;
  readonly quickInput: QuickInput;
  readonly dialog: Dialog;
  readonly editors: Editors;
  readonly transcripts: Transcripts;

  constructor(
    readonly page: Page,
    private readonly serverUrl: string,
  ) {
    this.explorer = new Explorer(page);
    this.notifications = new Notifications(page);
    this.quickInput = new QuickInput(page);
    this.dialog = new Dialog(page);
    this.editors = new Editors(page);
    this.transcripts = new Transcripts(page);
  }

  async openFolder(folder: string): Promise<void> {
    await this.goto({ folder: pathToFileURL(folder).pathname });
  }

  /** Opens a multi-root workspace by its `.code-workspace` file. */
  async openWorkspaceFile(file: string): Promise<void> {
    await this.goto({ workspace: pathToFileURL(file).pathname });
  }

  /** Runs a command by its full title, such as `Steno: Show Log`, once the palette has it. */
  async runCommand(title: string): Promise<void> {
    const row = this.quickInput.row(title);
    for (;;) {
      await this.page.keyboard.press('F1');
      await this.quickInput.enter(`>${title}`);
      const isThere = await row.waitFor({ timeout: paletteRetryMs }).then(
        () => true,
        () => false,
      );
      if (isThere) {
        await row.click();
        return;
      }
      await this.quickInput.cancel();
    }
  }

  /** Waits until the status bar contains this text. */
  async waitForStatus(text: string): Promise<void> {
    await this.page.locator('.statusbar-item', { hasText: text }).waitFor();
  }

  /** Saves a screenshot of the window; returns its path. */
  async screenshot(name: string): Promise<string> {
    const folder = join(artifactsRoot, 'screenshots');
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  /** Loads the window. While connecting, a window may miss the folders of a workspace file; then it loads it again. */
  private async goto(query: Record<string, string>): Promise<void> {
    const firstRow = this.page.locator('.explorer-folders-view .monaco-list-row').first();
    for (let tries = 1; ; tries++) {
      await this.page.goto(`${this.serverUrl}/?${new URLSearchParams(query).toString()}`);
      try {
        await firstRow.waitFor({ timeout: windowPatienceMs * tries });
        return;
      } catch (thrown) {
        if (tries === maxTries) {
          throw thrown;
        }
      }
    }
  }
}
