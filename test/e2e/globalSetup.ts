import { launchBrowser } from '../support/vscode/browser';
import { packageExtension } from '../support/vscode/packageExtension';
import { prepareVscode } from '../support/vscode/prepare';

/** Before all files, in the one process that starts the others: they find the package, a browser and a VS Code. */
export async function mochaGlobalSetup(): Promise<void> {
  // The browser first: it is what a machine may not have.
  await (await launchBrowser()).close();
  await prepareVscode();
  process.env['STENO_VSIX'] = await packageExtension();
}
