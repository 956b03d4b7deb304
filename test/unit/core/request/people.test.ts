import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkOptions } from '../../../../src/core/request/checkOptions';
import { withSpeakerNames } from '../../../../src/core/request/people';
import { defaultOptions } from '../../../../src/core/request/request';

const byName = (...known_values: readonly string[]) => ({ speaker_type: 'name', known_values });

describe('withSpeakerNames', () => {
  it('requests each name once', () => {
    assert.deepEqual(withSpeakerNames(defaultOptions, [' Maria ', 'Tom', 'maria', '']), {
      options: {
        ...defaultOptions,
        speech_understanding: { request: { speaker_identification: byName('Maria', 'Tom') } },
      },
      dropped: [],
    });
  });

  it('keeps other features', () => {
    const request = { action_items: {}, summarization: { summary_type: 'bullets' } };
    const { options } = withSpeakerNames({ speaker_labels: true, speech_understanding: { request } }, [
      'Tom',
    ]);
    assert.deepEqual(options['speech_understanding'], {
      request: { ...request, speaker_identification: byName('Tom') },
    });
  });

  it('says which names are too long', () => {
    const long = 'x'.repeat(36);
    const { options, dropped } = withSpeakerNames(defaultOptions, [long, 'x'.repeat(35)]);
    assert.deepEqual(dropped, [long]);
    assert.deepEqual(options['speech_understanding'], {
      request: { speaker_identification: byName('x'.repeat(35)) },
    });
    assert.deepEqual(withSpeakerNames(defaultOptions, [long]), { options: defaultOptions, dropped: [long] });
  });

  it('changes nothing without names, without speakers, or where the options identify speakers already', () => {
    const own = {
      speaker_labels: true,
      speech_understanding: {
        request: { speaker_identification: { speaker_type: 'role', known_values: ['Host'] } },
      },
    };
    for (const [options, names] of [
      [defaultOptions, []],
      [{ language_detection: true }, ['Tom']],
      [own, ['Tom']],
    ] as const) {
      assert.deepEqual(withSpeakerNames(options, names), { options, dropped: [] });
    }
  });

  it('makes options without problems of any names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 })), (names) => {
        assert.deepEqual(checkOptions(withSpeakerNames(defaultOptions, names).options), []);
      }),
    );
  });
});
