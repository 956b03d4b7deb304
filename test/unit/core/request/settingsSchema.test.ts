import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import fc from 'fast-check';
import { checkOptions, optionRules } from '../../../../src/core/request/checkOptions';
import { builtInPresets, readPresets } from '../../../../src/core/request/presets';
import { settingsSchema } from '../../../../src/core/request/settingsSchema';
import { projectPath } from '../../../support/projectPath';
import { anyhow } from './optionsArbitrary';
import { refusalExamples } from './refusalExamples';
import { warningExamples } from './warningExamples';

const schema = JSON.parse(JSON.stringify(settingsSchema())) as object;
const validate = new Ajv({ strict: false }).compile(schema);
const isApproved = (preset: unknown): boolean => validate({ 'steno.presets': { Mine: preset } });

/** Messages of rules that a JSON schema cannot express. */
const beyondSchemas = optionRules
  .filter(({ brokenBy }) => typeof brokenBy === 'function')
  .map(({ message }) => message);

/** Whether there are problems besides those that the schema cannot express or VS Code words itself. */
const isWrong = (preset: object): boolean =>
  [...(readPresets({ Mine: preset }).problems.get('Mine') ?? [])].some(
    ({ message }) => !beyondSchemas.includes(message) && !message.includes('is out of date'),
  );

describe('The schema of presets for VS Code', () => {
  it('is the one in schemas/presets.json; `npm run schema` updates that', () => {
    assert.deepEqual(JSON.parse(readFileSync(projectPath('schemas/presets.json'), 'utf8')), schema);
  });

  it('allows the built-in presets, in settings and in workspaces', () => {
    for (const { options } of builtInPresets) {
      assert.ok(isApproved(options));
      assert.ok(validate({ settings: { 'steno.presets': { Mine: options } } }));
    }
    assert.ok(!validate({ settings: { 'steno.presets': { Mine: { punctuate: 1 } } } }));
    assert.ok(validate({ 'editor.fontSize': 12 }));
  });

  it('knows the field steno', () => {
    assert.ok(isApproved({ steno: { description: 'Mine', deleteAfterSaving: true, glossary: false } }));
    assert.ok(!isApproved({ steno: { deleteAfter: true } }));
    assert.ok(!isApproved({ steno: { nameSpeakers: 'yes' } }));
  });

  for (const [options, parameter, message] of [...refusalExamples, ...warningExamples]) {
    const isSaid = isWrong(options);
    it(`${isSaid ? 'reports' : 'cannot report'} about ${parameter}: ${message}`, () => {
      assert.equal(isApproved(options), !isSaid);
    });
  }

  it('finds the same problems as checkOptions', () => {
    fc.assert(
      fc.property(anyhow, (options) => {
        assert.equal(isApproved(options), !isWrong(options), JSON.stringify(checkOptions(options)));
      }),
      { numRuns: 2000 },
    );
  });

  it('describes every parameter, and says what to use instead of deprecated ones', () => {
    const { definitions } = schema as {
      definitions: {
        preset: {
          properties: Record<
            string,
            { description?: string; deprecated?: true; deprecationMessage?: string }
          >;
        };
      };
    };
    for (const [name, property] of Object.entries(definitions.preset.properties)) {
      assert.match(property.description ?? '', /\.$/, name);
      assert.equal(property.deprecated === true, property.deprecationMessage !== undefined, name);
    }
  });
});
