import { launchBrowser } from '../support/vscode/browser';
import { packageExtension } from '../support/vscode/packageExtension';
import { prepareVscode } from '../support/vscode/prepare';

/** Prepares browser, VS Code and package once, in the process that starts those of the test files. */
export async function mochaGlobalSetup(): Promise<void> {
  // The browser first: a machine may not have one.

  await (await launchBrowser()).close();
  await prepareVscode();
  process.env['STENO_VSIX'] = await packageExtension();
}
