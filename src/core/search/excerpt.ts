import type { Span } from '../span';

/** Characters shown before and after what was found: it is in sight on any screen. */
const before = 40;
const after = 120;

/** What stands around a stretch of text, cut between words where it is cut. */
export function excerptAround(text: string, { start, end }: Span): string {
  const [from, to] = [start - before, end + after];
  const opening =
    from <= 0 ? text.slice(0, start) : `… ${whole(text.slice(from, start).replace(/^\S*\s+/u, ''))}`;
  const closing =
    to >= text.length ? text.slice(end) : `${whole(text.slice(end, to).replace(/\s+\S*$/u, ''))} …`;
  return opening + text.slice(start, end) + closing;
}

/** Without halves of characters at its ends. */
function whole(part: string): string {
  return part.replace(/^\p{Surrogate}|\p{Surrogate}$/gu, '');
}
