const alreadyClean = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const whitespace = /[\s\x85]+/g;
/** Of the control characters those that are no whitespace. */
const controls = /(?![\s\x85])\p{Cc}/gu;
const loneSurrogate = /\p{Surrogate}/gu;

/**
 * Text from outside as one line of well-formed Unicode: runs of whitespace become one space, control characters
 * go, halves of surrogate pairs become U+FFFD. Everything else, such as direction marks, is part of the text.
 */
export function cleanText(text: string): string {
  if (alreadyClean.test(text)) {
    return text;
  }
  return text.replace(controls, '').replace(whitespace, ' ').trim().replace(loneSurrogate, '\ufffd');
}

/**
 * A text for a message of the editor's, which would show `[label](https:…)`, `[label](file:…)` and even
 * `[label](command:…)` as links to click: names of recordings and words of servers must not make such links.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** A text for an entry of a list, where the editor would draw `$(name)` as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}

const longestWords = 200;

/** A text on one line, without control characters and links, cut at a length that fits a message. */
export function oneLine(text: string, longest = longestWords): string {
  const unlinked = withoutLinks(text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim());
  return unlinked.length <= longest ? unlinked : `${unlinked.slice(0, longest - 1).trimEnd()}…`;
}

/** The words of a server, on one line and without markup. */
export function oneLineWithoutTags(text: string, longest = longestWords): string {
  const plain = text
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[a-z!/][^>]*(>|$)/gi, ' ');
  return oneLine(plain, longest);
}

/** The first of these lines and, where there are more of them, how many; one in each line. */
export function shortList(lines: readonly string[], most: number): string {
  const rest = lines.length - most;
  return [...lines.slice(0, most), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}

/** Bytes as people read them: decimal units, three digits at the most. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}

/** `m:ss`, or `h:mm:ss` from an hour on. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const rest = pad(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${rest}`;
}

/** `1 recording`, `3 recordings` */
export function recordingCountText(count: number): string {
  return `${count} ${count === 1 ? 'recording' : 'recordings'}`;
}

/** To the minute from a minute on: `43 s`, `14 min`, `2 h 14 min`. */
export function formatDuration(seconds: number): string {
  if (Math.round(seconds) < 60) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const parts = [hours === 0 ? '' : `${hours} h`, minutes % 60 === 0 ? '' : `${minutes % 60} min`];
  return parts.filter((part) => part !== '').join(' ');
}

/** `HH:MM:SS`, the second that the time falls in; hours as many as there are. */
export function formatTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
