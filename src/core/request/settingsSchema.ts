import type { JsonObject } from '../json';
import { optionRules } from './checkOptions';
import type { Rule } from './rules/rule';
import { presetSchema } from './schema/presetSchema';
import { literalsOf, requirementOf, withoutNull, type SchemaNode } from './schemaProblems';

/*
 * Makes the JSON schema with which VS Code checks presets while they are typed. It comes from the schema and the rules
 * with which `checkOptions` checks them before they are used. VS Code shows every problem as a warning with the text of
 * `errorMessage`.
 */

/** Keywords of JSON Schema that are copied. */
const copiedKeywords = [
  ...['description', 'type', 'default', 'deprecated', 'deprecationMessage', 'required', 'pattern'],
  ...['minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength', 'patternProperties'],
];

const refused = (errorMessage: string): JsonObject => ({ not: {}, errorMessage });

const isNullable = ({ anyOf = [] }: SchemaNode): boolean => anyOf.some(({ type }) => type === 'null');

function published(schema: SchemaNode): JsonObject {
  const node = withoutNull(schema);
  const value = {
    ...copiedFields(node),
    errorMessage: `Must be ${requirementOf(node)}.`,
    ...suggestedValues(node),
    ...inside(node),
  };
  return isNullable(schema) ? orNull(value) : value;
}

function copiedFields(node: SchemaNode): JsonObject {
  const copied = Object.entries(node).filter(([keyword]) => copiedKeywords.includes(keyword));
  // VS Code inserts the default of a switch together with its name, although its user wants the opposite.
  return Object.fromEntries(copied.filter(([keyword]) => keyword !== 'default' || node.type !== 'boolean'));
}

/** The values that VS Code suggests, and its message about other values. */
function suggestedValues(node: SchemaNode): JsonObject {
  if (node.known !== undefined) {
    return {
      enum: [...node.known.keys()],
      enumDescriptions: [...node.known.values()],
      errorMessage: `Steno knows no such ${node.noun ?? 'value'}; it is sent as it stands.`,
    };
  }
  const words = literalsOf(node);
  return words.length === 0 ? {} : { type: 'string', enum: words };
}

function inside({ items, properties, additionalProperties }: SchemaNode): JsonObject {
  return {
    ...(items === undefined ? {} : { items: published(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: mapValues(properties, published),
          additionalProperties: others(additionalProperties),
        }),
  };
}

/** The schema for fields without a schema: allowed, an error, or a parameter that may be newer than Steno. */
function others(additionalProperties: unknown): unknown {
  if (additionalProperties === true) {
    return true;
  }
  return refused(
    additionalProperties === false
      ? 'Steno does not know this.'
      : 'Steno does not know this parameter; it is sent as it stands.',
  );
}

function orNull(schema: JsonObject): JsonObject {
  const { type, enum: words } = schema;
  const all: readonly unknown[] | undefined = Array.isArray(words)
    ? [...(words as unknown[]), null]
    : undefined;
  return { ...schema, type: [type, 'null'], ...(all === undefined ? {} : { enum: all }) };
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** A rule as a condition that shows the rule's message at its parameter; [] for a rule that is a function. */
function publishedRule({ brokenBy, parameter, message }: Rule): readonly JsonObject[] {
  if (typeof brokenBy === 'function') {
    return [];
  }
  const then = parameter
    .split('.')
    .reduceRight<JsonObject>((inner, name) => ({ properties: { [name]: inner } }), refused(message));
  return [{ if: withoutSuggestions(brokenBy), then }];
}

/** The condition with `doNotSuggest`, so that VS Code does not suggest the values that it checks for. */
function withoutSuggestions(condition: unknown): unknown {
  if (Array.isArray(condition)) {
    return condition.map(withoutSuggestions);
  }
  if (typeof condition !== 'object' || condition === null) {
    return condition;
  }
  const inner = mapValues(condition as JsonObject, withoutSuggestions);
  const { properties } = inner;
  return properties === undefined
    ? inner
    : {
        ...inner,
        properties: mapValues(properties as Readonly<Record<string, JsonObject>>, (schema) => ({
          ...schema,
          doNotSuggest: true,
        })),
      };
}

/** The JSON schema of settings files. Workspace files have their settings under `settings`, others at the top. */
export function settingsSchema(): JsonObject {
  const presets = { 'steno.presets': { $ref: '#/definitions/presets', doNotSuggest: true } };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'Made by `npm run schema` of what is in src/core/request.',
    definitions: {
      presets: { type: 'object', additionalProperties: { $ref: '#/definitions/preset' } },
      preset: { ...published(presetSchema), allOf: optionRules.flatMap(publishedRule) },
    },
    properties: { ...presets, settings: { doNotSuggest: true, properties: presets } },
  };
}
