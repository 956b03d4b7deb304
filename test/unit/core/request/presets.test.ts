import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkOptions } from '../../../../src/core/request/checkOptions';
import { builtInPresets, readPresets, withBuiltIns } from '../../../../src/core/request/presets';
import { defaultOptions, requestFor } from '../../../../src/core/request/request';
import { submitRefusal } from '../../../../src/local/api/submitRefusal';
import { deprecatedModel } from './warningExamples';

const optionsOf = (name: string): Readonly<Record<string, unknown>> =>
  builtInPresets.find((preset) => preset.name === name)!.options;

describe('The built-in presets', () => {
  it('are six, the first with the options of Transcribe', () => {
    assert.deepEqual(
      builtInPresets.map(({ name }) => name),
      ['Conversation', 'Interview', 'Meeting', 'Lecture', 'Sensitive', 'Verbatim'],
    );
    assert.deepEqual(builtInPresets[0]?.options, defaultOptions);
    assert.ok(builtInPresets.every(({ isBuiltIn, description }) => isBuiltIn && description !== ''));
  });

  for (const { name, options } of builtInPresets) {
    it(`${name} has no problems, and the service accepts it`, () => {
      assert.deepEqual(checkOptions(options), []);
      assert.equal(submitRefusal(requestFor('https://example.test/a.mp3', options)), undefined);
    });
  }

  it('do what they promise', () => {
    const doing = (what: 'deleteAfterwards' | 'namesSpeakers') =>
      builtInPresets.filter((preset) => preset[what]).map(({ name }) => name);
    assert.deepEqual(doing('deleteAfterwards'), ['Sensitive']);
    assert.deepEqual(doing('namesSpeakers'), ['Meeting']);
    assert.deepEqual(optionsOf('Interview')['speaker_options'], {
      min_speakers_expected: 2,
      max_speakers_expected: 2,
    });
    assert.equal(optionsOf('Lecture')['speaker_labels'], undefined);
    assert.equal(optionsOf('Sensitive')['redact_pii_sub'], 'entity_name');
    assert.equal(optionsOf('Verbatim')['disfluencies'], true);
    assert.deepEqual(optionsOf('Meeting')['speech_understanding'], {
      request: { summarization: { summary_type: 'bullets' }, action_items: {} },
    });
  });
});

describe('readPresets', () => {
  it('separates what Steno does from what is sent', () => {
    const { presets, problems } = readPresets({
      Podcast: {
        speech_models: ['universal-2'],
        speaker_labels: true,
        steno: { description: 'Two hosts', deleteAfterSaving: true, nameSpeakers: true, glossary: false },
      },
    });
    assert.deepEqual(presets, [
      {
        name: 'Podcast',
        description: 'Two hosts',
        isBuiltIn: false,
        isFromWorkspace: false,
        options: { speech_models: ['universal-2'], speaker_labels: true },
        deleteAfterwards: true,
        namesSpeakers: true,
        usesGlossary: false,
      },
    ]);
    assert.equal(problems.size, 0);
  });

  it('adds models where there are none, and nothing else', () => {
    const { presets } = readPresets({ Plain: { multichannel: true } });
    assert.deepEqual(presets[0], {
      name: 'Plain',
      description: 'From your settings',
      isBuiltIn: false,
      isFromWorkspace: false,
      options: { speech_models: ['assemblyai-stt-3-7', 'universal-2'], multichannel: true },
      deleteAfterwards: false,
      namesSpeakers: false,
      usesGlossary: true,
    });
  });

  it('reports problems by name, and keeps such presets', () => {
    const { presets, problems } = readPresets({
      Fine: {},
      Odd: { brand_new: 1 },
      Wrong: { speakers_expected: 2, steno: { deleteAfterSaving: 'yes', deleteAfter: true } },
      Old: { speech_models: ['universal-3-5-pro', 'universal-2'], prompt: 'A lecture' },
      Nothing: null,
      Number: { steno: 3 },
    });
    assert.deepEqual(
      presets.map(({ name }) => name),
      ['Fine', 'Odd', 'Wrong', 'Old', 'Nothing', 'Number'],
    );
    assert.deepEqual(
      [...problems].map(([name, found]) => [
        name,
        ...found.map(({ severity, parameter, message }) => `${severity} ${parameter}: ${message}`),
      ]),
      [
        ['Odd', 'warning brand_new: Steno does not know brand_new; it is sent as it stands.'],
        [
          'Wrong',
          'error steno.deleteAfter: Steno does not know steno.deleteAfter.',
          'error steno.deleteAfterSaving: steno.deleteAfterSaving must be true or false.',
          'error speakers_expected: speakers_expected needs speaker_labels.',
        ],
        ['Old', `warning speech_models: ${deprecatedModel}`],
        ['Nothing', 'error : A preset must be an object: { … }.'],
        ['Number', 'error steno: steno must be an object: { … }.'],
      ],
    );
  });

  it('reads any JSON, and any names', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())), (setting) => {
        const { presets, problems } = readPresets(setting);
        const names = presets.map(({ name }) => name);
        assert.ok([...problems.keys()].every((name) => names.includes(name)));
        assert.ok(presets.every(({ options }) => !('steno' in options) && 'speech_models' in options));
      }),
    );
  });
});

describe('presets of a workspace', () => {
  it('come beside those of the user, or replace them', () => {
    const { presets, problems } = readPresets(
      { Podcast: { prompt: 'Mine' }, Other: {} },
      { Podcast: { speaker_labels: 'yes' }, Ours: { steno: { description: 'For talks' } } },
    );
    assert.deepEqual(
      presets.map(({ name, isFromWorkspace, description }) => [name, isFromWorkspace, description]),
      [
        ['Podcast', true, 'From the workspace'],
        ['Other', false, 'From your settings'],
        ['Ours', true, 'From the workspace: For talks'],
      ],
    );
    assert.equal(presets[0]!.options['prompt'], undefined);
    assert.deepEqual([...problems.keys()], ['Podcast']);
  });

  it('do not replace built-in ones, as those of the user do', () => {
    const theirs = { Sensitive: { webhook_url: 'https://evil.test' }, ' meeting': {} };
    assert.deepEqual(withBuiltIns(readPresets({}, theirs).presets), builtInPresets);
    const { presets, problems, ignored } = readPresets({ Sensitive: { prompt: 'Mine' } }, theirs);
    assert.deepEqual(
      presets.map(({ name, options }) => [name, options['prompt'], options['webhook_url']]),
      [['Sensitive', 'Mine', undefined]],
    );
    assert.equal(problems.size, 0);
    assert.deepEqual([...ignored], ['Sensitive', 'Meeting']);
    assert.equal(readPresets({ Sensitive: {} }, { Ours: {} }).ignored.size, 0);
  });
});

describe('withBuiltIns', () => {
  it('replaces built-in presets by those with the same name, and adds the others', () => {
    const own = readPresets({ Podcast: {}, Meeting: { steno: { description: 'Ours' } } }).presets;
    const all = withBuiltIns(own);
    assert.deepEqual(
      all.map(({ name, isBuiltIn }) => `${name}${isBuiltIn ? '' : '*'}`),
      ['Conversation', 'Interview', 'Meeting*', 'Lecture', 'Sensitive', 'Verbatim', 'Podcast*'],
    );
    assert.equal(all[2]?.description, 'Ours');
    assert.deepEqual(withBuiltIns([]), builtInPresets);
  });
});

describe('requestFor', () => {
  it('is about the recording, whatever the options say', () => {
    const options = { audio_url: 'https://example.test/other.mp3', prompt: 'A lecture' };
    assert.deepEqual(requestFor('https://example.test/a.mp3', options), {
      audio_url: 'https://example.test/a.mp3',
      prompt: 'A lecture',
    });
  });
});
