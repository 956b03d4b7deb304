/** A stretch of speech and where it lies among all voices. */
export interface SpeakerWindow {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** In the space of the projection. */
  readonly embedding: Float32Array;
}

/** Windows in the order of their beginnings, as an array holds them or as `WindowList` does. */
export interface Windows extends Iterable<SpeakerWindow> {
  readonly length: number;
  at(index: number): SpeakerWindow | undefined;
}

const firstCapacity = 1024;

/**
 * Windows side by side in two long arrays. Ten hours make 270 000 of them, which take 40 MB so, and as objects of their
 * own more than twice as much.
 */
export class WindowList implements Windows {
  private count = 0;
  private times = new Float64Array(2 * firstCapacity);
  private embeddings: Float32Array;

  constructor(private readonly dimensions: number) {
    this.embeddings = new Float32Array(dimensions * firstCapacity);
  }

  get length(): number {
    return this.count;
  }

  /** Adds a copy. */
  push({ startSeconds, endSeconds, embedding }: SpeakerWindow): void {
    if (2 * this.count === this.times.length) {
      this.grow();
    }
    this.times.set([startSeconds, endSeconds], 2 * this.count);
    this.embeddings.set(embedding, this.dimensions * this.count);
    this.count++;
  }

  /** A view, not a copy; counted from the end where the index is negative. */
  at(index: number): SpeakerWindow | undefined {
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

  /** The same windows with their embeddings multiplied. */
  scaled(factor: number): WindowList {
    const list = new WindowList(this.dimensions);
    list.count = this.count;
    list.times = this.times.slice();
    list.embeddings = this.embeddings.map((value) => value * factor);
    return list;
  }

  *[Symbol.iterator](): Iterator<SpeakerWindow> {
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
