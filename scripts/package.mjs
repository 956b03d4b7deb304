// Packages the extension. Fails if its files differ from scripts/vsix-files.txt or if it is too large.
// `--target linux-x64` makes the package for one platform, with the native runtime of the models; `--out` sets the path of
// the package.
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const { target, out } = parseArgs({
  options: { target: { type: 'string' }, out: { type: 'string' } },
}).values;
const vsix = out ?? (target === undefined ? 'dist/steno.vsix' : `dist/steno-${target}.vsix`);
const largestBytes = 60_000_000;

if (target !== undefined) {
  const { copyNativeRuntime } = await import('./native-runtime.mjs');
  await copyNativeRuntime(target);
}

const isOfTarget = (file) => target !== undefined && file.startsWith('dist/local/onnx/native/');
const expected = readFileSync(new URL('vsix-files.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const found = await listFiles({ packageManager: PackageManager.None });
const differences = [
  ...found
    .filter((file) => !expected.includes(file) && !isOfTarget(file))
    .map((file) => `unexpected: ${file}`),
  ...expected.filter((file) => !found.includes(file)).map((file) => `missing: ${file}`),
];
if (differences.length > 0) {
  console.error(`The files of the VSIX differ from scripts/vsix-files.txt:\n${differences.join('\n')}`);
  process.exit(1);
}

await createVSIX({
  packagePath: vsix,
  ...(target === undefined ? {} : { target }),
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
