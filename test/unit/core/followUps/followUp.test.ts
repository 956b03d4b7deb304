import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  merged,
  parseFollowUp,
  renderFollowUp,
  type FollowUp,
} from '../../../../src/core/followUps/followUp';

const followUp: FollowUp = {
  transcriptId: '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10',
  service: 'https://api.assemblyai.com',
  name: 'standup.mp3',
  redactedAudio: '/talks/standup.redacted.mp3',
  deletes: true,
};

const anyFollowUp: fc.Arbitrary<FollowUp> = fc.record(
  {
    transcriptId: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
    service: fc.constantFrom('https://api.assemblyai.com', 'http://127.0.0.1:8080'),
    name: fc.string({ unit: 'grapheme' }),
    redactedAudio: fc.option(fc.string({ minLength: 1 })),
    deletes: fc.boolean(),
  },
  { noNullPrototype: true },
);

/** Values of the wrong kind, and texts that would lead elsewhere. */
const wrong: Readonly<Record<keyof FollowUp, readonly unknown[]>> = {
  transcriptId: [undefined, null, 7, '', '../x', 'a/b', 'a b'],
  service: [
    undefined,
    null,
    7,
    '',
    'api.assemblyai.com',
    'file:///etc',
    'https://',
    'https://a/b',
    'https://a b',
  ],
  name: [undefined, null, 7, ['x']],
  redactedAudio: [undefined, 7, '', ['/x']],
  deletes: [undefined, null, 'true', 1],
};

describe('A follow-up', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(anyFollowUp, (each) => assert.deepEqual(parseFollowUp(renderFollowUp(each)), each)),
    );
  });

  it('is read whole or not at all, whatever the file holds', () => {
    const json = fc.json();
    const torn = fc
      .tuple(anyFollowUp, fc.nat())
      .map(([each, at]) => renderFollowUp(each).slice(0, at % (renderFollowUp(each).length - 1)));
    fc.assert(
      fc.property(fc.oneof(json, torn, fc.string()), (text) => assert.equal(parseFollowUp(text), undefined)),
    );
  });

  it('is not read when any part of it is wrong', () => {
    for (const [key, values] of Object.entries(wrong)) {
      for (const value of values) {
        const text = JSON.stringify({ version: 1, followUp: { ...followUp, [key]: value } });
        assert.equal(parseFollowUp(text), undefined, text);
      }
    }
    assert.equal(parseFollowUp(JSON.stringify({ version: 2, followUp })), undefined);
    assert.equal(parseFollowUp(JSON.stringify({ version: 1, followUp: [followUp] })), undefined);
  });

  it('is merged with what was to do before', () => {
    const audio = { ...followUp, deletes: false };
    const deletion = { ...followUp, redactedAudio: null };
    assert.deepEqual(merged(audio, deletion), followUp);
    assert.deepEqual(merged(deletion, audio), followUp);
    assert.deepEqual(merged(undefined, audio), audio);
    assert.deepEqual(merged(deletion, deletion), deletion);
    const elsewhere = { ...followUp, redactedAudio: '/other.mp3' };
    assert.deepEqual(merged(followUp, elsewhere), elsewhere);
  });
});
