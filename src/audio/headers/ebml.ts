/** An element of EBML, the format under Matroska. RFC 8794. */
export interface Element {
  readonly id: number;
  /** Where its contents begin and end. */
  readonly start: number;
  readonly end: number;
}

/**
 * The elements within another one.
 *
 * @param known ids that these may have: where the parent does not say how long it is, the first other id ends it
 */
export function* children(bytes: Buffer, parent: Element, known?: readonly number[]): Generator<Element> {
  let next = element(bytes, parent.start);
  while (next && next.start <= parent.end && known?.includes(next.id) !== false) {
    yield next;
    next = element(bytes, next.end);
  }
}

/** @returns the element that begins at a place; undefined where none begins, or the bytes end before its contents */
export function element(bytes: Buffer, at: number): Element | undefined {
  const idLength = lengthOf(bytes[at]);
  const size = variableNumber(bytes, at + idLength);
  if (idLength > 4 || !size) {
    return undefined;
  }
  const start = at + idLength + size.length;
  return { id: bytes.readUIntBE(at, idLength), start, end: start + size.value };
}

/** How many bytes a number has: one more than its first byte has leading zero bits. */
function lengthOf(lead = 0): number {
  return Math.clz32(lead) - 23;
}

/** The contents of an element as a number; of more than six bytes, which no file needs, the last six. */
export function number(bytes: Buffer, { start, end }: Element): number {
  const length = Math.min(6, end - start);
  return length > 0 && end <= bytes.length ? bytes.readUIntBE(end - length, length) : 0;
}

/** A number whose first byte says how many bytes it has. If all other bits are set, the number is not known. */
export function variableNumber(bytes: Buffer, at: number): { value: number; length: number } | undefined {
  const lead = bytes[at];
  if (!lead) {
    return undefined;
  }
  const length = lengthOf(lead);
  if (at + length > bytes.length) {
    return undefined;
  }
  const ones = 0xff >> length;
  const rest = bytes.subarray(at + 1, at + length);
  const isUnknown = (lead & ones) === ones && rest.every((byte) => byte === 0xff);
  const value = rest.reduce((sum, byte) => sum * 256 + byte, lead & ones);
  return { value: isUnknown ? Infinity : value, length };
}
