import assert from 'node:assert/strict';
import { checkOptions } from '../../../../src/core/request/checkOptions';
import { languageName, languages, translationLanguages } from '../../../../src/core/request/schema/languages';
import {
  knownModels,
  modelLanguages,
  requestedModels,
} from '../../../../src/core/request/schema/speechModels';

describe('languageName', () => {
  for (const [code, name] of [
    ['de', 'German'],
    ['en_us', 'English (United States)'],
    ['en_uk', 'English (United Kingdom)'],
    ['zh', 'Chinese'],
    ['jw', 'Javanese'],
    ['yue', 'Cantonese'],
    ['pt_br', 'Portuguese (Brazil)'],
    ['xx', 'xx'],
    ['no such code', 'no such code'],
  ] as const) {
    it(`calls ${JSON.stringify(code)} ${JSON.stringify(name)}`, () => assert.equal(languageName(code), name));
  }
});

describe('The languages of a model', () => {
  const withoutVariants = (codes: readonly string[]) => codes.filter((code) => !/^en_|_ch$/.test(code));

  it('are as many as AssemblyAI says', () => {
    assert.equal(withoutVariants(modelLanguages['assemblyai-stt-3-7']).length, 32);
    assert.equal(withoutVariants(modelLanguages['universal-3-5-pro']).length, 18);
    assert.equal(withoutVariants(modelLanguages['universal-2']).length, 99);
  });

  it('have names, and include every language of the model before', () => {
    for (const model of knownModels) {
      assert.deepEqual(
        modelLanguages[model].filter((code) => !languages.has(code)),
        [],
      );
    }
    const newer = modelLanguages['assemblyai-stt-3-7'];
    assert.ok(modelLanguages['universal-3-5-pro'].every((code) => newer.includes(code)));
  });

  it('are all covered by the models that Steno asks for', () => {
    for (const language_code of languages.keys()) {
      assert.deepEqual(checkOptions({ speech_models: [...requestedModels], language_code }), []);
    }
  });

  it('can only be translated into where AssemblyAI says so', () => {
    assert.equal(translationLanguages.length, 89);
    assert.equal(translationLanguages.includes('yue'), false);
  });
});
