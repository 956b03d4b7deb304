import { omit } from '../json';
import { knownModels, maxTermWords, termLimits, type KnownModel } from './schema/speechModels';
import type { TranscriptOptions } from './request';
import { holds, isModelAlone } from './rules/conditions';

/** Where key terms come from. */
export interface TermSource {
  /** For people: `talks.terms`, `cSpell.words`, or the preset's name. */
  readonly name: string;
  readonly terms: readonly string[];
}

/** A term that is not sent, and why: a few words for people. */
export interface DroppedTerm {
  readonly term: string;
  readonly reason: string;
}

/** Key terms as they are sent. */
export interface KeyTerms {
  readonly terms: readonly string[];
  readonly dropped: readonly DroppedTerm[];
}

const [contextual, broad] = knownModels;

/** The model by whose limits terms are chosen. */
function modelOf(options: TranscriptOptions): KnownModel {
  return holds(isModelAlone(broad), options) ? broad : contextual;
}

/** Why a model does not take a term by itself, if it does not. */
function refusalOf(term: string, model: KnownModel): string | undefined {
  const { shortest, longest } = termLimits[model];
  if (term.split(' ').length > maxTermWords) {
    return `more than ${maxTermWords} words`;
  }
  const length = Array.from(term).length;
  if (length < shortest) {
    return `shorter than ${shortest} characters, which ${model} passes over`;
  }
  return length > longest ? `longer than ${longest} characters, which ${model} passes over` : undefined;
}

/**
 * The terms of all sources, the first source first, each once, within the limits of the models that the options name.
 * That a term is there twice is no loss, so it is not said.
 */
export function mergeKeyTerms(sources: readonly TermSource[], options: TranscriptOptions): KeyTerms {
  const model = modelOf(options);
  const { count: mostTerms } = termLimits[model];
  const seen = new Set<string>();
  const terms: string[] = [];
  const dropped: DroppedTerm[] = [];
  for (const written of sources.flatMap((source) => source.terms)) {
    const term = written.trim().replaceAll(/\s+/g, ' ');
    const key = term.toLowerCase();
    if (term === '' || seen.has(key)) {
      continue;
    }
    seen.add(key);
    const reason =
      refusalOf(term, model) ??
      (terms.length < mostTerms ? undefined : `more than ${mostTerms} terms, the most for ${model}`);
    if (reason === undefined) {
      terms.push(term);
    } else {
      dropped.push({ term, reason });
    }
  }
  return { terms, dropped };
}

/** The options with exactly these key terms. */
export function withKeyTerms(options: TranscriptOptions, terms: readonly string[]): TranscriptOptions {
  const others = omit(options, 'keyterms_prompt');
  return terms.length === 0 ? others : { ...others, keyterms_prompt: terms };
}

/** The terms in the text of a `.terms` file: one a line; blank lines and those that begin with # are passed over. */
export function parseGlossary(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
