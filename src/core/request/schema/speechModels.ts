/** AssemblyAI's current speech models, the better one first. */
export const knownModels = ['universal-3-5-pro', 'universal-2'] as const;

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

/** The limits for key terms by model, as AssemblyAI documents them. */
export const termLimits: Readonly<Record<KnownModel, TermLimits>> = {
  'universal-3-5-pro': { count: 1000, shortest: 1, longest: Infinity },
  'universal-2': { count: 200, shortest: 5, longest: 50 },
};
