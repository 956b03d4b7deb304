import assert from 'node:assert/strict';
import { draftedRequest, draftOf, withSpeechPrompt } from '../../../../src/core/request/optionsDraft';
import { builtInPresets, readPresets } from '../../../../src/core/request/presets';
import { presetSettingOf } from '../../../../src/core/request/presetSetting';
import { isError } from '../../../../src/core/request/rules/optionProblem';
import { presetOf } from './somePresets';

const offered = {
  people: ['Maria', 'Tom'],
  glossary: [{ name: 'talks.terms', terms: ['Kubernetes'] }],
};

describe('presetSettingOf', () => {
  for (const preset of builtInPresets) {
    it(`makes a preset with the same options as ${preset.name}`, () => {
      const draft = withSpeechPrompt(draftOf(preset, offered), 'A call');
      const { presets, problems } = readPresets({ Mine: presetSettingOf(draft, offered) });
      assert.deepEqual((problems.get('Mine') ?? []).filter(isError), []);
      const [mine] = presets;
      assert.ok(mine);
      assert.deepEqual(draftedRequest(draftOf(mine, offered)), draftedRequest(draft));
      assert.equal(mine.description, `Made from ${preset.name}`);
    });
  }

  it('copies names and terms that were typed, and refers to the others', () => {
    const options = { speaker_labels: true, keyterms_prompt: ['Steno'] };
    const preset = presetOf({ options, namesSpeakers: true, usesGlossary: true });
    const start = draftOf(preset, offered);
    const all = presetSettingOf(start, offered);
    assert.deepEqual(all['keyterms_prompt'], ['Steno']);
    assert.ok(!('speech_understanding' in all));
    assert.deepEqual(all['steno'], {
      description: 'Made from Test',
      deleteAfterSaving: false,
      nameSpeakers: true,
      glossary: true,
    });
    const some = presetSettingOf({ ...start, names: ['Tom'], terms: start.terms.slice(0, 1) }, offered);
    assert.deepEqual(some['speech_understanding'], {
      request: { speaker_identification: { speaker_type: 'name', known_values: ['Tom'] } },
    });
    assert.deepEqual(some['steno'], {
      description: 'Made from Test',
      deleteAfterSaving: false,
      nameSpeakers: false,
      glossary: false,
    });
  });
});
