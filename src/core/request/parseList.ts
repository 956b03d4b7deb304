import { cleanText } from '../text';

/** Splits a list that was typed at commas, semicolons and line ends. @returns each item once, as clean text */
export function parseList(text: string): readonly string[] {
  const parts = text.split(/[,;\n]/).map(cleanText);
  return [...new Set(parts.filter((part) => part !== ''))];
}
