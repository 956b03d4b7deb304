import { cleanText } from '../text';

/** The parts of a text that commas, semicolons or line ends separate, each once. */
export function parseList(text: string): readonly string[] {
  const parts = text.split(/[,;\n]/).map(cleanText);
  return [...new Set(parts.filter((part) => part !== ''))];
}
