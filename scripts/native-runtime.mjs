// Copies ONNX Runtime's native build for one platform to dist/local, where the speech server prefers it to the WebAssembly
// build. It is about twice as fast and takes tens of megabytes. `npm run build` removes it again.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackPackage } from '../out/test/support/vscode/npmPackage.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'dist', 'local', 'onnx', 'native');

/** Keep its version equal to that of onnxruntime-web in the devDependencies. */
const runtime = {
  name: 'onnxruntime-node',
  version: '1.30.0',
  integrity:
    'sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==',
};

/** @param target `<platform>-<architecture>` as vsce names it, for example linux-x64 */
export async function copyNativeRuntime(target) {
  const binaries = join('bin', 'napi-v6', ...target.split('-'));
  const unpacked = await mkdtemp(join(tmpdir(), 'steno-onnx-'));
  try {
    await unpackPackage(runtime, unpacked);
    if (!existsSync(join(unpacked, binaries))) {
      throw new Error(
        `${runtime.name} has no build for ${target}. Use the package for every platform there.`,
      );
    }
    rmSync(folder, { recursive: true, force: true });
    const common = join(folder, 'node_modules', 'onnxruntime-common');
    mkdirSync(common, { recursive: true });
    for (const part of ['package.json', 'dist', binaries]) {
      cpSync(join(unpacked, part), join(folder, part), { recursive: true, filter: isNeeded });
    }
    cpSync(join(root, 'node_modules', 'onnxruntime-common', 'dist', 'cjs'), common, {
      recursive: true,
      filter: isNeeded,
    });
    writeFileSync(join(common, 'package.json'), '{ "main": "index.js" }\n');
  } finally {
    rmSync(unpacked, { recursive: true });
  }
}

/**
 * Leaves out the libraries for graphics cards: they have licence terms of their own, and onnxruntime.dll loads them only to
 * use a graphics card. Also leaves out the second copy of the macOS library, named by its full version, which nothing loads.
 */
function isNeeded(path) {
  return !/\.(map|ts)$|(DirectML|dxcompiler|dxil)\.dll$|\.\d+\.\d+\.\d+\.dylib$/.test(path);
}
