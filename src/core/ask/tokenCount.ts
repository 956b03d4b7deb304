import { isSpaceless } from '../transcript/spacelessScripts';
import type { QuestionMessages } from './questionMessages';

// Each family of models counts tokens differently. These are estimates of tokens per character for models that need
// many.
const perAsciiCharacter = 0.3;
const perCharacter = 0.7;
const perSpacelessCharacter = 1.3;

/** The longest answer that is asked for, in tokens: about five pages. */
export const maxAnswerTokens = 4000;

/** How many tokens a text has, roughly; rather too many than too few. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const character of text) {
    tokens += tokensFor(character);
  }
  return Math.ceil(tokens);
}

function tokensFor(character: string): number {
  if (character <= '\x7f') {
    return perAsciiCharacter;
  }
  return isSpaceless(character) ? perSpacelessCharacter : perCharacter;
}

/**
 * The message for a question that is probably too long for a model; undefined for one that is not.
 *
 * @param model `contextLength` is how much it can read and write together, in tokens; null where that is not known, and
 *   then no question is too long
 */
export function tooLongMessage(
  { system, user }: QuestionMessages,
  model: { readonly name: string; readonly contextLength: number | null },
): string | undefined {
  const tokens = estimateTokens(system) + estimateTokens(user);
  if (model.contextLength === null || tokens + maxAnswerTokens <= model.contextLength) {
    return undefined;
  }
  const [length, limit] = [tokens, model.contextLength].map((count) => Math.round(count / 100) / 10);
  return `This is too long for ${model.name}: about ${length} thousand tokens, where it takes ${limit} thousand with its answer. Choose another model, or select a part of the note and ask about that.`;
}
