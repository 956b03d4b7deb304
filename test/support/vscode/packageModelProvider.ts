import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { fixturePath } from '../fixtures';
import { temporaryFolder } from './workspace';

/** An extension that brings a language model into VS Code; returns the path of its package. */
export async function packageModelProvider(): Promise<string> {
  const packagePath = join(await temporaryFolder('provider'), 'model-provider.vsix');
  await createVSIX({
    cwd: fixturePath('model-provider'),
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}
