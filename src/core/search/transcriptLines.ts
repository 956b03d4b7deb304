import { formatTime } from '../text';
import type { Turn } from '../transcript/turns';
import { parseQuery, querySpans } from './query';

/** A part of a transcript; each field that is set makes it smaller. */
export interface TranscriptSelection {
  /** Only paragraphs of speakers with this word or these words in their name. */
  readonly speaker?: string | undefined;
  /** Only paragraphs that end after this time. */
  readonly fromMs?: number | undefined;
  /** Only paragraphs that begin up to this time. */
  readonly toMs?: number | undefined;
  /** Only paragraphs that contain these words; the last may be the beginning of a word. */
  readonly query?: string | undefined;
}

interface Line {
  readonly speaker: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** Reads a time such as `01:02:03`, `2:03` or `123.5` (seconds). @returns ms; undefined for anything else */
export function parseTime(text: string): number | undefined {
  const clock = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,7}(?:\.\d{1,3})?)$/.exec(text.trim());
  if (clock === null) {
    return undefined;
  }
  const [, hours = '0', minutes = '0', seconds] = clock;
  return Math.round(1000 * (3600 * Number(hours) + 60 * Number(minutes) + Number(seconds)));
}

/**
 * A transcript as plain text for a language model: one line per paragraph, with its time and speaker. The last line
 * says how much was left out, and from which time on, or that nothing matches.
 *
 * @param maxCharacters of the paragraphs together; the line about what was left out comes on top
 */
export function renderTranscriptLines(
  turns: readonly Turn[],
  selection: TranscriptSelection,
  maxCharacters: number,
): string {
  const lines = linesOf(turns);
  const wanted = lines.filter((line) => isSelected(line, selection));
  const texts: string[] = [];
  let room = maxCharacters;
  for (const [index, line] of wanted.entries()) {
    const text = `[${formatTime(line.startMs)}]${line.speaker === null ? '' : ` ${line.speaker}:`} ${line.text}`;
    if (text.length > room) {
      // If the first paragraph alone is too long, a part of it is better than nothing.
      const rest = index === 0 ? [`${text.slice(0, room)} …`] : [];
      return [...texts, ...rest, cutText(wanted.slice(index + rest.length))].join('\n');
    }
    texts.push(text);
    room -= text.length + 1;
  }
  return texts.length === 0 ? nothingText(lines) : texts.join('\n');
}

function linesOf(turns: readonly Turn[]): readonly Line[] {
  const lines = turns.flatMap(({ speaker, paragraphs }) => paragraphs.map((each) => ({ speaker, ...each })));
  return lines.map((line, index) => ({ ...line, endMs: lines[index + 1]?.startMs ?? Infinity }));
}

function isSelected(
  line: Line,
  { speaker, fromMs = 0, toMs = Infinity, query }: TranscriptSelection,
): boolean {
  return (
    (speaker === undefined || isSpeaker(line.speaker, speaker)) &&
    // A paragraph that is being said at that time counts as a whole.
    (shownMs(line.endMs) > fromMs || line.startMs >= fromMs) &&
    shownMs(line.startMs) <= toMs &&
    (query === undefined || querySpans(line.text, parseQuery(query)).length > 0)
  );
}

/** A time as the reader of the lines sees it, in full seconds. */
function shownMs(ms: number): number {
  return 1000 * Math.floor(ms / 1000);
}

/** Whether a speaker is meant: `Maria` means Maria Schmidt, `A` means Speaker A. */
function isSpeaker(name: string | null, wanted: string): boolean {
  return name !== null && querySpans(name, parseQuery(wanted, true)).length > 0;
}

function cutText(rest: readonly Line[]): string {
  const [next] = rest;
  return next === undefined
    ? '(Cut here, since it is long.)'
    : `(Cut here, since it is long: ${rest.length} more ${rest.length === 1 ? 'paragraph' : 'paragraphs'}, from ${formatTime(next.startMs)} on.)`;
}

function nothingText(lines: readonly Line[]): string {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) {
    return '(Nothing is said in it.)';
  }
  const names = [...new Set(lines.flatMap(({ speaker }) => speaker ?? []))];
  const speakers =
    names.length === 0 ? 'it does not tell speakers apart' : `its speakers are ${names.join(', ')}`;
  return `(Nothing in it matches: ${speakers}, and its paragraphs begin between ${formatTime(first.startMs)} and ${formatTime(last.startMs)}.)`;
}
