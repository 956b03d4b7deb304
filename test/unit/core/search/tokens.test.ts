import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseQuery, querySpans } from '../../../../src/core/search/query';
import { folded, tokensOf } from '../../../../src/core/search/tokens';
import { hostileText } from '../note/arbitraries';

const tokens = (text: string): string[] => tokensOf(text).map((token) => token.text);

/** The parts of the text that are found, with their capitals and accents. */
const found = (text: string, query: string, isWhole = false): string[] =>
  querySpans(text, parseQuery(query, isWhole)).map(({ start, end }) => text.slice(start, end));

describe('The words of a text', () => {
  it('are without punctuation, case and accents', () => {
    assert.deepEqual(tokens('“Yes,” said Zoë — twice… Don’t!'), ['yes', 'said', 'zoe', 'twice', 'dont']);
    assert.deepEqual(tokens('Łódź, Malmö, Straße, ÆRØ, İstanbul'), [
      'lodz',
      'malmo',
      'strasse',
      'aero',
      'istanbul',
    ]);
    assert.deepEqual(tokens(' … — !'), []);
  });

  it('keep marks that tell letters apart', () => {
    assert.notEqual(folded('が'), folded('か'));
    assert.notEqual(folded('ก่'), folded('ก้'));
  });

  it('read Hebrew and Arabic with vowel points or without', () => {
    assert.equal(folded('שָׁלוֹם'), folded('שלום'));
    assert.equal(folded('كِتَابٌ'), folded('كتاب'));
  });

  it('are single characters in scripts without spaces, and words between them', () => {
    assert.deepEqual(tokens('明日のAPI会議、2時。'), ['明', '日', 'の', 'api', '会', '議', '2', '時']);
    assert.deepEqual(tokens('ＡＰＩ𠮷田'), ['api', '𠮷', '田']);
  });

  it('have the right offsets in any text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        let last = 0;
        for (const token of tokensOf(text)) {
          assert.ok(token.start >= last && token.end > token.start && token.end <= text.length);
          assert.equal(folded(text.slice(token.start, token.end)), token.text);
          last = token.end;
        }
      }),
    );
  });
});

describe('Search in a text', () => {
  it('finds words in a row, the last by its beginning', () => {
    const text = 'The build passed. Did the buildings pass? Rebuild the “Build”, please.';
    assert.deepEqual(found(text, 'the build'), ['The build', 'the buildings', 'the “Build']);
    assert.deepEqual(found(text, 'the build', true), ['The build', 'the “Build']);
    assert.deepEqual(found(text, 'THE, build passed'), ['The build passed']);
    assert.deepEqual(found(text, 'he build'), []);
  });

  it('finds words inside a text without spaces', () => {
    assert.deepEqual(found('来週の会議室を予約しました。', '会議'), ['会議']);
    assert.deepEqual(found('การประชุมวันนี้', 'ประชุม'), ['ประชุม']);
    assert.deepEqual(found('회의에서 말했다', '회의'), ['회의에서']);
  });

  it('finds nothing for an empty query', () => {
    assert.deepEqual(found('a b', ' …'), []);
    assert.deepEqual(found('', 'a'), []);
  });

  it('finds every word of every text by itself', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const { start, end } of tokensOf(text)) {
          const spans = querySpans(text, parseQuery(text.slice(start, end), true));
          assert.ok(spans.some((span) => span.start === start && span.end === end));
        }
      }),
    );
  });
});
