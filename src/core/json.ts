import { cleanText } from './text';

/** A JSON object with unchecked fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object, so neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is an object, otherwise `{}`. */
export function readObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The object without the fields of these names. */
export function omit(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The object with only the fields of these names, where it has them. */
export function pick(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));
}

/** The objects in a JSON array without its other elements; [] for anything else. */
export function readObjects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** A string as clean text (see `cleanText`); '' for anything else. */
export function readText(value: unknown): string {
  return typeof value === 'string' ? cleanText(value) : '';
}

/** The strings in a JSON array as clean text, without empty ones; [] for anything else. */
export function readTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(readText).filter((text) => text !== '') : [];
}

/** A finite number that is not negative; null for anything else. */
export function readAmount(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : null;
}

/** A later time (about 30 years) cannot be a place in a recording. */
const maxTimeMs = 1e12;

/** A time in a recording in whole ms; null where it is missing or impossible. */
export function readTime(value: unknown): number | null {
  const ms = readAmount(value);
  return ms !== null && ms <= maxTimeMs ? Math.round(ms) : null;
}
