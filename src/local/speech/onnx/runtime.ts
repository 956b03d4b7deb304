import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { env, InferenceSession } from 'onnxruntime-web';

/** What makes a model faster that is run again and again for little: 7.6 ms for a token instead of 9.3, for 60 MB more. */
const forSmallSteps: InferenceSession.SessionOptions = {
  extra: {
    session: {
      // Its weights are turned into floats once and not at each step …
      disable_quant_qdq: '1',
      // … and not copied into an order that only pays for many rows.
      disable_prepacking: '1',
    },
  },
};

/**
 * Starts a model on ONNX Runtime: on its native build where the extension's package is one for a platform, and on its
 * WebAssembly build, which is the same for every platform, otherwise.
 *
 * @param runtimeFolder holds `ort-wasm-simd-threaded.mjs` and `.wasm`, and perhaps the package onnxruntime-node in
 *   `native`; only the first call of a process counts
 * @param kind `stepwise`: run for every token
 */
export async function startModel(
  runtimeFolder: string,
  model: Uint8Array,
  kind: 'whole' | 'stepwise' = 'whole',
): Promise<InferenceSession> {
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
  return InferenceSession.create(model, {
    executionProviders: ['wasm'],
    ...(kind === 'stepwise' ? forSmallSteps : {}),
  });
}

/** Both builds have one interface. */
type Runtime = Pick<typeof import('onnxruntime-web'), 'InferenceSession'>;

function nativeRuntime(folder: string): Runtime | undefined {
  return existsSync(folder)
    ? (createRequire(join(folder, 'package.json'))('./dist/index.js') as Runtime)
    : undefined;
}
