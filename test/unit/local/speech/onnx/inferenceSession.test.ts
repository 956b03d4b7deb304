import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSession } from '../../../../../src/local/speech/onnx/inferenceSession';
import { projectPath } from '../../../../support/projectPath';
import { removeFolder, temporaryFolder } from '../../../../support/vscode/workspace';

describe('createSession', () => {
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

  it('uses the native build if there is one', async () => {
    addNative('exports.InferenceSession = { create: (model, options) => ({ options }) }');
    assert.deepEqual(await createSession(folder, model), {
      options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
    });
  });

  it('uses the WebAssembly build if the native one does not load', async () => {
    addNative("throw new Error('libc.so.6: version not found')");
    const { inputNames } = await createSession(folder, model);
    assert.deepEqual(inputNames, ['input', 'state', 'sr']);
  });
});
