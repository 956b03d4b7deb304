import assert from 'node:assert/strict';
import { problemsFor } from '../../../../src/core/request/recordingProblems';
import { defaultOptions } from '../../../../src/core/request/request';
import { isError } from '../../../../src/core/request/rules/optionProblem';

const recording = (name: string, sizeBytes: number) => ({ name, facts: { sizeBytes } });
const redacted = {
  ...defaultOptions,
  redact_pii: true,
  redact_pii_policies: ['person_name'],
  redact_pii_audio: true,
};
const messages = (...problems: Parameters<typeof problemsFor>): readonly string[] =>
  problemsFor(...problems).map(({ message }) => message);

describe('problemsFor', () => {
  it('finds none for the default options', () => {
    assert.deepEqual(problemsFor(defaultOptions, [recording('a.mp3', 1000)]), []);
  });

  it('reports problems of the options once, for any number of recordings', () => {
    const options = { ...defaultOptions, language_code: 'de' };
    const found = problemsFor(options, [recording('a.mp3', 1), recording('b.mp3', 2)]);
    assert.equal(found.filter(isError).length, 1);
  });

  it('names the recording, if there are several', () => {
    const large = recording('large.wav', 1.5e9);
    assert.equal(messages(redacted, [large]).length, 1);
    const [message = ''] = messages(redacted, [recording('small.wav', 1000), large]);
    assert.match(message, /^large\.wav: ./);
  });

  it('leaves problems of a recording itself to its own job', () => {
    assert.deepEqual(problemsFor(defaultOptions, [recording('empty.mp3', 0)]), []);
  });

  it('has errors before warnings', () => {
    const options = { ...redacted, something_new: true };
    const severities = problemsFor(options, [recording('large.wav', 1.5e9)]).map(({ severity }) => severity);
    assert.deepEqual(severities, ['error', 'warning']);
  });
});
