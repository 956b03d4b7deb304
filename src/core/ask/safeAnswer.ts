import { escapeAllButEmphasis } from '../markdown/markdownText';
import { isSpaceless } from '../transcript/spacelessScripts';
import type { CitationLinker } from './citations';

// What a model writes is Markdown from a stranger: the transcript may have talked it into anything. Of Markdown it
// keeps paragraphs, lists, tables, quotes, headings below the note's own, emphasis and plain code; cited times become
// links. Everything else, HTML, links and pictures above all, is shown as the text that it is.

/**
 * Makes Markdown that is safe to show of an answer while it comes in. What has been given out is never taken back, so
 * the last words are kept until it is clear what they are; in what pieces an answer comes makes no difference.
 */
export class SafeAnswer {
  /** Of the line that is coming in, what is not given out yet. */
  private rest = '';
  private isInLine = false;

  constructor(private readonly linkTo: CitationLinker) {}

  /** What can be shown once this piece of the answer is here. */
  push(piece: string): string {
    this.rest += piece.replace(invisible, ' ');
    let shown = '';
    for (let end = lineEnd.exec(this.rest); end !== null; end = lineEnd.exec(this.rest)) {
      shown += `${this.take(end.index, true)}\n`;
      this.rest = this.rest.slice(end[0].length);
      this.isInLine = false;
    }
    return shown + this.take(clearLength(this.rest.replace(/\r$/, ''), this.isInLine), false);
  }

  /** What is left to show when nothing more comes. */
  end(): string {
    this.rest = withoutBlankEnd(this.rest);
    return this.take(this.rest.length, true);
  }

  private take(length: number, endsLine: boolean): string {
    const text = this.rest.slice(0, length).replace(loneSurrogates, '\ufffd');
    this.rest = this.rest.slice(length);
    const isDropped = endsLine && !this.isInLine && isNoText(text);
    const shown = this.isInLine ? showInline(text, this.linkTo) : showLine(text, this.linkTo);
    this.isInLine ||= length > 0;
    return isDropped ? '' : shown;
  }
}

/** The whole of an answer as Markdown that is safe to show. */
export function safeAnswer(answer: string, linkTo: CitationLinker): string {
  const reader = new SafeAnswer(linkTo);
  return withoutBlankEnd(`${reader.push(answer)}${reader.end()}`.replace(blankStart, ''));
}

const invisible = /(?![\n\r\t])[\p{Cc}\u2028\u2029\ufeff]/gu;
/** Of what JavaScript calls white space, Markdown knows these only: what is trimmed must not change what a line is. */
const blanks = ' \t\r\n';
const blankStart = /^(?:[ \t]*\n)+/;
const loneSurrogates = /\p{Surrogate}/gu;
/** Another character may still follow the last one and make one line break of both. */
const lineEnd = /\r\n|\n|\r(?=[^\n])/;

/** What opens blocks at the beginning of a line: quotes, lists, then a task or a heading. */
const opening =
  /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*[ \t]*(?:\[[ xX]\](?=[ \t])[ \t]*)?(?:#{1,6}(?=[ \t])[ \t]*)?/;
/** A rule, an underline that makes a heading of the line above, or a heading of nothing. */
const bare = /^(?:(?:=+|-+|#+)[ \t]*|(?:[*_-][ \t]*){3,})$/;
/** The code in a block is shown as any other text: models put whole answers into such blocks. */
const fence = /^(?:`{3,}[^`]*|~{3,}.*)$/;
/** What may still become one of these. */
const undecided = /^(?:[-=*_#~` \t]*$|`{3}|~{3}|\[[ xX]?\]?$)/;

const mostMarks = 6;
/** The first two levels belong to the note. */
const marksBelow = 2;

/** A regular expression would look for the end anew from each blank of a long run. */
function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && blanks.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

/** Whether a whole line says nothing that is to be shown. */
function isNoText(line: string): boolean {
  const marks = marksOf(line);
  const body = line.slice(marks.length);
  // Marks of nothing are a rule or an underline, too; but for the empty lines of a quote.
  return body === '' ? !/>[ \t]*$/.test(marks) : bare.test(body) || fence.test(body);
}

function marksOf(line: string): string {
  return opening.exec(line)?.[0] ?? '';
}

/** A line from its beginning; all of it, or as much as is clear. */
function showLine(text: string, linkTo: CitationLinker): string {
  const marks = marksOf(text);
  const body = text.slice(marks.length);
  const shown = showInline(body, linkTo);
  // A line that begins with the link to a time is what is said in a note.
  const item = /^\s*$/.test(marks) && /^\[\d/.test(shown) ? '- ' : '';
  return marks.replace(/#+/, lowered) + item + shown;
}

function lowered(marks: string): string {
  return '#'.repeat(Math.min(mostMarks, marks.length + marksBelow));
}

const time = /\d{1,3}:\d\d:\d\d/;
const between = /[ \t]*[-–—,;][ \t]*/;
/** Escapes, code, and one or several times in brackets. */
const constructs = new RegExp(
  [
    /\\(?<mark>[!-/:-@[-`{-~])/,
    /(?<!`)(?<ticks>`+)(?!`)(?<code>[^]*?[^`])\k<ticks>(?!`)/,
    new RegExp(`\\[(?<times>${time.source}(?:${between.source}${time.source})*)\\]`),
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** A piece of a line: text to be escaped, or Markdown as it is to stand. */
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

/** An exclamation mark before a link would make a picture of it. */
function beforeMarkdown(escaped: string): string {
  return escaped.replace(/!$/, '\\!');
}

/** Marks whose escaping is left to whoever escapes the text around them. */
const escapedAnyway = /[\\`[\]()<&$/@]/;
/** What has no place in code, where nothing can be escaped. */
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

/** Times that are not the transcript's stay as they are. */
function linkedTimes(times: string, whole: string, linkTo: CitationLinker): Piece {
  const links = times.match(new RegExp(time, 'g'))?.map((each) => linkTo(each)) ?? [];
  if (links.includes(undefined)) {
    return { text: whole };
  }
  return { markdown: times.replace(new RegExp(time, 'g'), () => links.shift() ?? '') };
}

/** How much of a line that is still coming in can be shown already, whatever follows. */
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

/** Where in a text without constructs one may have begun that is not at its end yet; its length where none has. */
function openAt(gap: string, isLast: boolean): number {
  const open = gap.search(isLast ? /`|\\$|\[[\d: \t,;–—-]*$/ : /`/);
  return open === -1 ? gap.length : open;
}

/** The place behind the last space, or between the last two characters of a script without spaces; 0 for none. */
function lastCut(text: string): number {
  for (let at = text.length; at > 0; at--) {
    const before = text.charAt(at - 1);
    if (before === ' ' || before === '\t' || (isSpaceless(before) && isSpaceless(text.charAt(at)))) {
      return at;
    }
  }
  return 0;
}
