/** What the media program is asked to do, one order at a time. */
export type MediaOrder =
  | { readonly kind: 'duration'; readonly path: string }
  /** The target is an empty file that exists already. */
  | { readonly kind: 'extractSound'; readonly source: string; readonly target: string };

/** What the media program answers. Each answer but `progress` ends the order. */
export type MediaReport =
  | { readonly kind: 'duration'; readonly seconds: number | null }
  /** How much of the sound has been written, from 0 to 1. */
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'sound'; readonly sound: ExtractedSound }
  /** The sound cannot be copied, so the recording has to be sent as it is. The reason is for the log. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The sound of a video that was copied into a separate file. */
export interface ExtractedSound {
  readonly bytes: number;
  /** The number of the sound track that was copied, from 1. */
  readonly track: number;
  /** How many sound tracks the video has. */
  readonly tracks: number;
}
