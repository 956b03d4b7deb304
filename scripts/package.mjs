// Packages the extension, and holds what went in against scripts/vsix-files.txt and its size against the limit.
import { readFileSync, statSync } from 'node:fs';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const vsix = 'dist/steno.vsix';
const largestBytes = 60_000_000;

const expected = readFileSync(new URL('vsix-files.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const found = await listFiles({ packageManager: PackageManager.None });
const surprises = [
  ...found.filter((file) => !expected.includes(file)).map((file) => `unexpected: ${file}`),
  ...expected.filter((file) => !found.includes(file)).map((file) => `missing: ${file}`),
];
if (surprises.length > 0) {
  console.error(`The VSIX is not what scripts/vsix-files.txt says:\n${surprises.join('\n')}`);
  process.exit(1);
}

await createVSIX({
  packagePath: vsix,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
const { size } = statSync(vsix);
console.log(`${vsix}: ${found.length} files, ${(size / 1e6).toFixed(1)} MB (limit ${largestBytes / 1e6} MB)`);
if (size > largestBytes) {
  console.error('The VSIX is too large.');
  process.exit(1);
}
