import fc from 'fast-check';
import type { JsonObject } from '../../../../src/core/json';
import { optionsSchema } from '../../../../src/core/request/schema/optionsSchema';
import { literalsOf, withoutNull, type SchemaNode } from '../../../../src/core/request/schemaProblems';

/** Texts for parameters with a pattern. */
const texts: readonly (readonly [parameter: RegExp, values: readonly string[]])[] = [
  [
    /^webhook_url$/,
    ['https://example.test/@done?a=1#b', 'https://example.test', 'http://127.0.0.1:8080/done'],
  ],
  [/^webhook_auth_header_name$/, ['X-Token']],
  [/\.to$/, ['Decarlo', 'ÄÖÜ']],
  [/^keyterms_prompt/, ['release branch', 'Steno', 'a b c d e f']],
];

/** Values that a schema allows. */
function arbitraryOf(schema: SchemaNode, parameter = ''): fc.Arbitrary<unknown> {
  const node = withoutNull(schema);
  const value = valuesOf(node, parameter);
  return schema.anyOf?.some(({ type }) => type === 'null') === true ? fc.option(value) : value;
}

function valuesOf(node: SchemaNode, parameter: string): fc.Arbitrary<unknown> {
  const words = literalsOf(node);
  if (words.length > 0) {
    return fc.constantFrom(...words);
  }
  switch (node.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return numbersOf(node);
    case 'array':
      return fc.array(arbitraryOf(node.items ?? {}, parameter), { minLength: 1, maxLength: 3 });
    case 'object':
      return node.properties === undefined
        ? fc.dictionary(fc.constantFrom('PROJECT', 'CLIENT'), fc.array(fc.constantFrom('Heron', 'Egret')))
        : fieldsOf(node, parameter);
    default:
      return textsOf(node, parameter);
  }
}

function numbersOf({ type, minimum: min = 0, maximum: max = 100 }: SchemaNode): fc.Arbitrary<number> {
  return type === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
}

function textsOf({ known }: SchemaNode, parameter: string): fc.Arbitrary<string> {
  const patterned = texts.find(([pattern]) => pattern.test(parameter))?.[1];
  const values = patterned ?? [...(known?.keys() ?? ['some text'])];
  return fc.constantFrom(...values);
}

/** Some of the fields, and all that are required. */
function fieldsOf(
  { properties = {}, required = [] }: SchemaNode,
  parameter: string,
): fc.Arbitrary<JsonObject> {
  const fields = Object.entries(properties).map(([name, inner]) => [
    name,
    arbitraryOf(inner, parameter === '' ? name : `${parameter}.${name}`),
  ]);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
  });
}

/** Options with valid values, which may break rules. */
export const wellFormed = fieldsOf(optionsSchema, '');

const few = (
  valueOf: (name: string, schema: SchemaNode) => fc.Arbitrary<unknown>,
): fc.Arbitrary<JsonObject> =>
  fc
    .subarray(Object.entries(optionsSchema.properties), { maxLength: 5 })
    .chain((chosen) =>
      fc.record(Object.fromEntries(chosen.map(([name, schema]) => [name, valueOf(name, schema)]))),
    );

/** A few parameters with valid values, which rarely break rules. */
export const fewWellFormed = few((name, schema) => arbitraryOf(schema, name));

/** A few parameters, whose values may be anything. */
export const anyhow = few((name, schema) =>
  fc.oneof({ weight: 3, arbitrary: arbitraryOf(schema, name) }, fc.jsonValue({ maxDepth: 2 })),
);
