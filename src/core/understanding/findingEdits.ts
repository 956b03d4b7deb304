import { linkDestination } from '../markdown/linkDestination';
import { timeLink } from '../markdown/timeLink';
import type { NoteEdit } from '../note/noteEdit';
import { parseNote, type Note } from '../note/parseNote';
import { renderActionItems } from '../note/sections/actionItems';
import { sectionHeading, type SectionSource } from '../note/sections/section';
import { renderSummary } from '../note/sections/summary';
import { renderTranslations } from '../note/sections/translation';
import { defaultSpeakerName } from '../note/speakerNames';
import type { Transcript } from '../transcript/model';
import { placeAfter, placeBefore } from './placeSections';
import { namesToGive, speakerNameEdits } from './speakerNameEdits';

/** What the service found in a finished transcript. */
export interface Findings {
  /** The transcript with only the new results; speakers have their labels. */
  readonly transcript: Transcript;
  /** Names of speakers by label. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * The edits that add findings to a note: sections where `renderNote` would put them, and names for speakers without
 * one. They overwrite no text of its user, and do not change the paragraphs. A section whose heading exists gets a
 * number: `Summary (2)`.
 */
export function findingEdits(markdown: string, { transcript, names }: Findings): readonly NoteEdit[] {
  const note = parseNote(markdown);
  const newNames = namesToGive(note, names);
  const source = sourceOf(note, transcript, newNames);
  const taken = new Set(note.blocks.flatMap((block) => (block.kind === 'heading' ? block.name : [])));
  const numbered = (section: readonly string[]): readonly string[] => withFreeHeading(section, taken);
  const { translations } = transcript.results;
  const before = [renderSummary(source), renderActionItems(source)].flatMap(numbered);
  const after = translations.flatMap((translation) =>
    numbered(renderTranslations(withOneTranslation(source, translation))),
  );
  return [
    ...speakerNameEdits(note, newNames),
    ...placeBefore(note.blocks, before),
    ...placeAfter(note.blocks, after),
  ];
}

function sourceOf(
  { properties: { recording, speakers } }: Note,
  transcript: Transcript,
  newNames: ReadonlyMap<string, string>,
): SectionSource {
  const destination = recording === null ? '' : linkDestination(recording);
  return {
    transcript,
    timeLink: (ms) => timeLink(destination, ms),
    nameOf: (label) => newNames.get(label) ?? speakers.get(label) ?? defaultSpeakerName(label),
  };
}

type Translation = Transcript['results']['translations'][number];

function withOneTranslation(source: SectionSource, translation: Translation): SectionSource {
  const { transcript } = source;
  const results = { ...transcript.results, translations: [translation] };
  return { ...source, transcript: { ...transcript, results } };
}

/** The blocks of a section under a heading that is still free in the note; adds it to `taken`. */
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
