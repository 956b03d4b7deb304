import { isJsonObject, readObjects, readText, readTime, type JsonObject } from '../../json';
import type { ActionItem, SummaryLine, SummaryPart } from './results';

const lineBreak = /[\r\n\u2028\u2029]+/;
const point = /^\s*[-*•]\s+/;

/** Lines of prose or points. The service documents both one text and a list, and marks points in either. */
function readLines(value: unknown, arePoints = false): SummaryLine[] {
  const listed: readonly unknown[] | null = Array.isArray(value) ? value : null;
  return listed === null
    ? linesIn(value, arePoints)
    : listed.flatMap((item) => linesIn(isJsonObject(item) ? item['text'] : item, true));
}

function linesIn(text: unknown, arePoints: boolean): SummaryLine[] {
  const lines = typeof text === 'string' ? text.split(lineBreak) : [];
  return lines
    .map((line) => ({ text: readText(line.replace(point, '')), isPoint: arePoints || point.test(line) }))
    .filter((line) => line.text !== '');
}

/** The summary of the deprecated `summarization`: one text; its type says whether the lines are points. */
export function readLegacySummary(body: JsonObject): SummaryLine[] {
  return readLines(body['summary'], readText(body['summary_type']).startsWith('bullets'));
}

/** The summary of the whole recording by `speech_understanding`. @param response its `summarization` */
export function readBlockSummary(response: JsonObject): SummaryLine[] {
  const block = response['block_summary'];
  return isJsonObject(block) ? linesOf(block) : readLines(block);
}

/** The summaries of parts of the recording by `speech_understanding`. @param response its `summarization` */
export function readSummaryParts(response: JsonObject): SummaryPart[] {
  return withContent(
    readObjects(response['summary']).map((part) => ({
      startMs: readTime(part['start']),
      headline: readText(part['headline']),
      lines: linesOf(part),
    })),
  );
}

/** The chapters of `auto_chapters`; their `gist` is a shorter headline. */
export function readChapters(value: unknown): SummaryPart[] {
  return withContent(
    readObjects(value).map((chapter) => ({
      startMs: readTime(chapter['start']),
      headline: readText(chapter['headline']) || readText(chapter['gist']),
      lines: readLines(chapter['summary']),
    })),
  );
}

function linesOf(part: JsonObject): SummaryLine[] {
  return [...readLines(part['text']), ...readLines(part['bullets'], true)];
}

function withContent(parts: readonly SummaryPart[]): SummaryPart[] {
  return parts.filter(({ headline, lines }) => headline !== '' || lines.length > 0);
}

/** Action items and decisions. The shape of decisions is not documented; they are read like action items. */
export function readActionItems(response: JsonObject) {
  const decisions = readItems(response['decisions'], 'decision');
  return { actionItems: readItems(response['items'], 'action_item'), decisions };
}

function readItems(value: unknown, key: string): ActionItem[] {
  const listed: readonly unknown[] = Array.isArray(value) ? value : [];
  return listed.map((item) => readItem(item, key)).filter(({ text }) => text !== '');
}

function readItem(value: unknown, key: string): ActionItem {
  if (!isJsonObject(value)) {
    return { text: readText(value), quote: '', startMs: null };
  }
  return {
    text: readText(value[key]) || readText(value['text']) || readText(value['action_item']),
    quote: readText(value['quote']),
    startMs: readMoment(value['timestamp']),
  };
}

const clock = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:\.\d+)?)$/;

/** A time whose shape is not documented: ms like other times, `{start}`, or `00:01:02`. */
function readMoment(value: unknown): number | null {
  if (typeof value !== 'string') {
    return readTime(isJsonObject(value) ? value['start'] : value);
  }
  const match = clock.exec(value);
  if (match === null) {
    return null;
  }
  const [, hours = '0', minutes, seconds] = match;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}
