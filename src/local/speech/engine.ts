import { loadSpeechModels, type SpeechModels } from './loadModels';
import type { Speech, SpeechOptions } from './heard/speech';
import { Transcription } from './transcription';

/** Recognises English speech, and tells speakers apart. One sound at a time: the models work on one thread. */
export class SpeechEngine {
  private constructor(private readonly models: SpeechModels) {}

  /** @param assetsFolder as `scripts/local-assets.js` lays it: `models` and `onnx` */
  static async load(assetsFolder: string): Promise<SpeechEngine> {
    return new SpeechEngine(await loadSpeechModels(assetsFolder));
  }

  /**
   * @param samples at 16 kHz, in blocks of any length; read as fast as they are recognised
   * @throws Cancelled and whatever reading the samples throws
   */
  async transcribe(samples: AsyncIterable<Float32Array>, options: SpeechOptions): Promise<Speech> {
    const transcription = new Transcription(this.models, options);
    for await (const block of samples) {
      await transcription.add(block);
    }
    return transcription.finish();
  }
}
