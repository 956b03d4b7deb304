import { escapeOpening } from '../../markdown/markdownText';
import type { ActionItem } from '../../transcript/results/results';
import { blockOf, sectionHeading, withTime, type RenderSection, type SectionSource } from './section';

/** Action items as a task list, and decisions. */
export const renderActionItems: RenderSection = (source) => {
  const { actionItems, decisions } = source.transcript.results;
  if (actionItems.length + decisions.length === 0) {
    return [];
  }
  return [
    sectionHeading('Action items'),
    ...renderItems('- [ ] ', actionItems, source),
    ...(decisions.length === 0 ? [] : ['### Decisions', ...renderItems('- ', decisions, source)]),
  ];
};

function renderItems(marker: string, items: readonly ActionItem[], source: SectionSource): string[] {
  return blockOf(
    items.flatMap(({ text, quote, startMs }) => [
      `${marker}${withTime(escapeOpening(text), startMs, source)}`,
      ...(quote === '' ? [] : [`  > ${escapeOpening(quote)}`]),
    ]),
  );
}
