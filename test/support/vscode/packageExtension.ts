import { join, resolve } from 'node:path';
import { projectRoot } from './paths';
import { run } from './processes';

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
  await run(process.execPath, ['scripts/package.mjs'], { cwd: projectRoot });
  return join(projectRoot, 'dist/steno.vsix');
}
