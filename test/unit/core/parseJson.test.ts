import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExcessiveJson, parseJson } from '../../../src/core/parseJson';

describe('parseJson', () => {
  it('reads all JSON that is not excessive like JSON.parse', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom('', ' ', '\n\t'), (json, space) => {
        assert.deepEqual(parseJson(space + json + space), JSON.parse(json));
      }),
    );
  });

  it('refuses what is no JSON with a SyntaxError', () => {
    for (const text of ['', '{', ']', ']]][[[', '"', '"\\"', '{"a"}', ':::', ',', '{} {}', 'undefined']) {
      assert.throws(() => parseJson(text), SyntaxError, text);
    }
  });

  it('counts nothing that stands in a string', () => {
    for (const text of ['['.repeat(1000), '\\"'.repeat(1000), `\\${'['.repeat(1000)}`, '\\\\\\\\']) {
      assert.equal(parseJson(JSON.stringify(text)), text);
      assert.deepEqual(parseJson(JSON.stringify({ [text]: [text] })), { [text]: [text] });
    }
  });

  it('refuses what nests deeper than 64 levels, even if it is no JSON', () => {
    const nested = (depth: number): string => '[{"a":'.repeat(depth / 2) + '[]' + '}]'.repeat(depth / 2);
    assert.ok(parseJson(nested(62)));
    for (const text of [nested(64), '['.repeat(65), '{"a":'.repeat(5_000_000), '"\\\\"' + '['.repeat(65)]) {
      assert.throws(() => parseJson(text), ExcessiveJson);
    }
  });

  it('refuses more objects, more elements and more kinds of objects than a transcript can have', () => {
    const fields = (names: readonly string[]): string => `{${names.map((name) => `"${name}":1`).join(',')}}`;
    const names = (count: number, prefix = ''): string[] =>
      Array.from({ length: count }, (_, at) => `${prefix}${at}`);
    // Few names, in many orders.
    const orders = names(41).flatMap((start) =>
      names(40).map((stride) =>
        names(41).map((at) => String((Number(start) + Number(at) * (Number(stride) + 1)) % 41)),
      ),
    );
    for (const text of [
      `[${'{},'.repeat(2_000_000)}{}]`,
      `[${'[],'.repeat(2_000_000)}[]]`,
      `[${'1,'.repeat(8_000_001)}1]`,
      fields(names(50_001)),
      `[${names(51)
        .map((prefix) => fields(names(1000, prefix)))
        .join(',')}]`,
      `[${orders.map(fields).join(',')}]`,
    ]) {
      assert.throws(() => parseJson(text), ExcessiveJson, text.slice(0, 40));
    }
    assert.ok(parseJson(`[${`${fields(names(40))},`.repeat(10_000)}{}]`), 'one kind of objects');
  });
});
