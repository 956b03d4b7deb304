/** How long the name of a file may be, and what a file system counts: bytes of UTF-8, or UTF-16 units. */
export interface NameLimit {
  readonly most: number;
  readonly counts: 'bytes' | 'units';
}

/** What is left for the beginning of a name, whatever its ending is. */
const shortestStem = 32;

/** The parts at the end of a name that Steno knows files by, such as `-2.transcript.de.md` or `.mp3.1a2b.aai.json`. */
const endings = [4, 3, 2, 1].map((parts) => new RegExp(`(?:-\\d{1,4})?(?:\\.[\\w-]{1,80}){${parts}}$`));

/**
 * A file name that a file system takes. A name that is too long loses the end of its stem, by whole characters as people
 * see them, and gets a checksum of the stem instead, so that two long names do not become one. Names that look the same
 * become the same, however they are composed.
 *
 * @example fittingName(`${'é'.repeat(200)}.md`, { most: 255, counts: 'bytes' }) // 'é…é-1a2b3c4d.md'
 */
export function fittingName(name: string, limit: NameLimit): string {
  const composed = name.normalize('NFC');
  if (lengthOf(name, limit) <= limit.most || lengthOf(composed, limit) <= limit.most) {
    return name;
  }
  const ending = endingOf(composed, limit);
  const stem = composed.slice(0, composed.length - ending.length);
  const rest = `-${checksum(stem)}${ending}`;
  return `${firstCharacters(stem, limit.most - lengthOf(rest, limit), limit)}${rest}`;
}

/** The beginning of a text, by whole characters as people see them. */
export function firstCharacters(text: string, most: number, { counts }: Pick<NameLimit, 'counts'>): string {
  let end = 0;
  let length = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    length += lengthOf(segment, { counts });
    if (length > most) {
      return text.slice(0, end);
    }
    end += segment.length;
  }
  return text;
}

function endingOf(name: string, limit: NameLimit): string {
  const found = endings.map((ending) => ending.exec(name)?.[0] ?? '');
  return found.find((ending) => ending !== '' && ending.length <= limit.most - shortestStem) ?? '';
}

function lengthOf(text: string, { counts }: Pick<NameLimit, 'counts'>): number {
  return counts === 'units' ? text.length : bytesOf(text);
}

function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** FNV-1a with 32 bits, as eight hex digits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}
