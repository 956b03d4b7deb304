import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseNote } from '../../../../src/core/note/parseNote';
import { checkOptions } from '../../../../src/core/request/checkOptions';
import { translationLanguages } from '../../../../src/core/request/schema/languages';
import { noteSpeakers, understandingRequest } from '../../../../src/core/understanding/analyses';
import { hostileText } from '../note/arbitraries';

const nothing = {
  summary: undefined,
  actionItems: false,
  people: undefined,
  languages: [],
  hasSpeakers: true,
};

describe('the request about a finished transcript', () => {
  it('has what was chosen, in the API’s names', () => {
    assert.deepEqual(understandingRequest(nothing), {});
    assert.deepEqual(
      understandingRequest({
        summary: 'bullets',
        actionItems: true,
        people: ['Maria', ' maria', 'Tom'],
        languages: ['de', 'es'],
        hasSpeakers: true,
      }),
      {
        summarization: { summary_type: 'bullets' },
        action_items: { include_decisions: true },
        speaker_identification: { speaker_type: 'name', known_values: ['Maria', 'Tom'] },
        translation: { target_languages: ['de', 'es'], match_original_utterance: true },
      },
    );
  });

  it('names no people where none are known, and translates the whole text without speakers', () => {
    assert.deepEqual(understandingRequest({ ...nothing, people: ['x'.repeat(36)] }), {
      speaker_identification: { speaker_type: 'name' },
    });
    assert.deepEqual(understandingRequest({ ...nothing, languages: ['de'], hasSpeakers: false }), {
      translation: { target_languages: ['de'] },
    });
  });

  it('is never refused by the rules for options', () => {
    fc.assert(
      fc.property(
        fc.record({
          summary: fc.constantFrom('paragraph' as const, 'bullets' as const, undefined),
          actionItems: fc.boolean(),
          people: fc.option(fc.array(hostileText), { nil: undefined }),
          languages: fc.subarray([...translationLanguages]),
          hasSpeakers: fc.boolean(),
        }),
        (analyses) => {
          const request = understandingRequest(analyses);
          fc.pre(Object.keys(request).length > 0);
          const speaker_labels = analyses.hasSpeakers || analyses.people !== undefined;
          const problems = checkOptions({ speaker_labels, speech_understanding: { request } });
          assert.deepEqual(
            problems.filter(({ severity }) => severity === 'error'),
            [],
          );
        },
      ),
    );
  });
});

describe('the speakers of a note', () => {
  const speakersIn = (yaml: string) => noteSpeakers(parseNote(`---\nspeakers: ${yaml}\n---\n`).properties);

  it('are without a name as long as they are called as their labels are', () => {
    assert.deepEqual(speakersIn('{A: Speaker A, B: Tom, Maria: Maria, 1C: Speaker 1C}'), {
      areApart: true,
      unnamed: ['A', '1C'],
    });
  });

  it('are told apart if there are two voices; channels do not count', () => {
    assert.equal(speakersIn('{A: Maria}').areApart, false);
    assert.deepEqual(speakersIn('{"1": Channel 1, "2": Channel 2}'), { areApart: false, unnamed: [] });
  });
});
