import { sampleRate } from '../../audio/sound/sound';
import type { RecognisedChannel, RecognisedWord } from '../recognition/recognisedSpeech';
import { Cancelled, type SpeakerCountRange } from '../recognition/recogniser';
import { type Chunk, chunkSamples, samplesPerFrame, splitChunk } from './chunks/chunk';
import { ChunkBuilder } from './chunks/chunkBuilder';
import { normaliseLevel } from './chunks/normaliseLevel';
import { englishConfidence, type ChunkStatistics } from './englishConfidence';
import { assignSpeakers } from './speakers/assignSpeakers';
import { type EncodedPart, VoiceWindowCollector } from './speakers/voiceWindowCollector';
import type { SpeechModels } from './speechModels';
import { utterancesOf } from './utterances/utterances';
import { Segmenter, type SpeechSegment } from './voiceActivity/segmenter';
import { SileroVad } from './voiceActivity/sileroVad';
import { wordsOfChunk } from './words/wordsOfChunk';

/** How to transcribe a sound. */
export interface TranscriptionOptions {
  /** Undefined: do not tell speakers apart. */
  readonly speakers?: SpeakerCountRange | undefined;
  /** Called repeatedly with how much of the sound has been recognised. */
  readonly onProgress: (doneMs: number) => void;
  /** Called between steps of inference, every few hundredths of a second; true ends the work with `Cancelled`. */
  readonly isCancelled: () => boolean;
}

/**
 * Takes one sound through all steps: samples → speech segments (voiceActivity) → chunks → tokens → words → speakers →
 * utterances. Keeps what was recognised, but never more than a minute of the sound itself.
 */
export class Transcription {
  private readonly segmenter: Segmenter;
  private readonly chunkBuilder = new ChunkBuilder();
  private readonly voiceWindows: VoiceWindowCollector | undefined;
  private readonly words: RecognisedWord[] = [];
  private readonly statistics: ChunkStatistics[] = [];

  constructor(
    private readonly models: SpeechModels,
    private readonly options: TranscriptionOptions,
  ) {
    this.segmenter = new Segmenter(new SileroVad(models.voiceActivity));
    this.voiceWindows = options.speakers && new VoiceWindowCollector(models.projection);
  }

  /**
   * Adds the next block of samples and recognises the speech that it completes.
   *
   * @throws Cancelled
   */
  async add(block: Float32Array): Promise<void> {
    if (this.options.isCancelled()) {
      throw new Cancelled();
    }
    await this.recogniseSegments(this.segmenter.add(block));
    this.reportProgress();
  }

  /**
   * Recognises the rest and assigns speakers if the options ask for them.
   *
   * @throws Cancelled
   */
  async finish(): Promise<RecognisedChannel> {
    await this.recogniseSegments(this.segmenter.finish());
    await this.recognise(this.chunkBuilder.finish());
    const durationMs = milliseconds(this.segmenter.end);
    this.options.onProgress(durationMs);
    const { words, voiceWindows, options } = this;
    const recognised = { words, durationMs, englishConfidence: englishConfidence(this.statistics) };
    if (!voiceWindows || !options.speakers) {
      return recognised;
    }
    const attributed = assignSpeakers(voiceWindows, words, options.speakers);
    return { ...recognised, words: attributed, utterances: utterancesOf(attributed) };
  }

  private async recogniseSegments(segments: AsyncIterable<SpeechSegment>): Promise<void> {
    for await (const segment of segments) {
      await this.recognise(this.chunkBuilder.add(segment));
      this.reportProgress();
    }
  }

  private async recognise(chunk: Chunk | undefined, isHalf = false): Promise<void> {
    if (!chunk) {
      return;
    }
    const samples = normaliseLevel(chunkSamples(chunk));
    const recognised = await this.models.moonshine.recognise(samples, this.options.isCancelled);
    const halves = recognised.reachedEnd ? undefined : splitChunk(chunk);
    if (halves) {
      // Shorter chunks usually succeed where a long one failed.
      for (const half of halves) {
        await this.recognise(half, true);
      }
      return;
    }
    const words = wordsOfChunk(chunk, samples, recognised, this.models.vocabulary, this.words.at(-1));
    this.words.push(...words);
    this.statistics.push({
      tokenProbabilities: recognised.probabilities,
      wordCount: words.length,
      seconds: samples.length / sampleRate,
      isWhole: recognised.reachedEnd && !isHalf,
    });
    this.voiceWindows?.add(recognised.layers, recognised.frames, encodedPartsOf(chunk));
  }

  private reportProgress(): void {
    this.options.onProgress(milliseconds(this.chunkBuilder.pendingFrom ?? this.segmenter.settled));
  }
}

function milliseconds(samples: number): number {
  return Math.round((Math.max(0, samples) * 1000) / sampleRate);
}

/** Where the parts of a chunk lie in the encoder's output. */
function encodedPartsOf({ parts }: Chunk): EncodedPart[] {
  return parts.map(({ offset, start, samples }) => ({
    firstFrame: offset / samplesPerFrame,
    frames: Math.floor(samples.length / samplesPerFrame),
    startSeconds: start / sampleRate,
  }));
}
