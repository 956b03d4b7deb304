import { createWriteStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser';
import type { HostSuite } from './suite';
import { startVscodeServer, type VscodeServer } from './server';

const suiteTimeoutMs = 10 * 60_000;

/** Runs a suite in the extension host of a VS Code server, with a browser as its window; resolves with the exit code. */
export async function runOnServer(suite: HostSuite): Promise<number> {
  const server = await startVscodeServer({ env: suite.env, testDriver: true, logName: 'host-suite' });
  try {
    const browser = await launchBrowser();
    try {
      return await runInWindow(await browser.newPage(), suite, server);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

async function runInWindow(page: Page, suite: HostSuite, server: VscodeServer): Promise<number> {
  const log = createWriteStream(server.logFile, { flags: 'a' });
  let timer: NodeJS.Timeout | undefined;
  const exitCode = new Promise<number>((resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The suite did not end; see ${server.logFile}`)),
      suiteTimeoutMs,
    );
    page.once('crash', () => reject(new Error('The browser window crashed.')));
    // The workbench finds these two by name: so it hands out its console and the end of the suite.
    const onLog = (type: string, parts: unknown[]) => log.write(`[window ${type}] ${format(...parts)}\n`);
    void page.exposeFunction('codeAutomationLog', onLog);
    void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  });
  try {
    await page.goto(windowUrl(suite, server));
    return await exitCode;
  } finally {
    clearTimeout(timer);
    log.end();
  }
}

function windowUrl(suite: HostSuite, server: VscodeServer): string {
  // The authority is the address that the browser uses.
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${pathToFileURL(path).pathname}`;
  const payload = [
    ['extensionDevelopmentPath', remote(suite.extensionDevelopmentPath)],
    ['extensionTestsPath', remote(suite.extensionTestsPath)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ folder: suite.workspace, payload: JSON.stringify(payload) });
  return `${server.url}/?${query.toString()}`;
}
