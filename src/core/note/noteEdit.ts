import type { Span } from '../span';

/** A piece of a note that is written anew: all between the two offsets, or nothing, where something is only added. */
export interface NoteEdit extends Span {
  readonly text: string;
}

/** What makes the next line the first one after an empty line. */
export function gapAfter(before: string): string {
  if (before === '' || /(?:^|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)$/.test(before)) {
    return '';
  }
  return /[\r\n]$/.test(before) ? '\n' : '\n\n';
}
