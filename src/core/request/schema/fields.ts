import { Type, type SchemaOptions, type TLiteral, type TSchema } from '@sinclair/typebox';

/** What the schema of a parameter says besides what JSON Schema has words for. */
export interface Annotations {
  /** What is wanted, to end the sentence “x must be …”, where the rest of the schema does not say it well. */
  readonly demand?: string;
  /** What to use instead. */
  readonly deprecationMessage?: string;
  /** The known values of a list that grows without notice, and what each is: others are told, and sent. */
  readonly known?: ReadonlyMap<string, string>;
  /** What such a value is: `language`. */
  readonly noun?: string;
}

type Details = SchemaOptions & Annotations;

/** true or false; off unless it is set. */
export const flag = (description: string, details: Details = {}) =>
  Type.Optional(Type.Boolean({ default: false, description, ...details }));

export const text = (description: string, details: Details = {}) =>
  Type.Optional(Type.String({ minLength: 1, description, ...details }));

export const texts = (description: string, details: Details = {}) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description, ...details }));

/** A number from 0 to 1. */
export const share = (description: string, details: Details = {}) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, description, ...details }));

/** A whole number. */
export const count = (description: string, details: Details = {}) =>
  Type.Optional(Type.Integer({ minimum: 1, description, ...details }));

/** One of these words. */
export const oneOf = <const T extends readonly string[]>(words: T, details: Details = {}) =>
  Type.Union(
    words.map((word): TLiteral<T[number]> => Type.Literal<T[number]>(word)),
    details,
  );

/** One of these words, or not set. */
export const choice = <const T extends readonly string[]>(words: T, details: Details = {}) =>
  Type.Optional(oneOf(words, details));

/** A word of a list that grows without notice. */
export const openChoice = (noun: string, known: ReadonlyMap<string, string>, details: Details = {}) =>
  Type.String({ minLength: 1, noun, known, ...details });

/** What the service also takes as null, for “not set”. */
export const orNull = <T extends TSchema>(schema: T, details: Details = {}) =>
  Type.Optional(Type.Union([schema, Type.Null()], details));

/** For parameters that do nothing any more, or that should not be used. */
export const deprecated = (instead: string): Details => ({ deprecated: true, deprecationMessage: instead });
