import { join, resolve } from 'node:path';
import { projectRoot } from './paths';
import { run } from './processes';
import { temporaryFolder } from './workspace';

let packaged: Promise<string> | undefined;

/** The extension as users install it, packaged once per process; STENO_VSIX names one that exists already. */
export function packageExtension(): Promise<string> {
  packaged ??= makePackage();
  return packaged;
}

async function makePackage(): Promise<string> {
  const given = process.env['STENO_VSIX'];
  if (given !== undefined && given !== '') {
    return resolve(given);
  }
  console.log('Packaging the extension …');
  // Not where another process puts its own, perhaps while this one is being installed.
  const vsix = join(await temporaryFolder('vsix'), 'steno.vsix');
  await run(process.execPath, ['scripts/package.mjs', '--out', vsix], { cwd: projectRoot });
  return vsix;
}
