/** A stretch of speech and the embedding of its voice. */
export interface VoiceWindow {
  /** Start in the recording. */
  readonly startSeconds: number;
  /** End in the recording. */
  readonly endSeconds: number;
  /** One value for each dimension of the speaker projection. */
  readonly embedding: Float32Array;
}

/** Windows in the order in which they start: an array or a `VoiceWindowList`. */
export interface VoiceWindows extends Iterable<VoiceWindow> {
  readonly length: number;
  at(index: number): VoiceWindow | undefined;
}

const initialCapacity = 1024;

/**
 * A growing list of windows, kept in two long arrays. The 270 000 windows of ten hours take 40 MB this way, and more than
 * twice as much as separate objects.
 */
export class VoiceWindowList implements VoiceWindows {
  private count = 0;
  /** Start and end of each window in turn, in seconds. */
  private times = new Float64Array(2 * initialCapacity);
  private embeddings: Float32Array;

  /** @param dimensions of an embedding */
  constructor(private readonly dimensions: number) {
    this.embeddings = new Float32Array(dimensions * initialCapacity);
  }

  get length(): number {
    return this.count;
  }

  /** Adds a copy of a window. */
  push({ startSeconds, endSeconds, embedding }: VoiceWindow): void {
    if (2 * this.count === this.times.length) {
      this.grow();
    }
    this.times.set([startSeconds, endSeconds], 2 * this.count);
    this.embeddings.set(embedding, this.dimensions * this.count);
    this.count++;
  }

  /** A window whose embedding is a view, not a copy. A negative index counts from the end. */
  at(index: number): VoiceWindow | undefined {
    const place = index < 0 ? this.count + index : index;
    if (place < 0 || place >= this.count) {
      return undefined;
    }
    const from = this.dimensions * place;
    return {
      startSeconds: this.times[2 * place] ?? 0,
      endSeconds: this.times[2 * place + 1] ?? 0,
      embedding: this.embeddings.subarray(from, from + this.dimensions),
    };
  }

  /** Copies the list and multiplies all embeddings by a factor. */
  scaled(factor: number): VoiceWindowList {
    const list = new VoiceWindowList(this.dimensions);
    list.count = this.count;
    list.times = this.times.slice();
    list.embeddings = this.embeddings.map((value) => value * factor);
    return list;
  }

  *[Symbol.iterator](): Iterator<VoiceWindow> {
    for (let index = 0; index < this.count; index++) {
      const window = this.at(index);
      if (window) {
        yield window;
      }
    }
  }

  private grow(): void {
    const times = new Float64Array(2 * this.times.length);
    times.set(this.times);
    this.times = times;
    const embeddings = new Float32Array(2 * this.embeddings.length);
    embeddings.set(this.embeddings);
    this.embeddings = embeddings;
  }
}
