/** A part of a text or of a list, by its start and end. */
export interface Span {
  /** Offset at which it begins. */
  readonly start: number;
  /** Offset at which it ends. */
  readonly end: number;
}
