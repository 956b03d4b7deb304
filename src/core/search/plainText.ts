import { markdownPieces } from '../markdown/markdownText';
import { parseTimedLine } from '../markdown/timeLink';

const lines = /[^\r\n]+/g;

/** The text of a paragraph of a note, and where it stands in its Markdown. */
export interface PlainText {
  /** As `parseNote` reads it. */
  readonly text: string;
  /** For every character of the text, and for its end, the offset in the Markdown. */
  readonly offsets: readonly number[];
}

/** @param raw what stands in the file: a line with a time, and those after it that go on with it */
export function plainTextOf(raw: string): PlainText {
  let text = '';
  const offsets: number[] = [];
  let end = 0;
  for (const { 0: line, index } of raw.matchAll(lines)) {
    const markdown = index === 0 ? (parseTimedLine(line)?.markdown ?? '') : line.trim();
    let offset = index + line.trimEnd().length - markdown.length;
    if (text !== '' && index > 0) {
      text += ' ';
      offsets.push(end);
    }
    for (const piece of markdownPieces(markdown)) {
      text += piece.text;
      const isPlain = piece.text === piece.markdown;
      // One by one: a paragraph may be longer than a call has room for arguments.
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
