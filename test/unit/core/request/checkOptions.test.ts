import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonObject } from '../../../../src/core/json';
import { checkOptions, optionRules } from '../../../../src/core/request/checkOptions';
import { defaultOptions } from '../../../../src/core/request/request';
import type { RecordingFacts } from '../../../../src/core/request/rules/optionProblem';
import { optionsSchema } from '../../../../src/core/request/schema/optionsSchema';
import { withoutNull, type SchemaNode } from '../../../../src/core/request/schemaProblems';
import { recordingExamples } from './examples';
import { anyhow, wellFormed } from './optionsArbitrary';
import { refusalExamples } from './refusalExamples';
import { deprecatedModel, deprecatedModelExamples, warningExamples } from './warningExamples';

const said = (
  severity: 'error' | 'warning',
  options: JsonObject,
  recording: RecordingFacts = {},
): readonly (readonly [parameter: string, message: string])[] =>
  checkOptions(options, recording)
    .filter((problem) => problem.severity === severity)
    .map(({ parameter, message }) => [parameter, message]);

const title = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
};

describe('checkOptions', () => {
  it('finds no problems of the default options with any ordinary recording', () => {
    assert.deepEqual(checkOptions(defaultOptions), []);
    assert.deepEqual(checkOptions(defaultOptions, { sizeBytes: 2.2e9, durationSeconds: 36_000 }), []);
    assert.deepEqual(checkOptions(defaultOptions, { durationSeconds: null }), []);
    assert.deepEqual(checkOptions({}), []);
  });

  describe('refuses', () => {
    for (const [options, parameter, message] of refusalExamples) {
      it(`${title(options)}: ${message}`, () => {
        assert.deepEqual(said('error', options), [[parameter, message]]);
      });
    }
  });

  describe('refuses for this recording', () => {
    for (const [recording, options, parameter, message] of recordingExamples) {
      it(`${title(recording)} with ${title(options)}: ${message}`, () => {
        assert.deepEqual(said('error', options, recording), [[parameter, message]]);
        assert.deepEqual(said('error', options), []);
      });
    }

    it('nothing that is at the limits', () => {
      const redacted = { redact_pii: true, redact_pii_policies: ['person_name'], redact_pii_audio: true };
      assert.deepEqual(checkOptions(redacted, { sizeBytes: 1e9 - 1, durationSeconds: 0.16 }), []);
      assert.deepEqual(checkOptions({ audio_start_from: 999 }, { durationSeconds: 1 }), []);
      assert.deepEqual(checkOptions({ speech_threshold: 0.5 }, { durationSeconds: 30 }), []);
      assert.deepEqual(checkOptions({ speech_threshold: 0 }, { durationSeconds: 3 }), []);
    });
  });

  describe('warns of', () => {
    for (const [options, parameter, message] of warningExamples) {
      it(`${title(options)}: ${message}`, () => {
        assert.deepEqual(said('error', options), []);
        assert.deepEqual(said('warning', options), [[parameter, message]]);
      });
    }

    for (const [options, parameter, message] of deprecatedModelExamples) {
      it(`a deprecated model, once, and of ${title(options)}: ${message}`, () => {
        assert.deepEqual(said('error', options), []);
        assert.deepEqual(said('warning', options), [
          ['speech_models', deprecatedModel],
          [parameter, message],
        ]);
      });
    }

    it('a threshold for a short recording', () => {
      assert.deepEqual(said('warning', { speech_threshold: 0.5 }, { durationSeconds: 29 }), [
        ['speech_threshold', 'speech_threshold needs a recording of 30 seconds or more.'],
      ]);
    });
  });

  it('of a secret, that it is one, and of one without a header that it does nothing', () => {
    assert.deepEqual(
      said('error', { webhook_auth_header_value: 's' }).map(([, message]) => message.slice(0, 62)),
      [
        'webhook_auth_header_value is a secret, which does not belong i',
        'webhook_auth_header_value does nothing without webhook_auth_he',
      ],
    );
  });

  it('of the form of a summary that is not requested, that it has no effect', () => {
    assert.deepEqual(said('warning', { summary_type: 'bullets', summary_model: 'informative' })[0], [
      'summary_type',
      'summary_type does nothing without summarization.',
    ]);
  });

  it('names errors before warnings, and each once', () => {
    assert.deepEqual(
      checkOptions({ word_boost: ['x'], punctuatoin: true, temperature: 2 }).map(
        ({ severity, parameter }) => [severity, parameter],
      ),
      [
        ['error', 'temperature'],
        ['error', 'word_boost'],
        ['warning', 'punctuatoin'],
      ],
    );
  });

  it('has an example of every rule', () => {
    const rows = [...refusalExamples, ...warningExamples, ...deprecatedModelExamples, ...recordingExamples];
    const sentences = rows.map((row) => row.at(-1));
    const untried = optionRules.filter(({ message }) => !sentences.includes(message));
    assert.deepEqual(
      untried.map(({ name }) => name),
      // These have tests of their own.
      ['threshold for a short recording', 'secret without a header', 'summary_type alone'],
    );
    assert.equal(new Set(optionRules.map(({ name }) => name)).size, optionRules.length);
  });

  it('has rules about existing parameters only', () => {
    const isKnown = (parameter: string): boolean =>
      parameter
        .split('.')
        .reduce<SchemaNode | undefined>(
          (node, name) => node && withoutNull(node).properties?.[name],
          optionsSchema,
        ) !== undefined;
    const strange = optionRules.map(({ parameter }) => parameter).filter((parameter) => !isKnown(parameter));
    assert.deepEqual([...new Set(strange)], ['audio_url']);
  });

  it('refuses valid options only by rules, and knows all of their values', () => {
    const sentences = optionRules.map(({ message }) => message);
    fc.assert(
      fc.property(wellFormed, (options) => {
        for (const { message } of checkOptions(options)) {
          assert.ok(sentences.includes(message) || message.includes('is out of date'), message);
        }
      }),
    );
  });

  it('checks any JSON, and reports whole sentences', () => {
    fc.assert(
      fc.property(fc.oneof(anyhow, fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue())), (options) => {
        for (const { parameter, message } of checkOptions(options)) {
          assert.match(message, /^.+[.}]$/su);
          assert.notEqual(parameter, '');
        }
      }),
    );
  });
});
