import type { JsonObject } from '../json';
import { optionRules } from './checkOptions';
import type { Rule } from './rules/rule';
import { presetSchema } from './schema/presetSchema';
import { requirementOf, withoutNull, literalsOf, type SchemaNode } from './schemaProblems';

/*
 * Makes the JSON schema by which VS Code checks presets while they are typed, of the same schema and the same rules by
 * which they are checked when they are used. VS Code shows every problem as a warning, in the words of `errorMessage`.
 */

/** Words of JSON Schema that stay as they are. */
const sharedWords = [
  ...['description', 'type', 'default', 'deprecated', 'deprecationMessage', 'required', 'pattern'],
  ...['minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength', 'patternProperties'],
];

const refused = (errorMessage: string): JsonObject => ({ not: {}, errorMessage });

const isNullable = ({ anyOf = [] }: SchemaNode): boolean => anyOf.some(({ type }) => type === 'null');

function published(schema: SchemaNode): JsonObject {
  const node = withoutNull(schema);
  const value = {
    ...keptWords(node),
    errorMessage: `Must be ${requirementOf(node)}.`,
    ...wordsOffered(node),
    ...inside(node),
  };
  return isNullable(schema) ? orNull(value) : value;
}

function keptWords(node: SchemaNode): JsonObject {
  const kept = Object.entries(node).filter(([word]) => sharedWords.includes(word));
  // VS Code would write the default of a switch when its name is chosen: the opposite of what is wanted.
  return Object.fromEntries(kept.filter(([word]) => word !== 'default' || node.type !== 'boolean'));
}

/** What VS Code offers, and what it says about anything else. */
function wordsOffered(node: SchemaNode): JsonObject {
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

/** What does not stand in the schema: welcome, a mistake, or something newer than Steno. */
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

/** Where options are like that, the rule's sentence at its parameter. */
function publishedRule({ breaks, parameter, message }: Rule): readonly JsonObject[] {
  if (typeof breaks === 'function') {
    return [];
  }
  const then = parameter
    .split('.')
    .reduceRight<JsonObject>((inner, name) => ({ properties: { [name]: inner } }), refused(message));
  return [{ if: withoutOffers(breaks), then }];
}

/** Conditions are for checking: what they name is not to be offered as if it were wanted. */
function withoutOffers(condition: unknown): unknown {
  if (Array.isArray(condition)) {
    return condition.map(withoutOffers);
  }
  if (typeof condition !== 'object' || condition === null) {
    return condition;
  }
  const inner = mapValues(condition as JsonObject, withoutOffers);
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

/** The schema of files with settings: those of users and folders, and workspaces, which have theirs under `settings`. */
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
