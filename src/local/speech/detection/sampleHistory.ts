/** The latest part of a sound, addressed by positions in the whole of it. */
export class SampleHistory {
  private kept = new Float32Array(0);
  private keptFrom = 0;

  /** Position after the last sample. */
  get end(): number {
    return this.keptFrom + this.kept.length;
  }

  /** Adds a block and lets go of all that lies before a position. */
  add(block: Float32Array, forgetBefore: number): void {
    const kept = this.slice(forgetBefore, this.end);
    const end = this.end;
    this.kept = new Float32Array(kept.length + block.length);
    this.kept.set(kept);
    this.kept.set(block, kept.length);
    this.keptFrom = end - kept.length;
  }

  /** A copy of the samples between two positions, as far as they are kept. */
  slice(from: number, to: number): Float32Array {
    return this.kept.slice(Math.max(0, from - this.keptFrom), Math.max(0, to - this.keptFrom));
  }
}
