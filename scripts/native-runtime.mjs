// Lays ONNX Runtime's native build for one platform beside the WebAssembly build, which it then replaces: about twice as
// fast, and tens of megabytes. `npm run build` takes it away again.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackPackage } from '../out/test/support/vscode/npmPackage.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'dist', 'local', 'onnx', 'native');

/** Of the same version as the WebAssembly build among the devDependencies. */
const runtime = {
  name: 'onnxruntime-node',
  version: '1.30.0',
  integrity:
    'sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==',
};

/** @param target `<platform>-<architecture>` as vsce names it, such as linux-x64 */
export async function layNativeRuntime(target) {
  const binaries = join('bin', 'napi-v6', ...target.split('-'));
  const unpacked = await mkdtemp(join(tmpdir(), 'steno-onnx-'));
  try {
    await unpackPackage(runtime, unpacked);
    if (!existsSync(join(unpacked, binaries))) {
      throw new Error(
        `${runtime.name} has no build for ${target}: use the package for every platform there.`,
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
 * What is for graphics cards stays out: it is under terms of its own, and onnxruntime.dll asks for it only when it is to use
 * one. So does the copy of the macOS library whose name has the whole version, since nothing links to it.
 */
function isNeeded(path) {
  return !/\.(map|ts)$|(DirectML|dxcompiler|dxil)\.dll$|\.\d+\.\d+\.\d+\.dylib$/.test(path);
}
