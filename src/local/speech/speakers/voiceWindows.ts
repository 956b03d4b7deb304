import type { SpeakerProjection } from './projection';
import { WindowList } from './windowList';

/** Seconds that one frame of the encoder stands for: 384 samples at 16 kHz. */
const frameSeconds = 0.024;
/** How long windows are and how far apart they begin, in frames. */
export interface WindowLengths {
  readonly window: number;
  readonly step: number;
}
/** 1.6 s every 0.4 s: enough sounds to tell voices apart. */
export const longWindows: WindowLengths = { window: 66, step: 16 };
/**
 * 0.8 s every 0.2 s: each less sure, but they do not blur short answers. In dialogues of two voices of flite with turns down
 * to one word, 7 of 183 words go to the wrong speaker with these, and 18 with long windows.
 */
export const shortWindows: WindowLengths = { window: 33, step: 8 };
/** Less than 0.2 s of speech says nothing about a voice. */
const fewestFrames = 8;

/** Speech without a longer pause, as it lies in what went through the encoder at once. */
export interface SpeechPart {
  /** First frame of the encoder's output. */
  readonly atFrame: number;
  readonly frames: number;
  /** Where it begins in the recording. */
  readonly startSeconds: number;
}

/** Collects what is said of the voices while a recording is recognised. */
export class SpeakerWindows {
  readonly projection: SpeakerProjection;
  /** To find the voices. */
  readonly long: WindowList;
  /** To find who speaks when. */
  readonly short: WindowList;

  constructor(projection: SpeakerProjection) {
    this.projection = projection;
    this.long = new WindowList(projection.dimensions);
    this.short = new WindowList(projection.dimensions);
  }

  /**
   * Adds the windows of some speech; no window reaches over the end of a part, where the speaker may change.
   *
   * @param layers outputs of the encoder's layers that the projection was made for, frame by frame
   * @param frames in each layer
   */
  add(layers: readonly Float32Array[], frames: number, parts: readonly SpeechPart[]): void {
    for (const part of parts) {
      for (const [list, lengths] of [
        [this.long, longWindows],
        [this.short, shortWindows],
      ] as const) {
        for (const [from, to] of spans(Math.min(part.frames, frames - part.atFrame), lengths)) {
          list.push({
            startSeconds: part.startSeconds + from * frameSeconds,
            endSeconds: part.startSeconds + to * frameSeconds,
            embedding: embed(layers, frames, part.atFrame + from, part.atFrame + to, this.projection),
          });
        }
      }
    }
  }
}

/** First and last frame of the windows over so many frames; the last window ends with the last frame. */
export function spans(
  frames: number,
  { window, step }: WindowLengths,
): readonly (readonly [number, number])[] {
  if (frames < fewestFrames) {
    return [];
  }
  if (frames <= window) {
    return [[0, frames]];
  }
  const found: [number, number][] = [];
  for (let from = 0; from + window < frames; from += step) {
    found.push([from, from + window]);
  }
  found.push([frames - window, frames]);
  return found;
}

/** Mean and deviation over the frames of each channel, projected. */
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
