import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstCharacters, fittingName, type NameLimit } from '../../../src/core/fileName';

const limits: readonly NameLimit[] = [
  { most: 255, counts: 'bytes' },
  { most: 143, counts: 'bytes' },
  { most: 255, counts: 'units' },
];
const sizeIn = (text: string, { counts }: NameLimit): number =>
  counts === 'bytes' ? Buffer.byteLength(text) : text.length;

const endings = ['.md', '.transcript.md', '.transcript.de-1000.md', `.mp3.${'a'.repeat(36)}-2.aai.json`];
const ending = fc.constantFrom(...endings);
const character = fc.constantFrom('a', 'é', 'e\u0301', '日', '👩‍👩‍👧', '🇩🇪', 'ก็', ' ');
const stem = fc.array(character, { minLength: 1, maxLength: 300 }).map((parts) => `x${parts.join('')}`);

describe('a fitting name', () => {
  for (const limit of limits) {
    it(`has at most ${limit.most} ${limit.counts} and its own ending, and whole characters`, () => {
      fc.assert(
        fc.property(stem, ending, (name, end) => {
          const whole = `${name}${end}`;
          const fitting = fittingName(whole, limit);
          assert.ok(sizeIn(fitting, limit) <= limit.most, fitting);
          assert.ok(fitting.endsWith(end), fitting);
          if (fitting !== whole) {
            const kept = fitting.slice(0, -end.length).replace(/-[0-9a-f]{8}$/, '');
            const composed = name.normalize('NFC');
            assert.ok(composed.startsWith(kept));
            const characters = [...new Intl.Segmenter().segment(composed)];
            assert.ok(kept === composed || characters.some(({ index }) => index === kept.length), kept);
          }
        }),
      );
    });
  }

  it('is the name itself where that fits', () => {
    for (const limit of limits) {
      assert.equal(fittingName('Café 日.transcript.md', limit), 'Café 日.transcript.md');
      assert.equal(fittingName(`${'a'.repeat(140)}.md`, limit), `${'a'.repeat(140)}.md`);
    }
  });

  it('is another one for another long name, but the same however the name is composed', () => {
    const [limit] = limits as [NameLimit];
    const long = 'é'.repeat(200);
    const [one, other] = [`${long}1.mp3.aai.json`, `${long}2.mp3.aai.json`];
    assert.notEqual(fittingName(one, limit), fittingName(other, limit));
    assert.equal(fittingName(one.normalize('NFD'), limit), fittingName(one, limit));
  });

  it('is what it was in earlier versions: sidecars are found by it', () => {
    const [limit] = limits as [NameLimit];
    assert.equal(
      fittingName(`${'日'.repeat(84)}.mp3.aai.json`, limit),
      `${'日'.repeat(77)}-ef173141.mp3.aai.json`,
    );
  });
});

describe('the first characters of a text', () => {
  it('are whole', () => {
    assert.equal(firstCharacters('a👩‍👩‍👧b', 18, { counts: 'bytes' }), 'a');
    assert.equal(firstCharacters('a👩‍👩‍👧b', 19, { counts: 'bytes' }), 'a👩‍👩‍👧');
    assert.equal(firstCharacters('ab', 9, { counts: 'units' }), 'ab');
  });
});
