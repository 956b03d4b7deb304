import { isSpaceless } from '../transcript/spacelessScripts';
import type { QuestionMessages } from './questionMessages';

// Every family of models counts otherwise; these are what the greedier ones make of a character.
const perAsciiCharacter = 0.3;
const perCharacter = 0.7;
const perSpacelessCharacter = 1.3;

/** The most that an answer may be, in tokens: about five pages. */
export const maxAnswerTokens = 4000;

/** About how many tokens a text is to a model; rather too many than too few. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const character of text) {
    tokens += tokensOf(character);
  }
  return Math.ceil(tokens);
}

function tokensOf(character: string): number {
  if (character <= '\x7f') {
    return perAsciiCharacter;
  }
  return isSpaceless(character) ? perSpacelessCharacter : perCharacter;
}

/**
 * Why a question probably is too long for a model, in a sentence; undefined where it is not, or nobody knows.
 *
 * @param contextLength the most that the model reads and writes, in tokens; null where it is not known
 */
export function tooLongMessage(
  { system: instructions, user: question }: QuestionMessages,
  model: { readonly name: string; readonly contextLength: number | null },
): string | undefined {
  const tokens = estimateTokens(instructions) + estimateTokens(question);
  if (model.contextLength === null || tokens + maxAnswerTokens <= model.contextLength) {
    return undefined;
  }
  const [length, limit] = [tokens, model.contextLength].map((count) => Math.round(count / 100) / 10);
  return `This is too long for ${model.name}: about ${length} thousand tokens, where it takes ${limit} thousand with its answer. Choose another model, or select a part of the note and ask about that.`;
}
