/** The most recent samples of a sound, addressed by their positions in the whole sound. */
export class SampleHistory {
  private kept = new Float32Array(0);
  private keptFrom = 0;

  /** Position after the last sample. */
  get end(): number {
    return this.keptFrom + this.kept.length;
  }

  /** Adds a block and drops all samples before the position `forgetBefore`. */
  add(block: Float32Array, forgetBefore: number): void {
    const kept = this.slice(forgetBefore, this.end);
    const end = this.end;
    this.kept = new Float32Array(kept.length + block.length);
    this.kept.set(kept);
    this.kept.set(block, kept.length);
    this.keptFrom = end - kept.length;
  }

  /** Copies the samples between two positions, leaving out those that were dropped. */
  slice(from: number, to: number): Float32Array {
    return this.kept.slice(Math.max(0, from - this.keptFrom), Math.max(0, to - this.keptFrom));
  }
}
