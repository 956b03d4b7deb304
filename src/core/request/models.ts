/** AssemblyAI's current models, the better one first. */
export const knownModels = ['universal-3-5-pro', 'universal-2'] as const;
