import assert from 'node:assert/strict';
import fc from 'fast-check';
import { logLine } from '../../src/core/text';
import { parseSidecar } from '../../src/core/sidecar/sidecar';
import { inputKinds } from '../support/hostileInput';

/** `STENO_FUZZ_RUNS` sets another number of runs of each kind, which are different each time. */
const runs = process.env['STENO_FUZZ_RUNS'];
const options = runs === undefined ? { numRuns: 25, seed: 7 } : { numRuns: Number(runs) };

describe('input of others', () => {
  for (const [name, { texts, read }] of Object.entries(inputKinds(20_000))) {
    it(`is read or refused, however deep, wide and repetitive: ${name}`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          read(text);
        }),
        options,
      );
    });
  }

  it('stays the same note, and the same answer in one piece', () => {
    const { notes } = inputKinds(2000);
    fc.assert(
      fc.property(notes!.texts, (text) => {
        assert.deepEqual((notes!.read(text) as readonly unknown[])[0], true);
      }),
      options,
    );
  });

  it('has none of what nests deeper than it can', () => {
    const kinds = inputKinds(1000);
    fc.assert(
      fc.property(fc.integer({ min: 65, max: 100_000 }), fc.constantFrom('[', '{"a":'), (depth, open) => {
        const words = `${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}`;
        const body = `{"id":"x","status":"completed","text":"a","words":${words}}`;
        assert.equal(parseSidecar(`{"transcript":${body}}`), undefined);
        assert.ok(kinds['transcripts']!.read(body) instanceof Error);
        assert.deepEqual(kinds['journal']!.read(body), [undefined, false, undefined]);
      }),
      options,
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 9, max: 10_000 }),
        fc.constantFrom('[', '{a: ', '- ', '? '),
        (depth, open) => {
          const all = kinds['front matter']!.read(`speakers: ${open.repeat(depth)}x\ntranscript: 7d1e`);
          assert.deepEqual([...(all as ReadonlyMap<string, unknown>)], [['transcript', '7d1e']]);
        },
      ),
      options,
    );
  });

  it('fills one line of the log', () => {
    fc.assert(
      fc.property(inputKinds(1000)['error texts']!.texts, (text) => {
        assert.doesNotMatch(logLine(text), /[\p{Cc}\u2028\u2029]/u);
      }),
      options,
    );
  });
});
