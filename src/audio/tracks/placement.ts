/**
 * Pieces that lie less than this from where the samples before them end follow on: containers round times, some to
 * milliseconds and worse, and each correction would be heard.
 */
const toleranceSeconds = 0.06;
/** A piece that begins this much before the end of what is there does not overlap: time starts anew. */
const restartSeconds = 1;
/** All silence that is filled in, together: a file that says more is wrong, and would not end for days. */
const mostSilenceSeconds = 10 * 3600;
/** How far a time may lie from the grid of whole packets and still mean a place on it. */
const mostSnapSeconds = 0.005;
/** How often pieces are laid exactly where their times say. */
const spanSeconds = 10;

/** What a placement that begins in the middle has to know of the one that begins at the beginning. */
export interface RowSoFar {
  /** Where the first piece of all lies, in samples. */
  readonly origin: number;
  /** The span, of those into which the row is divided, with whose first piece to begin. */
  readonly span: number;
}

/** @returns the last span that begins at or before that second of the row */
export function spanAt(seconds: number): number {
  return Math.floor(seconds / spanSeconds);
}

/** @returns when a span begins, in seconds of the row */
export function spanStart(span: number): number {
  return span * spanSeconds;
}

/**
 * Decides where pieces lie in a row of samples, by their times: gaps stay open, what is a little early or late follows on,
 * and where times start anew the row goes on.
 *
 * A place must not depend on all that came before, or decoding from the middle would put the same piece elsewhere. So the row
 * is divided into spans of ten seconds, and the first piece in each is laid where its own time says. Times are first rounded
 * to the grid that packets of one length make, from which well-formed files stray only by the rounding of their container:
 * in them, nothing is ever moved. In a file whose times jitter by more, pieces are moved a little every ten seconds.
 */
export class Placement {
  /** Where the first piece lies; undefined before it. */
  origin: number | undefined;
  /** Whether times started anew: then only a placement from the beginning knows where pieces lie. */
  hasRestarted = false;
  /** Where the row ends; undefined before its first piece. */
  private end: number | undefined;
  private span: number;
  private silence = 0;
  /** How much earlier the pieces are laid than they say, since a restart of their times. */
  private shift = 0;

  /**
   * @param grain samples of which pieces usually have whole multiples
   * @param soFar where it does not begin at the beginning; pieces before the first one of that span are not placed
   */
  constructor(
    readonly rate: number,
    private readonly grain: number,
    soFar?: RowSoFar,
  ) {
    this.origin = soFar?.origin;
    this.span = soFar ? soFar.span - 1 : 0;
  }

  /**
   * @param at see `Piece`
   * @param length in samples
   * @returns the place of its first sample in the row, which may lie before 0 or where there is sound already; undefined when
   *   it is not placed
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
      this.origin = Math.min(time ?? 0, mostSilenceSeconds * this.rate);
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
    if (gap < -restartSeconds * rate || gap > mostSilenceSeconds * rate - this.silence) {
      this.shift += time - end;
      this.hasRestarted = true;
      return end;
    }
    if (!this.enterSpan(time) && Math.abs(gap) < toleranceSeconds * rate) {
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
    return Math.abs(onGrid - time) <= mostSnapSeconds * rate ? onGrid : time;
  }
}
