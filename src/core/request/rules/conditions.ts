import { Type, type TSchema } from '@sinclair/typebox';
import { Check } from '@sinclair/typebox/value';
import type { JsonObject } from '../../json';
import { oneOf } from '../schema/fields';

/** A condition on options, as a schema: so Steno can check it, and it can be part of the JSON schema for VS Code. */
export type Condition = TSchema;

/** Whether options fulfil a condition. */
export const holds = (condition: Condition, options: JsonObject): boolean => Check(condition, options);

/** The parameter is present and matches a schema. @param parameter with dots for nested ones */
export const is = (parameter: string, schema: TSchema): Condition =>
  parameter.split('.').reduceRight<TSchema>((inner, name) => Type.Object({ [name]: inner }), schema);

/** The parameter is true. */
export const isOn = (parameter: string): Condition => is(parameter, Type.Literal(true));
/** The parameter is false. */
export const isOff = (parameter: string): Condition => is(parameter, Type.Literal(false));

/** The parameter is present and not null. */
export const isSet = (parameter: string): Condition => is(parameter, Type.Not(Type.Null()));

/** The condition is not fulfilled. */
export const not = (condition: Condition): Condition => Type.Not(condition);
/** All conditions are fulfilled. */
export const all = (...conditions: Condition[]): Condition => Type.Intersect(conditions);
/** At least one condition is fulfilled. */
export const any = (...conditions: Condition[]): Condition => Type.Union(conditions);

/** The parameter is a string, and none of these. */
export const isOther = (parameter: string, words: readonly string[]): Condition =>
  is(parameter, Type.Intersect([Type.String(), Type.Not(oneOf(words))]));

/** The parameter is one of these strings. */
export const isOneOf = (parameter: string, ...words: readonly string[]): Condition =>
  is(parameter, oneOf(words));

/** `speech_models` names only these models, at least one of them. */
export const isOnlyModels = (...models: readonly string[]): Condition =>
  is('speech_models', Type.Array(oneOf(models), { minItems: 1 }));

/** `speech_models` names this model and no other, so its limits apply. */
export const isModelAlone = (model: string): Condition => isOnlyModels(model);

/** `speech_models` is left out, so Steno asks for the models of `defaultOptions`. */
export const isDefaultModels: Condition = not(is('speech_models', Type.Unknown()));

/** `speech_models` names this model, and maybe others. */
export const isModelListed = (model: string): Condition =>
  is('speech_models', Type.Array(Type.Unknown(), { contains: Type.Literal(model) }));
