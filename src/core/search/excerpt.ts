import type { Span } from '../span';

/** Characters that are shown before and after a hit, so that the hit itself is visible on every screen. */
const lengthBefore = 40;
const lengthAfter = 120;

/** A part of a text with some text around it, cut between words, with `…` where it is cut. */
export function excerptAround(text: string, { start, end }: Span): string {
  const [from, to] = [start - lengthBefore, end + lengthAfter];
  const opening =
    from <= 0 ? text.slice(0, start) : `… ${withoutHalves(text.slice(from, start).replace(/^\S*\s+/u, ''))}`;
  const closing =
    to >= text.length
      ? text.slice(end)
      : `${withoutHalves(
          text
            .slice(end, to)
            .replace(/\s\S*$/u, '')
            .trimEnd(),
        )} …`;
  return opening + text.slice(start, end) + closing;
}

/** Removes half a surrogate pair at either end. */
function withoutHalves(part: string): string {
  return part.replace(/^\p{Surrogate}|\p{Surrogate}$/gu, '');
}
