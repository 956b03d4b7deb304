import { englishes, languages } from './languages';

/** The models that Steno asks for, in order of preference: AssemblyAI uses the first that knows the language. */
export const requestedModels = ['assemblyai-stt-3-7', 'universal-2'] as const;

/** The models that Steno knows. AssemblyAI calls `universal-3-5-pro` deprecated, and still runs it. */
export const knownModels = [...requestedModels, 'universal-3-5-pro'] as const;

/** One of `knownModels`. */
export type KnownModel = (typeof knownModels)[number];

/** How many words a key term may have. */
export const maxTermWords = 6;

/** A model's limits for key terms. */
interface TermLimits {
  /** How many there may be. */
  readonly count: number;
  /** In characters; the model ignores shorter and longer terms. */
  readonly shortest: number;
  readonly longest: number;
}

/**
 * The limits for key terms by model. Those of universal-2 and universal-3-5-pro are documented. For assemblyai-stt-3-7,
 * none were found (November 2026), so it has those of its predecessor.
 */
export const termLimits: Readonly<Record<KnownModel, TermLimits>> = {
  'assemblyai-stt-3-7': { count: 1000, shortest: 1, longest: Infinity },
  'universal-2': { count: 200, shortest: 5, longest: 50 },
  'universal-3-5-pro': { count: 1000, shortest: 1, longest: Infinity },
};

const ofUniversal35 = 'en es fr de it pt tr nl sv no da fi hi vi ar he ja zh'.split(' ');

/**
 * The languages that only assemblyai-stt-3-7 has of the two. This is inferred: AssemblyAI says that the model has 32
 * languages, and its streaming model with 32 has these besides the ones above (November 2026).
 */
const newIn37 = 'af yue ca et gl ko mr nn fa ro ru ur xh zu'.split(' ');

/** Languages that universal-2 does not have. */
const notOfUniversal2 = ['yue', 'xh', 'zu'];

/** The languages of a model, with the variants of English. */
export const modelLanguages: Readonly<Record<KnownModel, readonly string[]>> = {
  'assemblyai-stt-3-7': [...new Set([...englishes, ...ofUniversal35, ...newIn37])],
  'universal-2': [...languages.keys()].filter((code) => !notOfUniversal2.includes(code)),
  'universal-3-5-pro': [...new Set([...englishes, ...ofUniversal35])],
};
