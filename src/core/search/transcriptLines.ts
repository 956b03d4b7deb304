import type { Turn } from '../transcript/turns';
import { parseQuery, querySpans } from './query';
import { formatTime } from '../text';

/** Which part of a transcript is wanted; everything where nothing is said. */
export interface TranscriptSelection {
  readonly speaker?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Only paragraphs in which these words stand. */
  readonly query?: string | undefined;
}

interface Line {
  readonly speaker: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** The time that `01:02:03`, `2:03` or a number of seconds means, in ms; undefined for anything else. */
export function parseTime(text: string): number | undefined {
  const clock = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,7}(?:\.\d{1,3})?)$/.exec(text.trim());
  if (clock === null) {
    return undefined;
  }
  const [, hours = '0', minutes = '0', seconds] = clock;
  return Math.round(1000 * (3600 * Number(hours) + 60 * Number(minutes) + Number(seconds)));
}

/**
 * What was said, a paragraph a line, with times and speakers, for a reader that takes only so much. What is left out is
 * said, with the time from which to read on.
 *
 * @param mostCharacters of the text, without what is said about it
 */
export function renderTranscriptLines(
  turns: readonly Turn[],
  part: TranscriptSelection,
  mostCharacters: number,
): string {
  const lines = linesOf(turns);
  const wanted = lines.filter((line) => isIn(line, part));
  const texts: string[] = [];
  let left = mostCharacters;
  for (const [index, line] of wanted.entries()) {
    const text = `[${formatTime(line.startMs)}]${line.speaker === null ? '' : ` ${line.speaker}:`} ${line.text}`;
    if (text.length > left) {
      // Of a first paragraph that is too long by itself, a part is better than nothing.
      const rest = index === 0 ? [`${text.slice(0, left)} …`] : [];
      return [...texts, ...rest, cutText(wanted.slice(index + rest.length))].join('\n');
    }
    texts.push(text);
    left -= text.length + 1;
  }
  return texts.length === 0 ? nothingText(lines) : texts.join('\n');
}

function linesOf(turns: readonly Turn[]): readonly Line[] {
  const lines = turns.flatMap(({ speaker, paragraphs }) => paragraphs.map((each) => ({ speaker, ...each })));
  return lines.map((line, index) => ({ ...line, endMs: lines[index + 1]?.startMs ?? Infinity }));
}

function isIn(line: Line, { speaker, fromMs = 0, toMs = Infinity, query }: TranscriptSelection): boolean {
  return (
    (speaker === undefined || isSpeaker(line.speaker, speaker)) &&
    // Somebody who is speaking at that time is wanted from where that begins.
    (shownMs(line.endMs) > fromMs || line.startMs >= fromMs) &&
    shownMs(line.startMs) <= toMs &&
    (query === undefined || querySpans(line.text, parseQuery(query)).length > 0)
  );
}

/** The time as it is shown, by which a reader goes. */
function shownMs(ms: number): number {
  return 1000 * Math.floor(ms / 1000);
}

/** `Maria` is Maria Schmidt, and `A` is Speaker A. */
function isSpeaker(name: string | null, wanted: string): boolean {
  return name !== null && querySpans(name, parseQuery(wanted, true)).length > 0;
}

function cutText(left: readonly Line[]): string {
  const [next] = left;
  return next === undefined
    ? '(Cut here, since it is long.)'
    : `(Cut here, since it is long: ${left.length} more ${left.length === 1 ? 'paragraph' : 'paragraphs'}, from ${formatTime(next.startMs)} on.)`;
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
