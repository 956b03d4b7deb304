// Text as Steno cleans, shortens and formats it. What a text is about, and which sentence it stands in, is known
// elsewhere.

// Cleaning

const alreadyClean = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const whitespace = /[\s\x85]+/g;
/** The control characters that are not whitespace. */
const controls = /(?![\s\x85])\p{Cc}/gu;
const loneSurrogate = /\p{Surrogate}/gu;

/**
 * Text from outside as one line of well-formed Unicode: each run of whitespace becomes one space, control characters
 * are removed, and halves of surrogate pairs become U+FFFD. Everything else, such as direction marks, is part of the
 * text.
 *
 * @example cleanText(' two\r\n words ') // 'two words'
 */
export function cleanText(text: string): string {
  if (alreadyClean.test(text)) {
    return text;
  }
  return text.replace(controls, '').replace(whitespace, ' ').trim().replace(loneSurrogate, '\ufffd');
}

/**
 * Text without the characters at its end that match. A pattern such as `/[.\s]+$/` would begin anew at each character of
 * every run, which takes quadratic time.
 *
 * @param dropped matches one character
 */
export function trimmedEnd(text: string, dropped: RegExp): string {
  let end = text.length;
  while (end > 0) {
    const isPair = (text.codePointAt(end - 2) ?? 0) > 0xffff;
    const start = end - (isPair ? 2 : 1);
    if (!dropped.test(text.slice(start, end))) {
      break;
    }
    end = start;
  }
  return text.slice(0, end);
}

/** A sentence without its final full stop. */
export function withoutFullStop(sentence: string): string {
  return trimmedEnd(sentence, /[.\s]/);
}

// Plain text for VS Code's messages and lists

/**
 * Text for a message of VS Code's, without links. VS Code makes `[label](https:…)`, `[label](file:…)` and even
 * `[label](command:…)` clickable, and names of recordings and texts of servers must not make such links.
 *
 * @example withoutLinks('[a](command:b)') // '[a] (command:b)'
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/**
 * Text for a list item of VS Code's, where `$(name)` would become an icon.
 *
 * @example withoutIcons('$(trash)') // '$ (trash)'
 */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}

const messageLength = 200;

/**
 * Text on one line, without control characters and links.
 *
 * @param maxLength in characters; a longer text ends in `…`. The default fits a message.
 * @example oneLine('my\ntalk.mp3') // 'my talk.mp3'
 */
export function oneLine(text: string, maxLength = messageLength): string {
  const plain = withoutLinks(text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim());
  return plain.length <= maxLength ? plain : `${plain.slice(0, maxLength - 1).trimEnd()}…`;
}

/**
 * Text of a server on one line: like `oneLine`, and without HTML tags.
 *
 * @example oneLineWithoutTags('<b>Not</b> found') // 'Not found'
 */
export function oneLineWithoutTags(text: string, maxLength = messageLength): string {
  return oneLine(withoutTags(text), maxLength);
}

/** Text with a space for each HTML tag, and for scripts and styles as a whole. */
function withoutTags(text: string): string {
  const tag = /<(?:(script|style)\b|[a-z!/])/gi;
  /** Scripts and styles end at the first of these after them. */
  const closings = new Map([
    ['script', /<\/script/gi],
    ['style', /<\/style/gi],
  ]);
  let plain = '';
  let from = 0;
  for (let opening = tag.exec(text); opening !== null; opening = tag.exec(text)) {
    plain += `${text.slice(from, opening.index)} `;
    const name = opening[1]?.toLowerCase() ?? '';
    const closing = closings.get(name);
    let last = opening.index;
    if (closing !== undefined) {
      closing.lastIndex = last;
      const found = closing.exec(text);
      last = found?.index ?? last;
      if (found === null) {
        // Later ones have no end either.
        closings.delete(name);
      }
    }
    const end = text.indexOf('>', last);
    from = end === -1 ? text.length : end + 1;
    tag.lastIndex = from;
  }
  return plain + text.slice(from);
}

/** In characters. The longest messages quote some hundred characters of an answer. */
const maxOfLogLine = 10_000;

/**
 * A message of the log on one line: it may quote a name or an answer that would pass itself off as other entries.
 *
 * @example logLine('Left alone a\n[error] b') // 'Left alone a [error] b'
 */
export function logLine(message: string): string {
  return message.slice(0, maxOfLogLine).replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, ' ');
}

/**
 * The first lines, one below the other, and below them how many others there are.
 *
 * @example shortList(['a', 'b', 'c'], 1) // 'a\nand 2 more'
 */
export function shortList(lines: readonly string[], maxLines: number): string {
  const rest = lines.length - maxLines;
  return [...lines.slice(0, maxLines), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}

// Amounts

/** `1 recording`, `3 recordings` */
export function recordingCountText(count: number): string {
  return `${count} ${count === 1 ? 'recording' : 'recordings'}`;
}

/** Bytes in decimal units with two or three digits: `999 B`, `1.5 kB`, `100 MB`. */
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

// Times

/** How long something has been going on, in full seconds: `0:59`, `1:00:00`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const rest = pad(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${rest}`;
}

/** How long something takes, rounded to minutes from one minute on: `43 s`, `14 min`, `2 h 14 min`. */
export function formatDuration(seconds: number): string {
  if (Math.round(seconds) < 60) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const parts = [hours === 0 ? '' : `${hours} h`, minutes % 60 === 0 ? '' : `${minutes % 60} min`];
  return parts.filter((part) => part !== '').join(' ');
}

/** A time in a recording, rounded down to seconds: `00:01:04`, `100:00:59`. */
export function formatTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
