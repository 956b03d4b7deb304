import type { Page } from 'playwright-core';
import { Stage } from '../e2e/stage';
import { longTranscriptBody } from '../support/longTranscript';
import { main } from '../support/vscode/program';
import { addRecording, addText } from '../support/vscode/workspace';
import { median } from './support/statistics';

const typed = 'responsive';
const scrolls = 20;

/** Measures the time from a key press to the next frame, and the longest time that the page was blocked meanwhile. */
async function measureEditing(page: Page): Promise<{ keyMs: number; scrollMs: number; blockedMs: number }> {
  await page.evaluate(() => {
    const blocked: number[] = [];
    new PerformanceObserver((list) =>
      blocked.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: 'longtask',
    });
    Object.assign(globalThis, { blocked });
  });
  const time = async (key: string): Promise<number> => {
    const startMs = performance.now();
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    return performance.now() - startMs;
  };
  const keys: number[] = [];
  for (const key of typed) {
    keys.push(await time(key));
  }
  const pages: number[] = [];
  for (let scroll = 0; scroll < scrolls; scroll++) {
    pages.push(await time('PageDown'));
  }
  const blocked = await page.evaluate(() => (globalThis as unknown as { blocked: number[] }).blocked);
  return { keyMs: median(keys), scrollMs: median(pages), blockedMs: Math.max(0, ...blocked) };
}

function report(
  what: string,
  { keyMs, scrollMs, blockedMs }: Awaited<ReturnType<typeof measureEditing>>,
): void {
  const parts = [`key to frame ${keyMs.toFixed(0)} ms`, `page down to frame ${scrollMs.toFixed(0)} ms`];
  console.log(`${what}: ${parts.join(', ')} (medians); longest task ${blockedMs.toFixed(0)} ms`);
}

/** Measures how fast the editor is with a note of ten hours, compared with an empty Markdown file in the same window. */
main(async () => {
  const results = longTranscriptBody({ hours: 10, words: 100_000, utterances: 9_000, speakers: 4 });
  const stage = await Stage.start('bench-long-note', { service: { results } });
  try {
    const folder = await stage.folder();
    await addRecording(folder, 'conference.mp3');
    await addText(folder, 'empty.md', '');
    const workbench = await stage.open(folder);
    await workbench.explorer.open('empty.md');
    await workbench.editors.waitForActive('empty.md');
    report('Empty file', await measureEditing(workbench.page));

    await workbench.explorer.choose('Transcribe', 'conference.mp3');
    await workbench.notifications.waitFor(/Transcribing/);
    await workbench.notifications.waitForNone();
    const finishedMs = performance.now();
    await workbench.editors.waitForActive('conference.transcript.md');
    console.log(
      `The note opened ${(performance.now() - finishedMs).toFixed(0)} ms after the progress notification closed`,
    );
    report('Ten hours', await measureEditing(workbench.page));
    return 0;
  } finally {
    await stage.stop();
  }
});
