import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-web';
import { parseJson } from '../../core/parseJson';
import { modelBytes, readBytes, readText } from '../../node/readFiles';
import { addBranchOutputs, addOutputs } from './onnx/graphOutputs';
import { createSession } from './onnx/inferenceSession';
import { readSpeakerProjection, type SpeakerProjection } from './speakers/speakerProjection';
import { Moonshine, voiceLayers } from './tokens/moonshine';
import { attentionOutputs } from './tokens/tokenDecoder';
import { Vocabulary } from './tokens/vocabulary';

/** The models, loaded once and then used for one sound after another. */
export interface SpeechModels {
  readonly voiceActivity: InferenceSession;
  readonly moonshine: Pick<Moonshine, 'recognise'>;
  readonly vocabulary: Vocabulary;
  readonly projection: SpeakerProjection;
}

/**
 * Loads all models.
 *
 * @param assetsFolder where `scripts/local-assets.js` puts the folders `models` and `onnx`
 */
export async function loadSpeechModels(assetsFolder: string): Promise<SpeechModels> {
  const models = join(assetsFolder, 'models');
  const runtime = join(assetsFolder, 'onnx');
  const start = async (name: string, change = (model: Uint8Array) => model) =>
    createSession(runtime, change(await readBytes(join(models, name), modelBytes)));
  // Largest first: the other models reuse the memory that loading it needed for a while.
  const decoder = await start('decoder.onnx', (model) => addBranchOutputs(model, attentionOutputs));
  const encoder = await start('encoder.onnx', (model) => addOutputs(model, voiceLayers));
  const voiceActivity = await start('voice_activity.onnx');
  const vocabulary = parseJson(await readText(join(models, 'vocabulary.json'), modelBytes)) as string[];
  return {
    voiceActivity,
    moonshine: new Moonshine(encoder, decoder),
    vocabulary: new Vocabulary(vocabulary),
    projection: await readSpeakerProjection(models),
  };
}
