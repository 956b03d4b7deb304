/**
 * Pieces that lie less than this from where the samples before them end follow on: containers round times, some to
 * milliseconds and worse, and each correction would be heard.
 */
const toleranceSeconds = 0.06;
/** A piece that begins this much before the end of what is there does not overlap: time starts anew. */
const restartSeconds = 1;
/** All silence that is filled in, together: a file that says more is wrong, and would not end for days. */
const maxSilenceSeconds = 10 * 3600;
/** A time that is off the grid of whole packets by no more than this means the place on the grid. */
const maxSnapSeconds = 0.002;
/** The row is divided into spans of this length. */
const spanSeconds = 10;

/** What a placement in the middle has to know of the row before it. */
export interface RowSoFar {
  /** The place of the first piece of the file, in samples. */
  readonly origin: number;
  /** The number of the span whose first piece is the first to be placed. */
  readonly span: number;
}

/** @returns the number of the span in which a second of the row lies */
export function spanAt(seconds: number): number {
  return Math.floor(seconds / spanSeconds);
}

/** @returns when a span begins, in seconds of the row */
export function spanStart(span: number): number {
  return span * spanSeconds;
}

/**
 * Decides where pieces lie in a row of samples, by their times. Gaps stay open. A piece that is a little early or late follows
 * the one before it. Where times start anew, the row goes on.
 *
 * The place of a piece must not depend on everything before it, or decoding from the middle would put it elsewhere. So the row
 * is divided into spans of ten seconds, and the first piece of each is laid where its own time says. That time is rounded to the
 * grid of whole packets first. Containers round times by less than that, so in a well-formed file no piece is ever moved. In a
 * file whose times jitter by more than 2 ms, a piece is moved by that much every ten seconds.
 */
export class Placement {
  /** The place of the first piece; undefined before there is one. */
  origin: number | undefined;
  /** Whether times started anew; if so, only a placement from the beginning of the file is right. */
  hasRestarted = false;
  /** Where the row ends; undefined before its first piece. */
  private end: number | undefined;
  private span: number;
  private silence = 0;
  private readonly maxSilence: number;
  /** How much earlier the pieces are laid than they say, since a restart of their times. */
  private shift = 0;

  /**
   * @param grain see `Track`
   * @param soFar for a placement in the middle, which begins with the first piece of that span
   * @param maxSeconds no more silence than this is filled in, in seconds
   */
  constructor(
    readonly rate: number,
    private readonly grain: number,
    soFar?: RowSoFar,
    maxSeconds = Infinity,
  ) {
    this.maxSilence = Math.min(maxSilenceSeconds, maxSeconds) * rate;
    this.origin = soFar?.origin;
    this.span = soFar ? soFar.span - 1 : 0;
  }

  /**
   * @param at see `Piece`
   * @param length in samples
   * @returns the place of its first sample in the row, which may be negative, or one that an earlier piece has taken; undefined
   *   for a piece before the first span
   */
  place(at: number | undefined, length: number): number | undefined {
    const time = at === undefined ? undefined : Math.round(at * this.rate) - this.shift;
    const start = this.end === undefined ? this.begin(time) : this.goOn(time, this.end);
    if (start !== undefined) {
      this.end = Math.max(this.end ?? start, start + length);
    }
    return start;
  }

  private begin(time: number | undefined): number | undefined {
    if (this.origin === undefined) {
      this.origin = Math.min(time ?? 0, this.maxSilence);
      this.silence = Math.max(0, this.origin);
      this.enterSpan(this.origin);
      return this.origin;
    }
    return time !== undefined && this.enterSpan(time) ? this.snap(time) : undefined;
  }

  private goOn(time: number | undefined, end: number): number {
    if (time === undefined) {
      return end;
    }
    // Before the row there is nothing to keep together, and encoders want their lead-in cut to the sample.
    if (time < 0) {
      return time;
    }
    const { rate } = this;
    const place = this.snap(time);
    const gap = place - end;
    if (gap < -restartSeconds * rate || gap > this.maxSilence - this.silence) {
      this.shift += time - end;
      this.hasRestarted = true;
      return end;
    }
    if (this.enterSpan(time)) {
      // A piece before the span may end later than this one. A placement in the middle does not know it.
      this.end = undefined;
    } else if (Math.abs(gap) < toleranceSeconds * rate) {
      return end;
    }
    this.silence += Math.max(0, gap);
    return place;
  }

  /** @returns whether this is the first piece in a span */
  private enterSpan(time: number): boolean {
    const span = spanAt(time / this.rate);
    const isFirst = span > this.span;
    this.span = Math.max(this.span, span);
    return isFirst;
  }

  private snap(time: number): number {
    const { grain, rate, origin = 0 } = this;
    const onGrid = origin + Math.round((time - origin) / grain) * grain;
    return Math.abs(onGrid - time) <= maxSnapSeconds * rate ? onGrid : time;
  }
}
