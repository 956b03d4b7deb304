import { Type, type TSchema } from '@sinclair/typebox';
import { Check } from '@sinclair/typebox/value';
import type { JsonObject } from '../../json';
import { oneOf } from '../schema/fields';

/** Something that options may be, as a schema: so it can be tried here, and be part of a JSON schema. */
export type Condition = TSchema;

export const holds = (condition: Condition, options: JsonObject): boolean => Check(condition, options);

/** Whether the parameter is there and looks like that; dots lead inside of it. */
export const is = (parameter: string, schema: TSchema): Condition =>
  parameter.split('.').reduceRight<TSchema>((inner, name) => Type.Object({ [name]: inner }), schema);

export const isOn = (parameter: string): Condition => is(parameter, Type.Literal(true));
export const isOff = (parameter: string): Condition => is(parameter, Type.Literal(false));

/** Whether the parameter is there; null is as good as absent. */
export const isSet = (parameter: string): Condition => is(parameter, Type.Not(Type.Null()));

export const not = (condition: Condition): Condition => Type.Not(condition);
export const all = (...conditions: Condition[]): Condition => Type.Intersect(conditions);
export const any = (...conditions: Condition[]): Condition => Type.Union(conditions);

/** Whether the parameter is a text, and none of these. */
export const isOther = (parameter: string, words: readonly string[]): Condition =>
  is(parameter, Type.Intersect([Type.String(), Type.Not(oneOf(words))]));

/** Whether the parameter is one of these texts. */
export const isOneOf = (parameter: string, ...words: readonly string[]): Condition =>
  is(parameter, oneOf(words));

/** Whether no other model may be used: this one knows no prompt, and takes fewer key terms. */
export const isModelAlone = (model: string): Condition =>
  is('speech_models', Type.Array(Type.Literal(model), { minItems: 1 }));
