import { cleanText } from './text';

/** A JSON object whose fields nobody has looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is an object, else one without fields. */
export function readObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The object without fields of these names. */
export function omit(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The fields of these names, as far as the object has them. */
export function pick(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));
}

/** The objects in a JSON array; whatever else it holds is passed over. */
export function readObjects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** A string as clean text; '' for anything else. */
export function readText(value: unknown): string {
  return typeof value === 'string' ? cleanText(value) : '';
}

/** The texts in a JSON array, each of them clean and not empty. */
export function readTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(readText).filter((text) => text !== '') : [];
}

/** A finite number that is not negative; null for anything else. */
export function readAmount(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : null;
}

/** A later time (about 30 years) is an error of the sender, not a place in a recording. */
const latestMs = 1e12;

/** A time in whole ms; null where it is missing or impossible. */
export function readTime(value: unknown): number | null {
  const ms = readAmount(value);
  return ms !== null && ms <= latestMs ? Math.round(ms) : null;
}
