import { ok } from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../support/eventually';

/** Open files: their tabs, their text and the buttons at their upper edge. */
export class Editors {
  constructor(private readonly page: Page) {}

  /** Until a file of this name is the one that is looked at. */
  async waitForActive(name: string): Promise<void> {
    await this.activeGroup()
      .locator(`.tab.active[data-resource-name=${JSON.stringify(name)}]`)
      .waitFor();
  }

  /** Until the text that is looked at has been read and takes what is typed: its tab is there before that. */
  async waitForFocus(): Promise<void> {
    await this.activeGroup().locator('.monaco-editor.focused').waitFor();
  }

  /** Until a file of this name is open in any column, looked at or not. */
  async waitForOpen(name: string): Promise<void> {
    await this.page.locator(`.tab[data-resource-name=${JSON.stringify(name)}]`).waitFor();
  }

  /** Until the page in an editor that is not a text has loaded: as it does, it draws the focus to itself. */
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

  /** The lines that are visible in the column beside the first one; '' as long as there is only one. */
  async visibleTextBeside(): Promise<string> {
    const beside = this.page.locator('.editor-group-container').nth(1);
    return (await beside.count()) === 0 ? '' : visibleTextIn(beside);
  }

  /** Writes at the beginning of the text in the column beside the first one. */
  async typeBeside(text: string): Promise<void> {
    await this.page.locator('.editor-group-container').nth(1).locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+Home');
    await this.page.keyboard.type(text);
  }

  /** Goes from problem to problem, as F8 does, until it has come by all of these. */
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

  /** Until something in an editor, wherever it is, is underlined as wrong. */
  async waitForSquiggle(): Promise<void> {
    await this.page.locator('.monaco-editor').locator('.squiggly-error, .squiggly-warning').first().waitFor();
  }

  /** The button at the upper edge of the active editor, once it is there. */
  async titleButton(label: string): Promise<Locator> {
    const button = this.activeGroup().locator(`.editor-actions .action-label[aria-label^="${label}"]`);
    await button.waitFor();
    return button;
  }

  /** Where two versions of a text stand side by side. */
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
  // The editor draws no ordinary spaces.
  return lines.join('\n').replaceAll('\u00a0', ' ');
}
