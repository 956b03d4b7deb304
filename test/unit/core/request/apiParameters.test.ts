import assert from 'node:assert/strict';
import type { TranscriptOptionalParams } from 'assemblyai';
import fc from 'fast-check';
import { isJsonObject, readObject, readObjects, type JsonObject } from '../../../../src/core/json';
import { optionRules } from '../../../../src/core/request/checkOptions';
import { builtInPresets } from '../../../../src/core/request/presets';
import { defaultOptions } from '../../../../src/core/request/request';
import { languages } from '../../../../src/core/request/schema/languages';
import { optionsSchema, type KnownOptions } from '../../../../src/core/request/schema/optionsSchema';
import {
  differentParameters,
  newerLanguages,
  newerParameters,
  newerValues,
} from '../../../support/apiDeviations';
import { apiSchemaNote, hasApiSchema, readApiComponents, readApiSchema } from '../../../support/apiSchema';
import { fewWellFormed } from './optionsArbitrary';

/** The parts of a parameter that are compared. */
interface Facts {
  readonly types: readonly string[];
  readonly words: readonly string[];
  readonly range: readonly unknown[];
  readonly default: unknown;
}

type Described = ReadonlyMap<string, Facts>;

/** The parameters that a JSON schema describes, by name, with dots for nested ones. */
function describeSchema(schema: JsonObject, resolve: (ref: string) => JsonObject): Described {
  const found = new Map<string, Facts>();
  const variantsOf = (node: JsonObject): readonly JsonObject[] => {
    const ref = node['$ref'];
    const inner = [...readObjects(node['oneOf']), ...readObjects(node['anyOf'])];
    return [node, ...(typeof ref === 'string' ? [resolve(ref)] : []), ...inner].flatMap((variant) =>
      variant === node ? [node] : variantsOf(variant),
    );
  };
  const visit = (node: JsonObject, path: string): void => {
    const variants = variantsOf(node);
    const all = (word: string): readonly unknown[] => [
      ...new Set(variants.flatMap((variant) => variant[word] ?? [])),
    ];
    if (path !== '') {
      found.set(path, {
        types: all('type').map(String).sort(),
        words: [...all('enum'), ...all('const')]
          .filter((word) => word !== null)
          .map(String)
          .sort(),
        range: [all('minimum')[0], all('maximum')[0]],
        default: variants
          .map((variant) => variant['default'])
          .find((value) => value !== undefined && value !== null),
      });
    }
    for (const variant of variants) {
      for (const [name, inner] of Object.entries(readObject(variant['properties']))) {
        visit(readObject(inner), path === '' ? name : `${path}.${name}`);
      }
      if (isJsonObject(variant['items'])) {
        visit(variant['items'], `${path}[]`);
      }
    }
  };
  visit(schema, '');
  return found;
}

const ours = (): Described =>
  describeSchema(JSON.parse(JSON.stringify(optionsSchema)) as JsonObject, () => ({}));

/** Options without nulls and unknown parameters, and with one feature of understanding at most, as the file wants it. */
function withoutNewer(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => typeof item !== 'string' || !newerValues.includes(item));
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const fields = Object.entries(value)
    .map(([name, inner]) => [name, inner, path === '' ? name : `${path}.${name}`] as const)
    .map(([name, inner, inside]) => [name, inside, withoutNewer(inner, inside)] as const)
    .filter(([, inside, inner]) => isAdmitted(inside, inner));
  const admitted = path === 'speech_understanding.request' ? fields.slice(0, 1) : fields;
  return Object.fromEntries(admitted.map(([name, , inner]) => [name, inner]));
}

function isAdmitted(parameter: string, value: unknown): boolean {
  return parameter === 'speech_understanding'
    ? Object.keys(readObject(readObject(value)['request'])).length > 0
    : value !== null && value !== 'speaker' && !newerParameters.includes(parameter);
}

/** The compiler checks that Steno knows all parameters in the SDK's types. */
const asStenoHasIt = (name: keyof TranscriptOptionalParams): keyof KnownOptions => name;

/** Parameters whose types differ from the SDK's. */
type Differing =
  'audio_end_at' | 'audio_start_from' | 'custom_spelling' | 'redact_pii_policies' | 'speech_model';

/** The compiler checks that the types of all other parameters fit those of the SDK. */
const asTheSdkHasIt = (options: Omit<KnownOptions, Differing>): TranscriptOptionalParams => options;

describe('Parameters and the types of AssemblyAI’s SDK', () => {
  it('are the same for the compiler', () => {
    assert.equal(asStenoHasIt('prompt'), 'prompt');
    assert.equal(asTheSdkHasIt(defaultOptions).speaker_labels, true);
  });
});

describe(`Parameters and AssemblyAI’s description of them${apiSchemaNote}`, () => {
  let theirs: Described;
  let conforms: (name: string, value: unknown) => void;

  before(function () {
    if (!hasApiSchema) {
      this.skip();
    }
    const components = readApiComponents();
    const resolve = (ref: string): JsonObject => readObject(components[ref.split('/').at(-1) ?? '']);
    theirs = describeSchema(readObject(components['TranscriptOptionalParams']), resolve);
    conforms = readApiSchema();
  });

  it('have the same names, except newer ones', () => {
    const names = [...ours().keys()].filter((name) => !name.endsWith('[]'));
    const isNewer = (name: string): boolean =>
      newerParameters.some((known) => name === known || name.startsWith(`${known}.`));
    assert.deepEqual(
      names.filter((name) => !isNewer(name)).sort(),
      [...theirs.keys()].filter((name) => !name.endsWith('[]')).sort(),
    );
    assert.deepEqual(
      newerParameters.filter((name) => !names.includes(name) || theirs.has(name)),
      [],
    );
  });

  it('have the same types, values, ranges and defaults, except for known differences', () => {
    const different = [...theirs]
      .filter(([name, facts]) => JSON.stringify(ours().get(name)) !== JSON.stringify(facts))
      .map(([name]) => name);
    assert.deepEqual(different.sort(), Object.keys(differentParameters).sort());
  });

  it('have at least its values', () => {
    const wordsOf = (described: Described, name: string) => described.get(name)?.words ?? [];
    const codes = wordsOf(theirs, 'language_code');
    assert.deepEqual(
      codes.filter((code) => !languages.has(code)),
      [],
    );
    assert.deepEqual(
      [...languages.keys()].filter((code) => !codes.includes(code)),
      newerLanguages,
    );
    const policies = wordsOf(ours(), 'redact_pii_policies[]');
    assert.deepEqual(
      wordsOf(theirs, 'redact_pii_policies[]').filter((policy) => !policies.includes(policy)),
      [],
    );
  });

  it('of all rules are in it, except newer ones', () => {
    const strange = optionRules
      .map(({ parameter }) => parameter)
      .filter((name) => !theirs.has(name) && !newerParameters.includes(name));
    assert.deepEqual([...new Set(strange)], ['audio_url']);
  });

  for (const { name, options } of builtInPresets) {
    it(`allow the preset ${name}, except newer parameters`, () => {
      conforms('TranscriptOptionalParams', withoutNewer(options));
    });
  }

  it('allow what Steno finds valid, except newer parameters and nulls', () => {
    fc.assert(
      fc.property(fewWellFormed, (options) => {
        conforms('TranscriptOptionalParams', withoutNewer({ ...defaultOptions, ...options }));
      }),
      { numRuns: 1000 },
    );
  });
});
