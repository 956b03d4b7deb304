import assert from 'node:assert/strict';
import { languageName } from '../../../../src/core/request/schema/languages';

describe('languageName', () => {
  for (const [code, name] of [
    ['de', 'German'],
    ['en_us', 'English (United States)'],
    ['en_uk', 'English (United Kingdom)'],
    ['zh', 'Chinese'],
    ['jw', 'Javanese'],
    ['pt_br', 'Portuguese (Brazil)'],
    ['xx', 'xx'],
    ['no such code', 'no such code'],
  ] as const) {
    it(`calls ${JSON.stringify(code)} ${JSON.stringify(name)}`, () => assert.equal(languageName(code), name));
  }
});
