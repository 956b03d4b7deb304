import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { env, InferenceSession } from 'onnxruntime-web';

/**
 * Starts a model on ONNX Runtime. Uses the native build if the extension's package contains one that loads on this system,
 * otherwise the WebAssembly build, which runs on every platform.
 *
 * @param runtimeFolder folder with `ort-wasm-simd-threaded.mjs` and `.wasm`, and possibly the package onnxruntime-node in
 *   `native`; the WebAssembly build is loaded from the folder of a process's first call
 * @param model the content of a model file
 */
export async function createSession(runtimeFolder: string, model: Uint8Array): Promise<InferenceSession> {
  const native = nativeRuntime(join(runtimeFolder, 'native'));
  if (native !== undefined) {
    return native.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  }
  const file = (name: string) => pathToFileURL(join(runtimeFolder, name)).href;
  // A second thread would gain a few tenths in speed for twice the CPU time, and the runtime would start its own workers.
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = {
    mjs: file('ort-wasm-simd-threaded.mjs'),
    wasm: file('ort-wasm-simd-threaded.wasm'),
  };
  return InferenceSession.create(model, { executionProviders: ['wasm'] });
}

/** The part of the interface that both builds share. */
interface Runtime {
  readonly InferenceSession: typeof InferenceSession;
}

/** Undefined if the package has no native build, or if the system is too old for it or has another architecture. */
function nativeRuntime(folder: string): Runtime | undefined {
  try {
    return createRequire(join(folder, 'package.json'))('./dist/index.js') as Runtime;
  } catch {
    return undefined;
  }
}
