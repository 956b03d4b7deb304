/** What the media program is told to do; it does one thing after the other. */
export type MediaOrder =
  | { readonly kind: 'duration'; readonly path: string }
  /** The target exists already, and is empty. */
  | { readonly kind: 'extractSound'; readonly source: string; readonly target: string };

/** What the media program says. An order ends with any of these but `progress`. */
export type MediaReport =
  | { readonly kind: 'duration'; readonly seconds: number | null }
  /** How much of the sound is written, from 0 to 1. */
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'sound'; readonly sound: ExtractedSound }
  /** The recording has to be sent as it is; the reason is for the log. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The sound of a video, copied into a file of its own. */
export interface ExtractedSound {
  readonly bytes: number;
  /** Which of the sound tracks it is, from 1. */
  readonly track: number;
  /** How many there are. */
  readonly tracks: number;
}
