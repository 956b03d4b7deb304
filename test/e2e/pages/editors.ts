import { ok } from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../support/eventually';

/** The editors: their tabs, their text and the buttons in their title. */
export class Editors {
  constructor(private readonly page: Page) {}

  /** Waits until a file of this name is in the active editor. */
  async waitForActive(name: string): Promise<void> {
    await this.activeGroup()
      .locator(`.tab.active[data-resource-name=${JSON.stringify(name)}]`)
      .waitFor();
  }

  /** Waits until the active editor has loaded its text and takes keys, which is later than its tab. */
  async waitForFocus(): Promise<void> {
    await this.activeGroup().locator('.monaco-editor.focused').waitFor();
  }

  /** Waits until a file of this name is open in any column, active or not. */
  async waitForOpen(name: string): Promise<void> {
    await this.page.locator(`.tab[data-resource-name=${JSON.stringify(name)}]`).waitFor();
  }

  /** Waits until a custom editor has loaded its page, which takes the focus then. */
  async waitForPage(): Promise<void> {
    await this.page
      .frameLocator('iframe.webview.ready')
      .frameLocator('#active-frame')
      .locator('body')
      .waitFor();
  }

  /** Names of all tabs, from left to right. */
  async titles(): Promise<string[]> {
    const labels = await this.page.locator('.tabs-container .tab .tab-label').allTextContents();
    return labels.map((label) => label.trim());
  }

  /** The lines that are visible in the active editor. */
  async visibleText(): Promise<string> {
    return visibleTextIn(this.activeGroup());
  }

  /** The lines that are visible in the column beside the first one; '' while there is only one column. */
  async visibleTextBeside(): Promise<string> {
    const beside = this.page.locator('.editor-group-container').nth(1);
    return (await beside.count()) === 0 ? '' : visibleTextIn(beside);
  }

  /** Types at the beginning of the text in the column beside the first one. */
  async typeBeside(text: string): Promise<void> {
    await this.page.locator('.editor-group-container').nth(1).locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+Home');
    await this.page.keyboard.type(text);
  }

  /** Goes from problem to problem with F8 until it has seen all of these. */
  async waitForProblems(problems: readonly string[]): Promise<void> {
    await this.page.locator('.monaco-editor.focused').waitFor();
    const read = new Set<string>();
    await eventually(async () => {
      await this.page.keyboard.press('F8');
      const texts = await this.page.locator('.marker-widget .descriptioncontainer').allTextContents();
      texts.forEach((text) => read.add(text.replaceAll('\u00a0', ' ')));
      const all = [...read].join('\n');
      problems.forEach((problem) => ok(all.includes(problem), all));
    });
  }

  /** Waits until an editor marks a problem. */
  async waitForSquiggle(): Promise<void> {
    await this.page.locator('.monaco-editor').locator('.squiggly-error, .squiggly-warning').first().waitFor();
  }

  /** Waits for a button in the title of the active editor. */
  async titleButton(label: string): Promise<Locator> {
    const button = this.activeGroup().locator(`.editor-actions .action-label[aria-label^="${label}"]`);
    await button.waitFor();
    return button;
  }

  /** Waits for the diff editor. */
  async waitForComparison(): Promise<void> {
    await this.page.locator('.monaco-diff-editor').first().waitFor();
  }

  private activeGroup(): Locator {
    return this.page.locator('.editor-group-container.active');
  }
}

async function visibleTextIn(group: Locator): Promise<string> {
  const lines = await group.locator('.view-lines .view-line').evaluateAll((elements) =>
    elements
      .map((element) => ({
        top: parseFloat((element as HTMLElement).style.top),
        text: element.textContent,
      }))
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text),
  );
  // The editor renders spaces as no-break spaces.
  return lines.join('\n').replaceAll('\u00a0', ' ');
}
