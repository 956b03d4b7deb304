import { escapeAllButEmphasis } from '../markdown/markdownText';
import { isSpaceless } from '../transcript/spacelessScripts';
import type { CitationLinker } from './citations';

// The Markdown of a language model is not trusted: a transcript may contain instructions that the model follows. A safe
// answer keeps paragraphs, lists, tables, quotes, headings (two levels deeper, below the note's own), emphasis and
// plain code, and links cited times. Everything else, such as HTML, links and pictures, is escaped, so that it shows as
// text.

/**
 * Makes an answer safe to show while it arrives. What has been returned is final, so the last words are held back until
 * it is clear what they are. The result is the same in whatever pieces an answer arrives.
 */
export class SafeAnswer {
  /** The end of the current line, which has not been returned yet. */
  private rest = '';
  /** Whether the beginning of the current line has been returned. */
  private isInLine = false;
  /** The length from which `rest` is read again: reading a long one at each piece would take quadratic time. */
  private worthReading = 0;
  /** Whether the last character was a CR, which ends a line unless an LF follows. */
  private endsInReturn = false;

  constructor(private readonly linkTo: CitationLinker) {}

  /** Takes the next piece of the answer. @returns the Markdown that can be shown now */
  push(piece: string): string {
    const endsLine = this.endsInReturn || /[\r\n]/.test(piece);
    this.endsInReturn = piece.endsWith('\r') || (piece === '' && this.endsInReturn);
    this.rest += piece.replace(invisible, ' ');
    if (!endsLine && this.rest.length < this.worthReading) {
      return '';
    }
    let shown = '';
    for (let end = lineEnd.exec(this.rest); end !== null; end = lineEnd.exec(this.rest)) {
      shown += `${this.take(end.index, true)}\n`;
      this.rest = this.rest.slice(end[0].length);
      this.isInLine = false;
    }
    shown += this.take(clearLength(this.rest.replace(/\r$/, ''), this.isInLine), false);
    this.worthReading = this.rest.length < longRest ? 0 : 2 * this.rest.length;
    return shown;
  }

  /** Ends the answer. @returns the rest of its Markdown */
  end(): string {
    this.rest = withoutBlankEnd(this.rest);
    return this.take(this.rest.length, true);
  }

  private take(length: number, endsLine: boolean): string {
    const text = this.rest.slice(0, length).replace(loneSurrogates, '\ufffd');
    this.rest = this.rest.slice(length);
    const isDropped = endsLine && !this.isInLine && showsNothing(text);
    const shown = this.isInLine ? showInline(text, this.linkTo) : showLine(text, this.linkTo);
    this.isInLine ||= length > 0;
    return isDropped ? '' : shown;
  }
}

/** A complete answer as Markdown that is safe to show. */
export function safeAnswer(answer: string, linkTo: CitationLinker): string {
  const reader = new SafeAnswer(linkTo);
  return withoutBlankEnd(`${reader.push(answer)}${reader.end()}`.replace(blankStart, ''));
}

const invisible = /(?![\n\r\t])[\p{Cc}\u2028\u2029\ufeff]/gu;
/** The whitespace of Markdown. JavaScript knows more, but trimming that could turn a line into another block. */
const blanks = ' \t\r\n';
const blankStart = /^(?:[ \t]*\n)+/;
const loneSurrogates = /\p{Surrogate}/gu;
/** A CR at the end is no line end yet, since an LF may follow it. */
const lineEnd = /\r\n|\n|\r(?=[^\n])/;

/** The marks that open blocks at the beginning of a line: of quotes and lists, then of a task or a heading. */
const opening =
  /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*[ \t]*(?:\[[ xX]\](?=[ \t])[ \t]*)?(?:#{1,6}(?=[ \t])[ \t]*)?/;
/** A rule, an underline that turns the line above into a heading, or an empty heading. */
const bare = /^(?:(?:=+|-+|#+)[ \t]*|(?:[*_-][ \t]*){3,})$/;
/**
 * Lines around a block of code. They are dropped, since models put whole answers into such blocks; the code shows as
 * text.
 */
const fence = /^(?:`{3,}[^`]*|~~~.*)$/;
/** The beginning of a line that may still become one of these. */
const undecided = /^(?:[-=*_#~` \t]*$|`{3}|~{3}|\[[ xX]?\]?$)/;

/** In characters. Of words and code, models hold back less. */
const longRest = 2000;

const maxHeadingLevel = 6;
/** The first two levels are the note's own. */
const addedHeadingLevels = 2;

/** Not by a regular expression, which would search for the end again from each blank of a long run. */
function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && blanks.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

/** Whether a complete line shows nothing. */
function showsNothing(line: string): boolean {
  const marks = marksOf(line);
  const body = line.slice(marks.length);
  // Marks without text are a rule or an underline as well, except for the empty lines of a quote.
  return body === '' ? !/>[ \t]*$/.test(marks) : bare.test(body) || fence.test(body);
}

function marksOf(line: string): string {
  return opening.exec(line)?.[0] ?? '';
}

/** A line from its beginning: the whole line, or the part that is clear. */
function showLine(text: string, linkTo: CitationLinker): string {
  const marks = marksOf(text);
  const body = text.slice(marks.length);
  const shown = showInline(body, linkTo);
  // In a note, a line that begins with the link to a time is speech.
  const item = /^\s*$/.test(marks) && /^\[\d/.test(shown) ? '- ' : '';
  return marks.replace(/#+/, lowered) + item + shown;
}

function lowered(marks: string): string {
  return '#'.repeat(Math.min(maxHeadingLevel, marks.length + addedHeadingLevels));
}

const time = /\d{1,3}:\d\d:\d\d/;
const between = /[ \t]{0,9}[-–—,;][ \t]{0,9}/;
/** Escapes, code of up to 2000 characters, and one or more times in brackets. */
const constructs = new RegExp(
  [
    /\\(?<mark>[!-/:-@[-`{-~])/,
    /(?<!`)(?<ticks>`+)(?!`)(?<code>[^]{0,1999}?[^`])\k<ticks>(?!`)/,
    new RegExp(`\\[(?<times>${time.source}(?:${between.source}${time.source})*)\\]`),
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** A part of a line: text to be escaped, or finished Markdown. */
type Piece = { readonly text: string } | { readonly markdown: string };

function showInline(line: string, linkTo: CitationLinker): string {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of line.matchAll(constructs)) {
    pieces.push({ text: line.slice(from, match.index) }, pieceOf(match, linkTo));
    from = match.index + match[0].length;
  }
  pieces.push({ text: line.slice(from) });
  let shown = '';
  let text = '';
  for (const piece of pieces) {
    if ('text' in piece) {
      text += piece.text;
    } else {
      shown += beforeMarkdown(escapeAllButEmphasis(text)) + piece.markdown;
      text = '';
    }
  }
  return shown + escapeAllButEmphasis(text);
}

/** An exclamation mark before a link would turn it into a picture. */
function beforeMarkdown(escaped: string): string {
  return escaped.replace(/!$/, '\\!');
}

/** Characters that `escapeAllButEmphasis` escapes where that is needed. */
const escapedAnyway = /[\\`[\]()<&$/@]/;
/** What code must not contain, since nothing can be escaped in it. */
const unfitForCode = /[\\<[\]&]|\/\/|[\u202a-\u202e\u2066-\u2069]/;

function pieceOf({ 0: whole, groups = {} }: RegExpExecArray, linkTo: CitationLinker): Piece {
  const { mark, code, times } = groups;
  if (mark !== undefined) {
    return escapedAnyway.test(mark) ? { text: mark } : { markdown: whole };
  }
  if (code !== undefined) {
    return unfitForCode.test(code) || code.includes('`') ? { text: whole } : { markdown: `\`${code}\`` };
  }
  return linkedTimes(times ?? '', whole, linkTo);
}

/** Times in brackets as links; as text where one of them is not a time of the transcript. */
function linkedTimes(times: string, whole: string, linkTo: CitationLinker): Piece {
  const links = times.match(new RegExp(time, 'g'))?.map((each) => linkTo(each)) ?? [];
  if (links.includes(undefined)) {
    return { text: whole };
  }
  return { markdown: times.replace(new RegExp(time, 'g'), () => links.shift() ?? '') };
}

/** How many characters of an unfinished line can be shown now, whatever follows. */
function clearLength(line: string, isInLine: boolean): number {
  const marks = isInLine ? '' : marksOf(line);
  const body = line.slice(marks.length);
  if (!isInLine && undecided.test(body)) {
    return 0;
  }
  const clear = clearBody(body);
  return clear === 0 ? 0 : marks.length + clear;
}

function clearBody(body: string): number {
  let clear = 0;
  let from = 0;
  for (const match of [...body.matchAll(constructs), undefined]) {
    const gap = body.slice(from, match?.index);
    const open = openAt(gap, match === undefined);
    const cut = lastCut(gap.slice(0, open));
    clear = cut === 0 ? clear : from + cut;
    if (open < gap.length || match === undefined) {
      break;
    }
    from = match.index + match[0].length;
  }
  return clear;
}

/** Where an unfinished construct may begin in a text without finished ones; the text's length where none does. */
function openAt(gap: string, isLast: boolean): number {
  const open = gap.search(isLast ? /`|\\$|\[[\d: \t,;–—-]*$/ : /`/);
  return open === -1 ? gap.length : open;
}

/**
 * The offset after the last space, or between the last two characters of a script without spaces; 0 where there is
 * none.
 */
function lastCut(text: string): number {
  for (let at = text.length; at > 0; at--) {
    const before = text.charAt(at - 1);
    if (before === ' ' || before === '\t' || (isSpaceless(before) && isSpaceless(text.charAt(at)))) {
      return at;
    }
  }
  return 0;
}
