import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { env, InferenceSession } from 'onnxruntime-web';

/**
 * Starts a model on ONNX Runtime: on its native build where the extension's package has one that works here, and on its
 * WebAssembly build, which is the same for every platform, otherwise.
 *
 * @param runtimeFolder holds `ort-wasm-simd-threaded.mjs` and `.wasm`, and perhaps the package onnxruntime-node in
 *   `native`; only the first call of a process counts
 */
export async function startModel(runtimeFolder: string, model: Uint8Array): Promise<InferenceSession> {
  const native = nativeRuntime(join(runtimeFolder, 'native'));
  if (native !== undefined) {
    return native.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  }
  const file = (name: string) => pathToFileURL(join(runtimeFolder, name)).href;
  // A second thread makes it some tenths faster at twice the work, and would need workers of the runtime's own.
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = {
    mjs: file('ort-wasm-simd-threaded.mjs'),
    wasm: file('ort-wasm-simd-threaded.wasm'),
  };
  return InferenceSession.create(model, { executionProviders: ['wasm'] });
}

/** Both builds have one interface. */
interface Runtime {
  readonly InferenceSession: typeof InferenceSession;
}

/** Undefined also where the system is too old for it, or another one than the package was made for. */
function nativeRuntime(folder: string): Runtime | undefined {
  try {
    return createRequire(join(folder, 'package.json'))('./dist/index.js') as Runtime;
  } catch {
    return undefined;
  }
}
