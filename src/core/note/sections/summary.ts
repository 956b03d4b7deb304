import { escapeOpening, escapeText, strong } from '../../markdown/markdownText';
import type { SummaryLine, SummaryPart } from '../../transcript/results/results';
import { blockOf, sectionHeading, withTime, type RenderSection, type SectionSource } from './section';

/** The summary of the whole recording and of its parts. */
export const renderSummary: RenderSection = (source) => {
  const { summary, summaryParts } = source.transcript.results;
  const whole = renderLines(summary);
  const parts = renderParts(summaryParts, source);
  if (whole.length + parts.length === 0) {
    return [];
  }
  const between = whole.length > 0 && parts.length > 0 ? ['### Part by part'] : [];
  return [sectionHeading('Summary'), ...whole, ...between, ...parts];
};

/** The chapters, with the times at which they begin. */
export const renderChapters: RenderSection = (source) => {
  const chapters = renderParts(source.transcript.results.chapters, source);
  return chapters.length === 0 ? [] : [sectionHeading('Chapters'), ...chapters];
};

/** Prose becomes paragraphs, points in a row become a list. */
function renderLines(lines: readonly SummaryLine[]): string[] {
  const blocks: string[] = [];
  let wasPoint = false;
  for (const { text, isPoint } of lines) {
    const line = `${isPoint ? '- ' : ''}${escapeOpening(text)}`;
    blocks.push(isPoint && wasPoint ? `${blocks.pop() ?? ''}\n${line}` : line);
    wasPoint = isPoint;
  }
  return blocks;
}

function renderParts(parts: readonly SummaryPart[], source: SectionSource): string[] {
  return blockOf(parts.map((part, index) => renderPart(part, index, source)));
}

function renderPart({ headline, startMs, lines }: SummaryPart, index: number, source: SectionSource): string {
  const head = `- ${withTime(strong(headline || `Part ${index + 1}`), startMs, source)}`;
  const [first, ...others] = lines;
  return first !== undefined && others.length === 0 && !first.isPoint
    ? `${head}: ${escapeText(first.text)}`
    : [head, ...lines.map(({ text }) => `  - ${escapeOpening(text)}`)].join('\n');
}
