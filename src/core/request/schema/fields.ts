import { Type, type SchemaOptions, type TLiteral, type TSchema } from '@sinclair/typebox';

/** What a parameter's schema says besides the keywords of JSON Schema. */
export interface Annotations {
  /** The end of the sentence “x must be …”, where the schema itself does not make a good one. */
  readonly mustBe?: string;
  /** What to use instead. */
  readonly deprecationMessage?: string;
  /** Known values, each with its description. Others cause a warning and are sent, since the service gets new ones. */
  readonly known?: ReadonlyMap<string, string>;
  /** What such a value is, such as `language`. */
  readonly noun?: string;
}

type Details = SchemaOptions & Annotations;

/** An optional boolean, false by default. */
export const flag = (description: string, details: Details = {}) =>
  Type.Optional(Type.Boolean({ default: false, description, ...details }));

/** An optional string that is not empty. */
export const text = (description: string, details: Details = {}) =>
  Type.Optional(Type.String({ minLength: 1, description, ...details }));

/** An optional list of strings that are not empty. */
export const texts = (description: string, details: Details = {}) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description, ...details }));

/** An optional number from 0 to 1. */
export const share = (description: string, details: Details = {}) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, description, ...details }));

/** An optional whole number of at least 1. */
export const count = (description: string, details: Details = {}) =>
  Type.Optional(Type.Integer({ minimum: 1, description, ...details }));

/** One of these strings. */
export const oneOf = <const T extends readonly string[]>(words: T, details: Details = {}) =>
  Type.Union(
    words.map((word): TLiteral<T[number]> => Type.Literal<T[number]>(word)),
    details,
  );

/** Optionally one of these strings. */
export const choice = <const T extends readonly string[]>(words: T, details: Details = {}) =>
  Type.Optional(oneOf(words, details));

/** A string, usually one of the known values. @param noun what a value is, such as `language` */
export const openChoice = (noun: string, known: ReadonlyMap<string, string>, details: Details = {}) =>
  Type.String({ minLength: 1, noun, known, ...details });

/** Optional, and may also be null, which means the same to the service. */
export const orNull = <T extends TSchema>(schema: T, details: Details = {}) =>
  Type.Optional(Type.Union([schema, Type.Null()], details));

/**
 * Details of a parameter that has no effect any more or should not be used.
 * @param instead what to use, as a sentence
 */
export const deprecated = (instead: string): Details => ({ deprecated: true, deprecationMessage: instead });
