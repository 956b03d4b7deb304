import type { TSchema } from '@sinclair/typebox';
import { Errors, ValueErrorType, type ValueError } from '@sinclair/typebox/errors';
import { isJsonObject } from '../json';
import { nearestName } from './nearestName';
import type { OptionProblem } from './rules/optionProblem';
import type { Annotations } from './schema/fields';

/** The fields of a schema that Steno uses. */
export interface SchemaNode extends Annotations {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: unknown;
  readonly required?: readonly string[] | undefined;
  readonly deprecated?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The schema without null, for one that also allows null. */
export function withoutNull(schema: SchemaNode): SchemaNode {
  const { anyOf, ...own } = schema;
  const [first, ...others] = anyOf?.filter(({ type }) => type !== 'null') ?? [];
  return first === undefined || others.length > 0 ? schema : { ...first, ...own };
}

/** The constant values that a schema allows; [] where it allows others. */
export function literalsOf({ anyOf = [], const: word }: SchemaNode): readonly unknown[] {
  return [word, ...anyOf.map((variant) => variant.const)].filter((each) => each !== undefined);
}

/** What a value must be, as the end of the sentence “x must be …”. */
export function requirementOf(written: SchemaNode): string {
  const schema = withoutNull(written);
  if (schema.mustBe !== undefined) {
    return schema.mustBe;
  }
  const words = literalsOf(schema).map((word) => JSON.stringify(word));
  if (words.length > 0) {
    return words.length === 1 ? words.join('') : `one of ${words.join(', ')}`;
  }
  switch (schema.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${rangeOf(schema)}`;
    case 'number':
      return `a number${rangeOf(schema)}`;
    case 'array':
      return 'a list of texts';
    case 'object':
      return 'an object: { … }';
    default:
      return 'a text that is not empty';
  }
}

function rangeOf({ minimum, maximum }: SchemaNode): string {
  if (minimum === undefined) {
    return '';
  }
  return maximum === undefined ? ` of at least ${minimum}` : ` from ${minimum} to ${maximum}`;
}

/** `custom_spelling[0].to` for the JSON pointer `/custom_spelling/0/to`. */
function parameterOf(pointer: string, base: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : joined(path, part)), base);
}

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function messageOf({ type, schema }: ValueError, parameter: string): string {
  switch (type) {
    case ValueErrorType.ObjectRequiredProperty:
      return `${parameter} is missing.`;
    case ValueErrorType.ObjectAdditionalProperties:
      return `Steno does not know ${parameter}.`;
    default:
      return `${parameter} must be ${requirementOf(schema)}.`;
  }
}

/** For a value that could also be null: the errors inside it, where there are any. */
function closerErrors(error: ValueError): readonly ValueError[] {
  const variant = (error.schema as SchemaNode).anyOf?.findIndex(({ type }) => type !== 'null') ?? -1;
  const inside = [...(error.errors[variant] ?? [])].filter(({ path }) => path !== error.path);
  return inside.length > 0 ? inside : [error];
}

/**
 * The errors by which a value does not match a schema, one for each parameter.
 * @param base parameter that the value belongs to
 */
export function schemaErrors(schema: TSchema, value: unknown, base = ''): readonly OptionProblem[] {
  const problems = new Map<string, OptionProblem>();
  for (const error of [...Errors(schema, value)].flatMap(closerErrors)) {
    const parameter = parameterOf(error.path, base);
    if (!problems.has(parameter)) {
      problems.set(parameter, { severity: 'error', parameter, message: messageOf(error, parameter) });
    }
  }
  return [...problems.values()];
}

/**
 * Warnings about values that a schema allows, but does not know or calls deprecated.
 * @param path parameter of the value
 */
export function schemaWarnings(schema: SchemaNode, value: unknown, path = ''): readonly OptionProblem[] {
  const node = withoutNull(schema);
  if (typeof value === 'string') {
    return node.known?.has(value) === false ? [unknownValue(node, value, path)] : [];
  }
  const { items } = node;
  if (Array.isArray(value)) {
    return items === undefined
      ? []
      : value.flatMap((item, index) => schemaWarnings(items, item, `${path}[${index}]`));
  }
  return isJsonObject(value) && node.properties !== undefined
    ? Object.entries(value).flatMap(([name, inner]) => fieldWarnings(node, name, inner, path))
    : [];
}

function fieldWarnings(
  parent: SchemaNode,
  name: string,
  value: unknown,
  path: string,
): readonly OptionProblem[] {
  const parameter = joined(path, name);
  const names = Object.keys(parent.properties ?? {});
  const node = names.includes(name) ? parent.properties?.[name] : undefined;
  if (node === undefined) {
    return parent.additionalProperties !== undefined
      ? []
      : [unknownName(parameter, nearestName(name, names))];
  }
  const isUsed = value !== null && value !== false;
  return [
    ...(node.deprecated === true && isUsed ? [deprecation(node, parameter)] : []),
    ...schemaWarnings(node, value, parameter),
  ];
}

const warning = (parameter: string, message: string): OptionProblem => ({
  severity: 'warning',
  parameter,
  message,
});

const unknownValue = ({ noun = 'value' }: SchemaNode, value: string, parameter: string): OptionProblem =>
  warning(parameter, `Steno knows no ${noun} “${value}” of AssemblyAI; it is sent as it stands.`);

const unknownName = (parameter: string, near: string | undefined): OptionProblem =>
  warning(
    parameter,
    near === undefined
      ? `Steno does not know ${parameter}; it is sent as it stands.`
      : `Steno does not know ${parameter}; did you mean ${near}? It is sent as it stands.`,
  );

const deprecation = ({ deprecationMessage = '' }: SchemaNode, parameter: string): OptionProblem =>
  warning(parameter, `${parameter} is out of date. ${deprecationMessage}`);
