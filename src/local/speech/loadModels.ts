import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-web';
import { withBranchOutputs, withOutputs } from './onnx/graphOutputs';
import { startModel } from './onnx/runtime';
import { Recogniser, voiceLayers } from './recognition/recogniser';
import { attentionOutputs } from './recognition/tokenDecoder';
import { Vocabulary } from './recognition/vocabulary';
import { readSpeakerProjection, type SpeakerProjection } from './speakers/projection';

/** What is loaded once and then used for one sound after the other. */
export interface SpeechModels {
  readonly voiceActivity: InferenceSession;
  readonly recogniser: Recogniser;
  readonly vocabulary: Vocabulary;
  readonly projection: SpeakerProjection;
}

/** @param assetsFolder as `scripts/local-assets.js` lays it: `models` and `onnx` */
export async function loadSpeechModels(assetsFolder: string): Promise<SpeechModels> {
  const models = join(assetsFolder, 'models');
  const runtime = join(assetsFolder, 'onnx');
  const start = async (name: string, change = (model: Uint8Array) => model) =>
    startModel(runtime, change(await readFile(join(models, name))));
  // The largest first: what its start takes for a while, the others use again.
  const decoder = await start('decoder.onnx', (model) => withBranchOutputs(model, attentionOutputs));
  const encoder = await start('encoder.onnx', (model) => withOutputs(model, voiceLayers));
  const voiceActivity = await start('voice_activity.onnx');
  const vocabulary = JSON.parse(await readFile(join(models, 'vocabulary.json'), 'utf8')) as string[];
  return {
    voiceActivity,
    recogniser: new Recogniser(encoder, decoder),
    vocabulary: new Vocabulary(vocabulary),
    projection: await readSpeakerProjection(models),
  };
}
