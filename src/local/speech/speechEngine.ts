import type { RecognisedChannel } from '../recognition/recognisedSpeech';
import { loadSpeechModels, type SpeechModels } from './speechModels';
import { Transcription, type TranscriptionOptions } from './transcription';

/** Recognises English speech and tells speakers apart. Transcribe one sound at a time: the models run on one thread. */
export class SpeechEngine {
  private constructor(private readonly models: SpeechModels) {}

  /** @param assetsFolder where `scripts/local-assets.js` puts the folders `models` and `onnx` */
  static async load(assetsFolder: string): Promise<SpeechEngine> {
    return new SpeechEngine(await loadSpeechModels(assetsFolder));
  }

  /**
   * @param samples mono samples at 16 kHz, in blocks of any length; each block is read only when the one before it is
   *   processed
   * @throws Cancelled, or any error thrown while the samples are read
   */
  async transcribe(
    samples: AsyncIterable<Float32Array>,
    options: TranscriptionOptions,
  ): Promise<RecognisedChannel> {
    const transcription = new Transcription(this.models, options);
    for await (const block of samples) {
      await transcription.add(block);
    }
    return transcription.finish();
  }
}
