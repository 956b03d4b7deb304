import { renderActionItems } from './actionItems';
import { renderContentWarnings, renderEntities, renderHighlights, renderTopics } from './findings';
import type { RenderSection, SectionSource } from './section';
import { renderSentiment } from './sentiment';
import { renderChapters, renderSummary } from './summary';
import { renderTranslations } from './translation';
import { sectionNames, type SectionName } from './sectionNames';

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

/** What a reader wants to know before anything else; the rest is for looking things up. */
const comesFirst: ReadonlySet<SectionName> = new Set(['summary', 'actionItems', 'chapters']);

const rule = '---';

/**
 * What was said among the sections that are wanted: some before it, some after it, with a rule on either side that has
 * any. `parseNote` takes the first rule for the end of the section above, and needs to know no section by its name.
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
