import type { SpeakerProjection } from './speakerProjection';
import { VoiceWindowList } from './voiceWindows';

/** Length of an encoder frame: 384 samples at 16 kHz. */
const frameSeconds = 0.024;

/** How windows are laid over speech, in encoder frames. */
export interface WindowLayout {
  /** Length of a window. */
  readonly frames: number;
  /** Distance from the start of one window to the start of the next. */
  readonly stepFrames: number;
}

/** Windows of 1.6 s every 0.4 s: they contain enough sounds to tell voices apart. */
export const longWindowLayout: WindowLayout = { frames: 66, stepFrames: 16 };
/**
 * Windows of 0.8 s every 0.2 s: each tells less, but they do not blur short answers. In dialogues between two flite voices
 * with turns as short as one word, 7 of 183 words got the wrong speaker with these windows, and 18 with long ones.
 */
export const shortWindowLayout: WindowLayout = { frames: 33, stepFrames: 8 };

/** Less than 0.2 s of speech tells nothing about a voice. */
const minFrames = 8;

/** Where a part of a chunk lies in the encoder's output. */
export interface EncodedPart {
  /** Index of its first frame. */
  readonly firstFrame: number;
  /** Number of frames. */
  readonly frames: number;
  /** Start in the recording. */
  readonly startSeconds: number;
}

/** Collects voice windows while a recording is recognised. */
export class VoiceWindowCollector {
  readonly projection: SpeakerProjection;
  /** Long windows, to find the voices. */
  readonly long: VoiceWindowList;
  /** Short windows, to find out who speaks when. */
  readonly short: VoiceWindowList;

  constructor(projection: SpeakerProjection) {
    this.projection = projection;
    this.long = new VoiceWindowList(projection.dimensions);
    this.short = new VoiceWindowList(projection.dimensions);
  }

  /**
   * Adds the windows of a chunk. No window crosses the end of a part, because the speaker may change there.
   *
   * @param layers outputs of the encoder layers that the projection was made for, each frame by frame
   * @param frames number of frames in each layer
   */
  add(layers: readonly Float32Array[], frames: number, parts: readonly EncodedPart[]): void {
    for (const part of parts) {
      for (const [list, layout] of [
        [this.long, longWindowLayout],
        [this.short, shortWindowLayout],
      ] as const) {
        for (const [from, to] of windowSpans(Math.min(part.frames, frames - part.firstFrame), layout)) {
          list.push({
            startSeconds: part.startSeconds + from * frameSeconds,
            endSeconds: part.startSeconds + to * frameSeconds,
            embedding: embed(layers, frames, part.firstFrame + from, part.firstFrame + to, this.projection),
          });
        }
      }
    }
  }
}

/**
 * Lays windows over a number of frames. The last window ends with the last frame; fewer frames than one window get a
 * single, shorter window.
 *
 * @returns for each window its first frame and the frame after its last
 */
export function windowSpans(
  frames: number,
  layout: WindowLayout,
): readonly (readonly [from: number, to: number])[] {
  if (frames < minFrames) {
    return [];
  }
  if (frames <= layout.frames) {
    return [[0, frames]];
  }
  const spans: [number, number][] = [];
  for (let from = 0; from + layout.frames < frames; from += layout.stepFrames) {
    spans.push([from, from + layout.frames]);
  }
  spans.push([frames - layout.frames, frames]);
  return spans;
}

/** Projects the mean and the standard deviation of each channel over some frames to an embedding. */
function embed(
  layers: readonly Float32Array[],
  frames: number,
  from: number,
  to: number,
  { dimensions, weights }: SpeakerProjection,
): Float32Array {
  const embedding = new Float32Array(dimensions);
  let feature = 0;
  const project = (value: number): void => {
    const row = feature++ * dimensions;
    for (let k = 0; k < dimensions; k++) {
      embedding[k] = (embedding[k] ?? 0) + value * (weights[row + k] ?? 0);
    }
  };
  for (const layer of layers) {
    const channels = layer.length / frames;
    for (let channel = 0; channel < channels; channel++) {
      const { mean, deviation } = pool(layer, channels, channel, from, to);
      project(mean);
      project(deviation);
    }
  }
  return embedding;
}

/** Mean and standard deviation of one channel over some frames. */
function pool(
  layer: Float32Array,
  channels: number,
  channel: number,
  from: number,
  to: number,
): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (let frame = from; frame < to; frame++) {
    const value = layer[frame * channels + channel] ?? 0;
    sum += value;
    squares += value * value;
  }
  const mean = sum / (to - from);
  return { mean, deviation: Math.sqrt(Math.max(0, squares / (to - from) - mean * mean)) };
}
