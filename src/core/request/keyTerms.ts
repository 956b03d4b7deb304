import { omit, readTexts } from '../json';
import type { TranscriptOptions } from './request';
import {
  knownModels,
  maxTermWords,
  requestedModels,
  termLimits,
  type KnownModel,
} from './schema/speechModels';

/** Key terms from one source. */
export interface TermSource {
  /** Name to be shown: `talks.terms`, `cSpell.words`, or the preset's name. */
  readonly name: string;
  readonly terms: readonly string[];
}

/** A key term that is not sent. */
export interface DroppedTerm {
  readonly term: string;
  /** Why, as a few words to be shown. */
  readonly reason: string;
}

/** The result of `mergeKeyTerms`. */
export interface KeyTerms {
  /** The key terms to be sent. */
  readonly terms: readonly string[];
  readonly dropped: readonly DroppedTerm[];
}

const isKnown = (model: string): model is KnownModel => knownModels.some((known) => known === model);

/** The model whose limits apply: the listed one that takes most. Where Steno does not know all of them, its own count. */
function modelOf(options: TranscriptOptions): KnownModel {
  const listed = readTexts(options['speech_models']);
  const models = listed.length > 0 && listed.every(isKnown) ? listed : requestedModels;
  return models.reduce((most, model) => (termLimits[model].count > termLimits[most].count ? model : most));
}

/** Why a model does not accept a term; undefined for one that it accepts. */
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
 * Merges the key terms of all sources in their order, within the limits of the model that the options name. Each term
 * comes once, ignoring case; repeated ones do not count as dropped.
 */
export function mergeKeyTerms(sources: readonly TermSource[], options: TranscriptOptions): KeyTerms {
  const model = modelOf(options);
  const { count: maxTerms } = termLimits[model];
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
      (terms.length < maxTerms ? undefined : `more than ${maxTerms} terms, the most for ${model}`);
    if (reason === undefined) {
      terms.push(term);
    } else {
      dropped.push({ term, reason });
    }
  }
  return { terms, dropped };
}

/** The options with these key terms instead of their own; [] for none. */
export function withKeyTerms(options: TranscriptOptions, terms: readonly string[]): TranscriptOptions {
  const others = omit(options, 'keyterms_prompt');
  return terms.length === 0 ? others : { ...others, keyterms_prompt: terms };
}

/** Reads the text of a `.terms` file: one key term per line; blank lines and lines that begin with `#` are skipped. */
export function parseGlossary(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
