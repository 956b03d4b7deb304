import {
  isJsonObject,
  readAmount,
  readObject,
  readObjects,
  readText,
  readTime,
  type JsonObject,
} from '../../json';
import type { ContentWarning, Entity, Highlight, Mood, Sentiment, Severity, Topic } from './results';

/**
 * A result that has a status. For a feature that is off or not available in the language, the service sends null, `{}`
 * or a status other than `success`.
 */
function successful(value: unknown): JsonObject {
  const result = readObject(value);
  const status = readText(result['status']);
  return status === '' || status === 'success' ? result : {};
}

/**
 * The phrases of `auto_highlights_result` by rank. The service sends them in no particular order, some without a rank.
 */
export function readHighlights(value: unknown): Highlight[] {
  const ranked = readObjects(successful(value)['results']).map((item) => ({
    rank: readAmount(item['rank']) ?? 0,
    highlight: {
      text: readText(item['text']),
      count: readAmount(item['count']),
      timesMs: startsOf(item['timestamps']),
    },
  }));
  ranked.sort((a, b) => b.rank - a.rank);
  return ranked.map(({ highlight }) => highlight).filter(({ text }) => text !== '');
}

function startsOf(spans: unknown): number[] {
  return readObjects(spans).flatMap((span) => startOf(span));
}

/** The start of a time span; [] where it is missing. */
function startOf(span: unknown): number[] {
  const startMs = readTime(readObject(span)['start']);
  return startMs === null ? [] : [startMs];
}

/** The entities of `entities`. */
export function readEntities(value: unknown): Entity[] {
  return readObjects(value)
    .map((item) => ({
      type: readText(item['entity_type']),
      text: readText(item['text']),
      startMs: readTime(item['start']) ?? 0,
    }))
    .filter(({ text }) => text !== '');
}

/** The sentences of `sentiment_analysis_results`. */
export function readSentiments(value: unknown): Sentiment[] {
  return readObjects(value).flatMap((item) => {
    const mood = moodOf(readText(item['sentiment']).toLowerCase());
    return mood === null
      ? []
      : [
          {
            speaker: readText(item['speaker']) || readText(item['channel']) || null,
            startMs: readTime(item['start']) ?? 0,
            mood,
          },
        ];
  });
}

function moodOf(sentiment: string): Mood | null {
  return sentiment === 'positive' || sentiment === 'neutral' || sentiment === 'negative' ? sentiment : null;
}

/**
 * The topics of `iab_categories_result`, the most relevant first. The times of a topic are where no other is more
 * relevant.
 */
export function readTopics(value: unknown): Topic[] {
  const { summary, results } = successful(value);
  const relevances = new Map(
    Object.entries(readObject(summary)).map(([label, relevance]) => [
      readText(label),
      readAmount(relevance) ?? 0,
    ]),
  );
  const isSummedUp = relevances.size > 0;
  const times = new Map<string, number[]>();
  for (const part of readObjects(results)) {
    const labels = readLabels(part, 'relevance');
    const first = labels.reduce((best, each) => (each.amount > best.amount ? each : best), nothing);
    gather(times, first.label, startOf(part['timestamp']));
    for (const { label, amount } of isSummedUp ? [] : labels) {
      relevances.set(label, Math.max(amount, relevances.get(label) ?? 0));
    }
  }
  return [...relevances]
    .map(([label, relevance]) => ({ path: pathOf(label), relevance, timesMs: times.get(label) ?? [] }))
    .filter(({ path }) => path.length > 0)
    .sort((a, b) => b.relevance - a.relevance);
}

const nothing = { label: '', amount: -1 };

function pathOf(label: string): string[] {
  return label
    .split('>')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function readLabels(part: JsonObject, measure: string): { label: string; amount: number }[] {
  return readObjects(part['labels'])
    .map((item) => ({ label: readText(item['label']), amount: readAmount(item[measure]) ?? 0 }))
    .filter(({ label }) => label !== '');
}

function gather(times: Map<string, number[]>, key: string, more: readonly number[]): void {
  const known = times.get(key);
  if (known === undefined) {
    times.set(key, [...more]);
  } else {
    known.push(...more);
  }
}

/** Labels whose severity has no meaning, by AssemblyAI's documentation. */
const withoutSeverity: ReadonlySet<string> = new Set([
  'financials',
  'manga',
  'negative_news',
  'nsfw',
  'sensitive_social_issues',
]);

/** The labels of `content_safety_labels`, each with the severity that most of it has. */
export function readContentWarnings(value: unknown): ContentWarning[] {
  const { summary, results, severity_score_summary: severities } = successful(value);
  const times = new Map<string, number[]>();
  for (const part of readObjects(results)) {
    for (const { label } of readLabels(part, 'confidence')) {
      gather(times, label, startOf(part['timestamp']));
    }
  }
  const labels = new Set([...times.keys(), ...Object.keys(readObject(summary)).map(readText)]);
  labels.delete('');
  return [...labels].map((label) => ({
    label,
    severity: withoutSeverity.has(label) ? null : severityOf(readObject(severities)[label]),
    timesMs: times.get(label) ?? [],
  }));
}

function severityOf(value: unknown): Severity | null {
  if (!isJsonObject(value)) {
    return null;
  }
  const shares = (['low', 'medium', 'high'] as const).map((severity) => ({
    severity,
    share: readAmount(value[severity]) ?? 0,
  }));
  const most = shares.reduce((best, each) => (each.share >= best.share ? each : best));
  return most.share > 0 ? most.severity : null;
}
