import { noteSpeakers, type Analyses } from '../../core/understanding/analyses';
import type { NoteProperties } from '../../core/note/frontMatter';
import { promptForLanguages } from '../options/languagePrompt';
import { pickOne, pickSome, plainText, type Choice } from '../platform/quickPicks';

/** What AssemblyAI can find in a transcript. */
type Analysis = 'summary' | 'actionItems' | 'names' | 'translation';

/** What decides which analyses make sense. */
export interface AnalysisContext {
  /** Title of the note. */
  readonly title: string;
  readonly properties: NoteProperties;
  /** Host that does the analysis. */
  readonly host: string;
  /** Names of people who may speak. */
  readonly people: readonly string[];
}

/** Lets the user choose analyses; undefined when the user chose none or closed a list. */
export async function chooseAnalyses(context: AnalysisContext): Promise<Analyses | undefined> {
  const { areApart, unnamed } = noteSpeakers(context.properties);
  const chosen = await pickAnalyses(context, areApart && unnamed.length > 0);
  if (chosen.length === 0) {
    return undefined;
  }
  const summary = chosen.includes('summary') ? await promptForForm() : 'none';
  const languages = summary === undefined ? undefined : await languagesFor(chosen);
  return (
    languages && {
      summary: summary === 'none' ? undefined : summary,
      actionItems: chosen.includes('actionItems'),
      people: chosen.includes('names') ? context.people : undefined,
      languages,
      hasSpeakers: areApart,
    }
  );
}

async function pickAnalyses(
  { title, host, people }: AnalysisContext,
  hasUnnamed: boolean,
): Promise<readonly Analysis[]> {
  const choices: readonly Choice<Analysis>[] = [
    { value: 'summary', label: 'Summary…', detail: 'Part by part, each with a headline' },
    { value: 'actionItems', label: 'Action Items', detail: 'Tasks and decisions' },
    ...(hasUnnamed ? [namesChoice(people)] : []),
    { value: 'translation', label: 'Translation…', detail: 'Into one or several languages' },
  ];
  const placeholder = `Select what ${host} should find in the transcript`;
  return (await pickSome(`Analyze “${plainText(title)}”`, placeholder, choices)) ?? [];
}

function namesChoice(people: readonly string[]): Choice<Analysis> {
  const detail =
    people.length === 0
      ? 'Taken from what is said. Set steno.people to name who may speak.'
      : people.join(', ');
  return { value: 'names', label: 'Names of Speakers', detail: plainText(detail) };
}

function promptForForm(): Promise<'paragraph' | 'bullets' | undefined> {
  const choices = [
    { value: 'paragraph', label: 'Paragraphs' },
    { value: 'bullets', label: 'Bullet Points' },
  ] as const;
  return pickOne('Summary', 'Select how to write the summary', choices);
}

function languagesFor(chosen: readonly Analysis[]): Promise<readonly string[] | undefined> {
  return chosen.includes('translation') ? promptForLanguages() : Promise.resolve([]);
}
