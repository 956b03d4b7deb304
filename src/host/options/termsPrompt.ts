import { draftOf, typedTerms, withTerms, type OptionsDraft } from '../../core/request/optionsDraft';
import type { TermSource } from '../../core/request/keyTerms';
import { parseList } from '../../core/request/parseList';
import { termCountText } from '../../core/request/reviewSheet';
import type { Glossary } from './keyTermFiles';
import { enterText, pickSome, plainText, separator, type Choice } from '../platform/quickPicks';

/** Lets the user select the sources of key terms and type more terms. @returns undefined when a box was closed */
export async function promptForTerms(
  draft: OptionsDraft,
  glossary: Glossary,
): Promise<OptionsDraft | undefined> {
  const offered = draftOf(draft.preset, { people: [], glossary: glossary.sources }).terms;
  const typed = typedTerms(draft);
  const all = [...(typed === undefined ? [] : [typed]), ...offered];
  const chosen = all.length === 0 ? ['type' as const] : await pickSources(all, draft.terms, glossary.unread);
  if (chosen === undefined) {
    return undefined;
  }
  const sources = chosen.filter((source) => source !== 'type');
  if (!chosen.includes('type')) {
    return { ...draft, terms: sources };
  }
  const entered = await enterTerms(typed?.terms ?? []);
  return entered && withTerms(draft, sources, entered);
}

function pickSources(
  sources: readonly TermSource[],
  picked: readonly TermSource[],
  unread: readonly string[],
): Promise<readonly (TermSource | 'type')[] | undefined> {
  const choices: readonly Choice<TermSource | 'type'>[] = [
    ...sources.map((source) => ({
      value: source,
      label: plainText(source.name),
      description: termCountText(source.terms.length),
      picked: picked.some(({ name }) => name === source.name),
    })),
    separator<TermSource | 'type'>('', 'type'),
    { value: 'type', label: '$(edit) Type terms…' },
  ];
  const notRead = unread.length === 0 ? '' : `; not read: ${plainText(unread.join(', '))}`;
  return pickSome('Key Terms', `Select the sources of key terms${notRead}`, choices);
}

async function enterTerms(current: readonly string[]): Promise<readonly string[] | undefined> {
  const entered = await enterText(
    'Key Terms',
    'Names and terms that may be said, separated by commas. Each can have up to six words.',
    { value: current.join(', '), placeHolder: 'Kubernetes, blue-green deployment' },
  );
  return entered === undefined ? undefined : parseList(entered);
}
