import { escapeOpening } from '../../markdown/markdownText';
import type { Mood, Sentiment } from '../../transcript/results/results';
import { blockOf, sectionHeading, withTimes, type RenderSection } from './section';

/** How a speaker sounds. */
interface Tally {
  /** How many sentences have each mood. */
  readonly counts: Map<Mood, number>;
  /** Where runs of sentences with a mood other than neutral begin. */
  readonly timesMs: Map<Mood, number[]>;
}

/** How the speakers sound; no section for a recording that is neutral throughout. */
export const renderSentiment: RenderSection = (source) => {
  const { results } = source.transcript;
  if (results.sentiments.every(({ mood }) => mood === 'neutral')) {
    return [];
  }
  const nameOf = (label: string): string => source.nameOf(results.identifiedSpeakers.get(label) ?? label);
  const lines = [...talliesOf(results.sentiments)].flatMap(([speaker, { counts, timesMs }]) => {
    const count = (mood: Mood): string => `${counts.get(mood) ?? 0} ${mood}`;
    const overview = `${count('positive')}, ${count('neutral')}, ${count('negative')}`;
    return [
      `- ${speaker === null ? overview : `${escapeOpening(nameOf(speaker))}: ${overview}`}`,
      ...[...timesMs].map(([mood, times]) => `  - ${withTimes(mood, times, source)}`),
    ];
  });
  return [sectionHeading('Sentiment'), ...blockOf(lines)];
};

/**
 * The tally of each speaker. Sentences in a row of one speaker and one mood are counted one by one, but get one link.
 */
function talliesOf(sentiments: readonly Sentiment[]): ReadonlyMap<string | null, Tally> {
  const tallies = new Map<string | null, Tally>();
  let last: Sentiment | null = null;
  for (const sentiment of sentiments) {
    const { speaker, mood, startMs } = sentiment;
    const tally: Tally = tallies.get(speaker) ?? { counts: new Map(), timesMs: new Map() };
    tallies.set(speaker, tally);
    tally.counts.set(mood, (tally.counts.get(mood) ?? 0) + 1);
    if (mood !== 'neutral' && !(last?.speaker === speaker && last.mood === mood)) {
      const times = tally.timesMs.get(mood) ?? [];
      times.push(startMs);
      tally.timesMs.set(mood, times);
    }
    last = sentiment;
  }
  return tallies;
}
