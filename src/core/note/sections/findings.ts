import { escapeOpening } from '../../markdown/markdownText';
import type { Entity, TimedText } from '../../transcript/results/results';
import { blockOf, readableName, sectionHeading, withTimes, type RenderSection } from './section';

/** Important phrases, the most important first. */
export const renderHighlights: RenderSection = (source) => {
  const lines = source.transcript.results.highlights.map(({ text, count, timesMs }) => {
    const often = count !== null && count > 1 ? ` (${count} times)` : '';
    return `- ${withTimes(`${escapeOpening(text)}${often}`, timesMs, source)}`;
  });
  return lines.length === 0 ? [] : [sectionHeading('Highlights'), ...blockOf(lines)];
};

/** People, places, dates and other entities by type. */
export const renderEntities: RenderSection = (source) => {
  const lines = [...byType(source.transcript.results.entities)].flatMap(([type, found]) => [
    `- ${escapeOpening(readableName(type))}`,
    ...found.map(({ text, timesMs }) => `  - ${withTimes(escapeOpening(text), timesMs, source)}`),
  ]);
  return lines.length === 0 ? [] : [sectionHeading('Entities'), ...blockOf(lines)];
};

/** Entities by type; one that is named several times comes once, with all its times. */
function byType(entities: readonly Entity[]): ReadonlyMap<string, readonly TimedText[]> {
  const types = new Map<string, Map<string, number[]>>();
  for (const { type, text, startMs } of entities) {
    const found = types.get(type) ?? new Map<string, number[]>();
    const times = found.get(text) ?? [];
    times.push(startMs);
    types.set(type, found.set(text, times));
  }
  return new Map(
    [...types].map(([type, found]) => [type, [...found].map(([text, timesMs]) => ({ text, timesMs }))]),
  );
}

const maxTopics = 10;

/** Topics of the recording, the most relevant first. */
export const renderTopics: RenderSection = (source) => {
  const lines = source.transcript.results.topics.slice(0, maxTopics).map(({ path, relevance, timesMs }) => {
    const name = escapeOpening(path.map(spaced).join(' › '));
    return `- ${withTimes(`${name} (${Math.round(Math.min(1, relevance) * 100)}%)`, timesMs, source)}`;
  });
  return lines.length === 0 ? [] : [sectionHeading('Topics'), ...blockOf(lines)];
};

/** "News And Politics" for `NewsAndPolitics`. */
function spaced(label: string): string {
  return label.replace(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=&)|(?<=&)(?=\p{L})/gu, ' ');
}

/** Sensitive content, with its severity and times. */
export const renderContentWarnings: RenderSection = (source) => {
  const lines = source.transcript.results.contentWarnings.map(({ label, severity, timesMs }) => {
    const grade = severity === null ? '' : ` (severity: ${severity})`;
    return `- ${withTimes(`${escapeOpening(readableName(label))}${grade}`, timesMs, source)}`;
  });
  return lines.length === 0 ? [] : [sectionHeading('Content warnings'), ...blockOf(lines)];
};
