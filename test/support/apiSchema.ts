import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';

/**
 * AssemblyAI publishes an OpenAPI description of its API; where there is a copy, STENO_API_SCHEMA names it.
 * Its `TranscriptParams` can never be met (two closed objects in an `allOf`), so the options are checked by
 * themselves. It knows no nulls for some fields that the service sends as null; our servers leave those out.
 * What is newer than the description is in `apiDeviations.ts`.
 */
const path = process.env['STENO_API_SCHEMA'] ?? '';

/** Whether there is a description to hold answers against. */
export const hasApiSchema = path !== '';

/** For titles of suites: why they are skipped, if they are. */
export const apiSchemaNote = hasApiSchema ? '' : ' (skipped: STENO_API_SCHEMA names no file)';

/** Formats of the description that are not checked. */
const formats = ['url', 'double', 'float', 'uuid', 'date', 'date-time', 'binary', 'int64', 'email', 'uri'];

/** The description's schemas by name, as they stand in it. */
export function readApiComponents(): Readonly<Record<string, object>> {
  const api = JSON.parse(readFileSync(path, 'utf8')) as { components: { schemas: Record<string, object> } };
  return api.components.schemas;
}

function compile(): (name: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.forEach((format) => ajv.addFormat(format, true));
  ajv.addSchema({ $id: 'api', components: { schemas: readApiComponents() } });
  return (name) => {
    const validate = ajv.getSchema(`api#/components/schemas/${name}`);
    assert.ok(validate, `the description has no ${name}`);
    return validate;
  };
}

/** Reads the description; what it returns asserts that a value is what the description calls by that name. */
export function readApiSchema(): (name: string, value: unknown) => void {
  const schema = compile();
  return (name, value) => {
    const validate = schema(name);
    assert.ok(validate(value), `${name}: ${JSON.stringify(validate.errors, null, 1)}`);
  };
}
