// Copies the assets of the speech server to dist/local: its models, their vocabulary and their runtime. Most of them come from
// npm packages. Each file must have the hash that it had when it was tested.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const root = join(__dirname, '..');
const folder = join(root, 'dist', 'local');

const packaged = (path) => () => readFileSync(join(root, 'node_modules', path));
const committed = (path) => () => readFileSync(join(root, path));

/** The texts of the tokens by their numbers, as JSON. Leaves out the encoder, the merges and the self-tests of the package. */
function vocabulary() {
  const { default: tokenizer } = require('llama-tokenizer-js');
  return JSON.stringify(tokenizer.vocabById);
}

const moonshine = '@moonshine-ai/moonshine-js/dist/model/tiny/quantized';

/** `path` is the place in dist/local, `notice` the heading in THIRD-PARTY-NOTICES.md. */
const assets = [
  {
    path: 'models/encoder.onnx',
    notice: 'Moonshine',
    bytes: 7_937_661,
    sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
    read: packaged(`${moonshine}/encoder_model.onnx`),
  },
  {
    path: 'models/decoder.onnx',
    notice: 'Moonshine',
    bytes: 20_243_286,
    sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
    read: packaged(`${moonshine}/decoder_model_merged.onnx`),
  },
  {
    path: 'models/voice_activity.onnx',
    notice: 'Silero VAD',
    bytes: 2_327_524,
    sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
    read: packaged('@ricky0123/vad-web/dist/silero_vad_v6.onnx'),
  },
  {
    path: 'models/vocabulary.json',
    notice: 'llama-tokenizer-js',
    bytes: 307_260,
    sha256: '608ca83fc874507e0ff72d0505dc39d9cc95b100e0ce979dbc1625aedd94b532',
    read: vocabulary,
  },
  {
    path: 'models/speaker_lda.f32',
    notice: 'LibriSpeech',
    bytes: 147_584,
    sha256: 'ec0ff9d07bfcfe6b6f07f7606641b3d2da0b3836e52da829bced0b22dfb74949',
    read: committed('models/speaker-projection/speaker_lda.f32'),
  },
  {
    path: 'models/speaker_lda.json',
    notice: 'LibriSpeech',
    bytes: 301,
    sha256: '82bd14de61def2ab35da0099ac21fca1205d2f6f68636475c4e3927489d0d9c0',
    read: committed('models/speaker-projection/speaker_lda.json'),
  },
  {
    path: 'onnx/ort-wasm-simd-threaded.mjs',
    notice: 'ONNX Runtime',
    bytes: 24_381,
    sha256: 'e13f7f94fc51b4ca72b12faeb1ee95f4ace6dfbc8939bc718aabdc0a27c4299b',
    read: packaged('onnxruntime-web/dist/ort-wasm-simd-threaded.mjs'),
  },
  {
    path: 'onnx/ort-wasm-simd-threaded.wasm',
    notice: 'ONNX Runtime',
    bytes: 14_239_897,
    sha256: '3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2',
    read: packaged('onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'),
  },
];

const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

function isInPlace(asset) {
  try {
    return hashOf(readFileSync(join(folder, asset.path))) === asset.sha256;
  } catch {
    return false;
  }
}

function copy(asset) {
  const bytes = asset.read();
  if (hashOf(bytes) !== asset.sha256) {
    throw new Error(`${asset.path} is not the file that was tested: its hash is ${hashOf(bytes)}.`);
  }
  const target = join(folder, asset.path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
}

/** Copies the assets that are missing or different. Takes a tenth of a second if there are none. */
function copyLocalAssets() {
  // The native runtime belongs only to the packages of single platforms.
  rmSync(join(folder, 'onnx', 'native'), { recursive: true, force: true });
  assets.filter((asset) => !isInPlace(asset)).forEach(copy);
}

module.exports = { assets, folder, copyLocalAssets };

if (require.main === module) {
  copyLocalAssets();
}
