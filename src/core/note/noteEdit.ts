import type { Span } from '../span';
import { trimmedEnd } from '../text';

/** An edit of a note: the text between two offsets is replaced. Where they are equal, text is only inserted. */
export interface NoteEdit extends Span {
  /** The new text. */
  readonly text: string;
}

/** The line ends to add after a text so that a blank line follows it; '' where it is empty or ends in one. */
export function gapAfter(before: string): string {
  const end = /(?:\r\n|\n|\r)$/.exec(before.slice(-2))?.[0] ?? '';
  const lastLine = trimmedEnd(before.slice(0, before.length - end.length), /[ \t]/).slice(-1);
  const isBlank = lastLine === '' || lastLine === '\n' || lastLine === '\r';
  if (before === '' || (end !== '' && isBlank)) {
    return '';
  }
  return end === '' ? '\n\n' : '\n';
}
