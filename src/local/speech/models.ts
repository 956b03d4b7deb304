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
  const encoder = withOutputs(await readFile(join(models, 'encoder.onnx')), voiceLayers);
  const decoder = withBranchOutputs(await readFile(join(models, 'decoder.onnx')), attentionOutputs);
  const vocabulary = JSON.parse(await readFile(join(models, 'vocabulary.json'), 'utf8')) as string[];
  return {
    voiceActivity: await startModel(runtime, await readFile(join(models, 'voice_activity.onnx'))),
    recogniser: new Recogniser(
      await startModel(runtime, encoder),
      await startModel(runtime, decoder, 'stepwise'),
    ),
    vocabulary: new Vocabulary(vocabulary),
    projection: await readSpeakerProjection(models),
  };
}
