import { formatTime } from '../text';

/**
 * A Markdown link to a time in a recording, as a media fragment (https://www.w3.org/TR/media-frags/):
 * `[00:00:04](standup.mp3#t=4.2)`.
 *
 * @param destination see `linkDestination`; '' without a recording, for `[00:00:04](#t=4.2)`
 */
export function timeLink(destination: string, ms: number): string {
  return `[${formatTime(ms)}](${destination}#t=${ms / 1000})`;
}

/** A time in a target: `#t=4.2`, also percent-encoded, with an end, or as `npt:4.2`. */
const secondsInFragment = /(?:#|%23)t=(?:npt:)?(\d{1,12}(?:\.\d{1,12})?)(?:[,&][^\s()<>#]{0,200})?/;
const time = /^\[\d{1,9}:\d\d:\d\d\]/;
/** What may follow the target of an inline link: the end of angle brackets, a title, and spaces before the end of the link. */
const endOfLink = /^>?(?:[ \t]{1,9}(?:"[^"]{0,500}"|'[^']{0,500}'|\([^()]{0,500}\)))?[ \t]{0,9}\)(?=[ \t]|$)/;
const label = /^\[([^\]]{0,200})\]/;
const definition = /^ {0,3}\[([^\]]{1,200})\]:/;

/** The target that a reference link has by its label; undefined where nothing defines it. */
export type LinkTargets = (label: string) => string | undefined;

/** The targets that a text defines for reference links, as in `[talk]: standup.mp3#t=4.2`. */
export function linkTargetsIn(markdown: string): LinkTargets {
  const targets = new Map<string, string>();
  for (const line of markdown.split(/[\r\n]/)) {
    const [begun, name] = definition.exec(line) ?? [];
    if (begun !== undefined && name !== undefined) {
      const key = labelKey(name);
      // The first of several definitions counts.
      targets.set(key, targets.get(key) ?? targetIn(line.slice(begun.length).trim()));
    }
  }
  return (name) => targets.get(labelKey(name));
}

/** The target at the beginning of a definition, without angle brackets and title. */
function targetIn(text: string): string {
  return (text.startsWith('<') ? text.slice(1).split('>', 1) : text.split(/\s/, 1))[0] ?? '';
}

/** A line that begins with a time link. */
interface TimedLine {
  readonly startMs: number;
  /** The Markdown after the link. */
  readonly markdown: string;
}

/**
 * Reads a line that begins with a time link; null for any other line.
 *
 * @param targets of reference links; without it, only inline links are read
 */
export function parseTimedLine(text: string, targets: LinkTargets = () => undefined): TimedLine | null {
  const [timeText] = time.exec(text) ?? [];
  if (timeText === undefined) {
    return null;
  }
  const after = text.slice(timeText.length);
  return (
    (after.startsWith('(') ? parseInline(after.slice(1)) : null) ??
    parseReference(timeText.slice(1, -1), after, targets)
  );
}

/**
 * Takes any spelling of the target up to its time. When a recording is renamed, editors and people write parentheses and spaces
 * into it, escaped or not, in angle brackets, or with a title after it.
 */
function parseInline(text: string): TimedLine | null {
  const nextLink = text.indexOf('](');
  const target = nextLink < 0 ? text : text.slice(0, nextLink);
  for (const { 0: fragment, 1: seconds, index } of target.matchAll(new RegExp(secondsInFragment, 'g'))) {
    const after = text.slice(index + fragment.length, index + fragment.length + maxEndLength);
    const [end] = endOfLink.exec(after) ?? [];
    if (end !== undefined) {
      return timedLine(seconds, text.slice(index + fragment.length + end.length));
    }
  }
  return null;
}

/** Longer than any match of `endOfLink`, with the character behind it. */
const maxEndLength = 600;

function parseReference(timeText: string, after: string, targets: LinkTargets): TimedLine | null {
  const [bracketed = '', name = ''] = label.exec(after) ?? [];
  const rest = after.slice(bracketed.length);
  const target = /^(?:$|[ \t])/.test(rest) ? targets(name === '' ? timeText : name) : undefined;
  const seconds = target === undefined ? undefined : secondsAtEnd(target);
  return seconds === undefined ? null : timedLine(seconds, rest);
}

function secondsAtEnd(target: string): string | undefined {
  const found = [...target.matchAll(new RegExp(secondsInFragment, 'g'))].at(-1);
  return found !== undefined && target.endsWith(found[0]) ? found[1] : undefined;
}

function timedLine(seconds = '0', rest = ''): TimedLine {
  return { startMs: Math.round(Number(seconds) * 1000), markdown: rest.trim() };
}

function labelKey(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}
