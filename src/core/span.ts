/** A stretch of a text, by the offsets of its ends. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
