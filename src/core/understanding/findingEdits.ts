import { linkDestination } from '../markdown/linkDestination';
import type { NoteEdit } from '../note/noteEdit';
import { parseNote, type Note } from '../note/parseNote';
import { renderActionItems } from '../note/sections/actionItems';
import { sectionHeading, type SectionSource } from '../note/sections/section';
import { renderSummary } from '../note/sections/summary';
import { renderTranslations } from '../note/sections/translation';
import { defaultSpeakerName } from '../note/speakerNames';
import { timeLink } from '../markdown/timeLink';
import type { Transcript } from '../transcript/model';
import { speakerNameEdits, namesToGive } from './speakerNameEdits';
import { placeBefore, placeAfter } from './placeSections';

/** What the service found in a transcript. */
export interface Findings {
  /** With what was found, and nothing that it had before; speakers have their labels. */
  readonly transcript: Transcript;
  /** Names by label. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * What becomes of a note: the sections that it would have had, and names for speakers who have none. Nothing that stands
 * there is lost: a section whose heading is taken gets a number. What is said stays as it is.
 */
export function findingEdits(markdown: string, { transcript, names }: Findings): readonly NoteEdit[] {
  const note = parseNote(markdown);
  const given = namesToGive(note, names);
  const source = sourceOf(note, transcript, given);
  const taken = new Set(note.blocks.flatMap((block) => (block.kind === 'heading' ? block.name : [])));
  const numbered = (section: readonly string[]): readonly string[] => withFreeHeading(section, taken);
  const { translations } = transcript.results;
  const before = [renderSummary(source), renderActionItems(source)].flatMap(numbered);
  const behind = translations.flatMap((translation) =>
    numbered(renderTranslations(only(source, translation))),
  );
  return [
    ...speakerNameEdits(note, given),
    ...placeBefore(note.blocks, before),
    ...placeAfter(note.blocks, behind),
  ];
}

function sourceOf(
  { properties: { recording, speakers } }: Note,
  transcript: Transcript,
  given: ReadonlyMap<string, string>,
): SectionSource {
  const destination = recording === null ? '' : linkDestination(recording);
  return {
    transcript,
    timeLink: (ms) => timeLink(destination, ms),
    nameOf: (label) => given.get(label) ?? speakers.get(label) ?? defaultSpeakerName(label),
  };
}

type Translation = Transcript['results']['translations'][number];

function only(source: SectionSource, translation: Translation): SectionSource {
  const { transcript } = source;
  const results = { ...transcript.results, translations: [translation] };
  return { ...source, transcript: { ...transcript, results } };
}

/** Blocks of a section under a heading that the note does not have yet, which is taken from then on. */
function withFreeHeading([heading, ...blocks]: readonly string[], taken: Set<string>): readonly string[] {
  if (heading === undefined) {
    return [];
  }
  const name = nameIn(heading);
  let free = name;
  for (let number = 2; taken.has(free); number++) {
    free = `${name} (${number})`;
  }
  taken.add(free);
  return [free === name ? heading : sectionHeading(free), ...blocks];
}

function nameIn(heading: string): string {
  const [block] = parseNote(heading).blocks;
  return block?.kind === 'heading' ? block.name : heading;
}
