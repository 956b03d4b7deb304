import { noteSpeakers, type Analyses } from '../../core/understanding/analyses';
import type { NoteProperties } from '../../core/note/frontMatter';
import { pickLanguages } from '../options/languagePrompt';
import { pickOne, pickSome, plain, type Choice } from '../platform/quickPicks';

/** What is offered. */
type Analysis = 'summary' | 'actionItems' | 'names' | 'translation';

/** What a choice is made from. */
export interface Offer {
  /** What the note is called. */
  readonly title: string;
  readonly properties: NoteProperties;
  /** Who does it. */
  readonly host: string;
  /** Names of people who may speak. */
  readonly people: readonly string[];
}

/** Asks what is to be found in a transcript; undefined when that is nothing, or the user gave up. */
export async function chooseAnalyses(offer: Offer): Promise<Analyses | undefined> {
  const { areApart, unnamed } = noteSpeakers(offer.properties);
  const chosen = await pickAnalyses(offer, areApart && unnamed.length > 0);
  if (chosen.length === 0) {
    return undefined;
  }
  const summary = chosen.includes('summary') ? await askForForm() : 'none';
  const languages = summary === undefined ? undefined : await languagesFor(chosen);
  return (
    languages && {
      summary: summary === 'none' ? undefined : summary,
      actionItems: chosen.includes('actionItems'),
      people: chosen.includes('names') ? offer.people : undefined,
      languages,
      hasSpeakers: areApart,
    }
  );
}

async function pickAnalyses(
  { title, host, people }: Offer,
  hasUnnamed: boolean,
): Promise<readonly Analysis[]> {
  const choices: readonly Choice<Analysis>[] = [
    { value: 'summary', label: 'Summary…', detail: 'By parts, with a headline each' },
    { value: 'actionItems', label: 'Action Items', detail: 'What is to be done, and what was decided' },
    ...(hasUnnamed ? [namesChoice(people)] : []),
    { value: 'translation', label: 'Translation…', detail: 'Into one or several languages' },
  ];
  const placeholder = `Check what ${host} is to find in the transcript that it has`;
  return (await pickSome(`Analyze “${plain(title)}”`, placeholder, choices)) ?? [];
}

function namesChoice(people: readonly string[]): Choice<Analysis> {
  const whom =
    people.length === 0 ? 'By what is said; steno.people can tell who may speak' : people.join(', ');
  return { value: 'names', label: 'Names of Speakers', detail: plain(whom) };
}

function askForForm(): Promise<'paragraph' | 'bullets' | undefined> {
  const choices = [
    { value: 'paragraph', label: 'Paragraphs' },
    { value: 'bullets', label: 'Bullet Points' },
  ] as const;
  return pickOne('Summary', 'How is it to be written?', choices);
}

function languagesFor(chosen: readonly Analysis[]): Promise<readonly string[] | undefined> {
  return chosen.includes('translation') ? pickLanguages() : Promise.resolve([]);
}
