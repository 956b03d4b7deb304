import { renderActionItems } from './actionItems';
import { renderContentWarnings, renderEntities, renderHighlights, renderTopics } from './findings';
import type { RenderSection, SectionSource } from './section';
import { sectionNames, type SectionName } from './sectionNames';
import { renderSentiment } from './sentiment';
import { renderChapters, renderSummary } from './summary';
import { renderTranslations } from './translation';

const renderers: Readonly<Record<SectionName, RenderSection>> = {
  summary: renderSummary,
  actionItems: renderActionItems,
  chapters: renderChapters,
  translation: renderTranslations,
  highlights: renderHighlights,
  entities: renderEntities,
  sentiment: renderSentiment,
  topics: renderTopics,
  contentWarnings: renderContentWarnings,
};

/** Sections before the turns: what readers want to know first. The others are for looking things up. */
const comesFirst: ReadonlySet<SectionName> = new Set(['summary', 'actionItems', 'chapters']);

const rule = '---';

/**
 * Adds sections to the turns of a note: some before and some after them, separated by a rule on each side that has
 * sections. So `parseNote` can tell sections from turns without knowing the names of sections.
 *
 * @param said the blocks of the turns
 */
export function withSections(
  said: readonly string[],
  wanted: ReadonlySet<SectionName>,
  source: SectionSource,
): string[] {
  const names = sectionNames.filter((name) => wanted.has(name));
  const render = (name: SectionName): string[] => renderers[name](source);
  const before = names.filter((name) => comesFirst.has(name)).flatMap(render);
  const after = names.filter((name) => !comesFirst.has(name)).flatMap(render);
  return [
    ...(before.length === 0 ? [] : [...before, rule]),
    ...said,
    ...(after.length === 0 ? [] : [rule, ...after]),
  ];
}
