import { markdownPieces } from '../markdown/markdownText';
import { parseTimedLine } from '../markdown/timeLink';

const lines = /[^\r\n]+/g;

/** A target for every reference link: the line is known to begin with a time. */
const anyTarget = (): string => '#t=0';

/** The text of a note's paragraph, and the offsets of its characters in the Markdown. */
export interface PlainText {
  /** The text that `parseNote` reads. */
  readonly text: string;
  /** The offset in the Markdown for each character of the text (UTF-16 unit), and one for its end. */
  readonly offsets: readonly number[];
}

/**
 * The text that a paragraph of a note shows.
 *
 * @param raw its Markdown: a line that begins with a time, and the lines that continue it
 */
export function plainTextOf(raw: string): PlainText {
  let text = '';
  const offsets: number[] = [];
  let end = 0;
  for (const { 0: line, index } of raw.matchAll(lines)) {
    const markdown = index === 0 ? (parseTimedLine(line, anyTarget)?.markdown ?? '') : line.trim();
    let offset = index + line.trimEnd().length - markdown.length;
    if (text !== '' && index > 0) {
      text += ' ';
      offsets.push(end);
    }
    for (const piece of markdownPieces(markdown)) {
      text += piece.text;
      const isPlain = piece.text === piece.markdown;
      // One by one, since a long paragraph has more characters than a call can have arguments.
      for (let at = 0; at < piece.text.length; at++) {
        offsets.push(offset + (isPlain ? at : 0));
      }
      offset += piece.markdown.length;
    }
    end = offset;
  }
  offsets.push(end);
  return { text, offsets };
}
