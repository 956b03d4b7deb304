/** A piece of a note that is written anew: all between the two offsets, or nothing, where something is only added. */
export interface NoteEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
