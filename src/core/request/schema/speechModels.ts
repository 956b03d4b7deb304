/** AssemblyAI's current models, the better one first. */
export const knownModels = ['universal-3-5-pro', 'universal-2'] as const;

/** One of them. */
export type KnownModel = (typeof knownModels)[number];

/** Words that a key term may have. */
export const maxTermWords = 6;

/** How many key terms a model takes, and how many characters each may have without being passed over. */
interface TermLimits {
  readonly count: number;
  readonly shortest: number;
  readonly longest: number;
}

export const termLimits: Readonly<Record<KnownModel, TermLimits>> = {
  'universal-3-5-pro': { count: 1000, shortest: 1, longest: Infinity },
  'universal-2': { count: 200, shortest: 5, longest: 50 },
};
