import { launchBrowser } from '../support/vscode/browser';
import { packageExtension } from '../support/vscode/packageExtension';
import { prepareVscode } from '../support/vscode/prepare';

/** Makes what all suites need before they start, once for the processes that run them side by side. */
export async function mochaGlobalSetup(): Promise<void> {
  // The browser first: it is what a machine may not have.
  await (await launchBrowser()).close();
  await prepareVscode();
  process.env['STENO_VSIX'] = await packageExtension();
}
