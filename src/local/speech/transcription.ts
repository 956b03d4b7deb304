import { sampleRate } from '../../audio/sound/sound';
import { atUsualLevel } from './chunks/level';
import { type Chunk, ChunkPacker, halve, samplesOf, samplesPerFrame } from './chunks/packing';
import { type Segment, SpeechDetector } from './detection/speechDetector';
import { VoiceActivity } from './detection/voiceActivity';
import { englishConfidence, type RecognisedPiece } from './language';
import type { SpeechModels } from './loadModels';
import { assignSpeakers } from './speakers/assignSpeakers';
import { type SpeechPart, SpeakerWindows } from './speakers/voiceWindows';
import { Cancelled, type Speech, type SpeechOptions, type SpokenWord } from './heard/speech';
import { heardWords } from './words/heardWords';

/** The way of one sound through the models; it keeps what was heard, and of the sound itself a minute at the most. */
export class Transcription {
  private readonly detector: SpeechDetector;
  private readonly packer = new ChunkPacker();
  private readonly voices: SpeakerWindows | undefined;
  private readonly words: SpokenWord[] = [];
  private readonly pieces: RecognisedPiece[] = [];

  constructor(
    private readonly models: SpeechModels,
    private readonly options: SpeechOptions,
  ) {
    this.detector = new SpeechDetector(new VoiceActivity(models.voiceActivity));
    this.voices = options.speakers && new SpeakerWindows(models.projection);
  }

  /** @throws Cancelled */
  async add(block: Float32Array): Promise<void> {
    if (this.options.isCancelled()) {
      throw new Cancelled();
    }
    await this.recogniseSegments(this.detector.add(block));
    this.reportProgress();
  }

  /** @throws Cancelled */
  async finish(): Promise<Speech> {
    await this.recogniseSegments(this.detector.finish());
    await this.recognise(this.packer.finish());
    const durationMs = milliseconds(this.detector.end);
    this.options.onProgress(durationMs);
    const { words, voices, options } = this;
    const heard = { words, durationMs, englishConfidence: englishConfidence(this.pieces) };
    return voices && options.speakers
      ? { ...heard, ...assignSpeakers(voices, words, options.speakers) }
      : heard;
  }

  private async recogniseSegments(segments: AsyncIterable<Segment>): Promise<void> {
    for await (const segment of segments) {
      await this.recognise(this.packer.add(segment));
      this.reportProgress();
    }
  }

  private async recognise(chunk: Chunk | undefined, isHalf = false): Promise<void> {
    if (!chunk) {
      return;
    }
    const samples = atUsualLevel(samplesOf(chunk));
    const recognised = await this.models.recogniser.recognise(samples, this.options.isCancelled);
    const halves = recognised.ended ? undefined : halve(chunk);
    if (halves) {
      // What goes wrong in a long chunk mostly goes well in shorter ones.
      for (const half of halves) {
        await this.recognise(half, true);
      }
      return;
    }
    const words = heardWords(chunk, samples, recognised, this.models.vocabulary, this.words.at(-1));
    this.words.push(...words);
    this.pieces.push({
      probabilities: recognised.probabilities,
      words: words.length,
      seconds: samples.length / sampleRate,
      ended: recognised.ended && !isHalf,
    });
    this.voices?.add(recognised.layers, recognised.frames, framesOf(chunk));
  }

  private reportProgress(): void {
    this.options.onProgress(milliseconds(this.packer.waitingFrom ?? this.detector.settled));
  }
}

function milliseconds(samples: number): number {
  return Math.round((Math.max(0, samples) * 1000) / sampleRate);
}

/** Where the parts of a chunk lie in the states of the encoder. */
function framesOf({ parts }: Chunk): SpeechPart[] {
  return parts.map(({ at, start, samples }) => ({
    atFrame: at / samplesPerFrame,
    frames: Math.floor(samples.length / samplesPerFrame),
    startSeconds: start / sampleRate,
  }));
}
