import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startModel } from '../../../../../src/local/speech/onnx/runtime';
import { projectPath } from '../../../../support/projectPath';
import { removeFolder, temporaryFolder } from '../../../../support/vscode/workspace';

describe('the runtime of the models', () => {
  const model = readFileSync(projectPath('dist', 'local', 'models', 'voice_activity.onnx'));
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder('runtime');
    cpSync(projectPath('dist', 'local', 'onnx'), folder, { recursive: true });
  });
  afterEach(() => removeFolder(folder));

  function addNative(code: string): void {
    mkdirSync(join(folder, 'native', 'dist'), { recursive: true });
    writeFileSync(join(folder, 'native', 'dist', 'index.js'), code);
  }

  it('is the native build where there is one', async () => {
    addNative('exports.InferenceSession = { create: (model, options) => ({ options }) }');
    assert.deepEqual(await startModel(folder, model), {
      options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
    });
  });

  it('is the WebAssembly build where the native one does not load', async () => {
    addNative("throw new Error('libc.so.6: version not found')");
    const { inputNames } = await startModel(folder, model);
    assert.deepEqual(inputNames, ['input', 'state', 'sr']);
  });
});
