import type { Span } from '../span';

/** An edit of a note: the text between two offsets is replaced. Where they are equal, text is only inserted. */
export interface NoteEdit extends Span {
  /** The new text. */
  readonly text: string;
}

/** The line ends to add after a text so that a blank line follows it; '' where it is empty or ends in one. */
export function gapAfter(before: string): string {
  if (before === '' || /(?:^|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)$/.test(before)) {
    return '';
  }
  return /[\r\n]$/.test(before) ? '\n' : '\n\n';
}
