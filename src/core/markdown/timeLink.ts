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

const secondsInFragment = /(?:#|%23)t=(?:npt:)?(\d{1,12}(?:\.\d+)?)(?:[,&][^\s()<>#]*)?/.source;
const linkTitle = /(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*/.source;

/**
 * Takes any spelling of the target up to its time. When a recording is renamed, editors and people write parentheses and spaces into
 * it, escaped or not, in angle brackets, or with a title after it.
 */
const inlineLink = new RegExp(
  `^\\[\\d+:\\d\\d:\\d\\d\\]\\((?:(?!\\]\\().)*?${secondsInFragment}>?${linkTitle}\\)(?:[ \\t]+([^]*))?$`,
);
const referenceLink = /^\[(\d+:\d\d:\d\d)\](?:\[([^\]]+)?\])?(?:[ \t]+([^]*))?$/;
const timedTarget = new RegExp(`${secondsInFragment}>?$`);
const definitions = /^ {0,3}\[([^\]]+)\]:[ \t]*(<[^<>\r\n]*>|\S+)/gm;

/** The target that a reference link has by its label; undefined where nothing defines it. */
export type LinkTargets = (label: string) => string | undefined;

/** The targets that a text defines for reference links, as in `[talk]: standup.mp3#t=4.2`. */
export function linkTargetsIn(markdown: string): LinkTargets {
  const targets = new Map<string, string>();
  for (const [, label = '', target = ''] of markdown.matchAll(definitions)) {
    const key = labelKey(label);
    // The first of several definitions counts.
    targets.set(key, targets.get(key) ?? target);
  }
  return (label) => targets.get(labelKey(label));
}

/**
 * Reads a line that begins with a time link: its time, and the Markdown after the link. Null for any other line.
 *
 * @param targets of reference links; without it, only inline links are read
 */
export function parseTimedLine(
  text: string,
  targets: LinkTargets = () => undefined,
): { startMs: number; markdown: string } | null {
  const [inline, inlineSeconds, inlineRest] = inlineLink.exec(text) ?? [];
  if (inline !== undefined) {
    return timedLine(inlineSeconds, inlineRest);
  }
  return parseReference(text, targets);
}

function parseReference(text: string, targets: LinkTargets): { startMs: number; markdown: string } | null {
  const [, time, label, rest] = referenceLink.exec(text) ?? [];
  const target = time === undefined ? undefined : targets(label ?? time);
  const [, seconds] = timedTarget.exec(target ?? '') ?? [];
  return seconds === undefined ? null : timedLine(seconds, rest);
}

function timedLine(seconds = '0', rest = ''): { startMs: number; markdown: string } {
  return { startMs: Math.round(Number(seconds) * 1000), markdown: rest.trim() };
}

function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}
