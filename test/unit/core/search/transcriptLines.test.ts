import assert from 'node:assert/strict';
import {
  parseTime,
  renderTranscriptLines,
  type TranscriptSelection,
} from '../../../../src/core/search/transcriptLines';
import type { Turn } from '../../../../src/core/transcript/turns';

const turns: readonly Turn[] = [
  {
    speaker: 'Maria Sánchez',
    paragraphs: [
      { startMs: 4200, text: 'Did the build pass?' },
      { startMs: 6000, text: 'Hello?' },
    ],
  },
  { speaker: 'Speaker B', paragraphs: [{ startMs: 3_660_000, text: 'The builds passed, twice.' }] },
];

const plenty = 1000;
const read = (part: TranscriptSelection, maxCharacters = plenty): string =>
  renderTranscriptLines(turns, part, maxCharacters);

describe('A transcript as lines', () => {
  const whole = [
    '[00:00:04] Maria Sánchez: Did the build pass?',
    '[00:00:06] Maria Sánchez: Hello?',
    '[01:01:00] Speaker B: The builds passed, twice.',
  ];
  const [first, second, third] = whole;

  it('has all paragraphs without a selection', () => {
    assert.equal(read({}), whole.join('\n'));
  });

  it('can be the paragraphs of a speaker, by any part of the name', () => {
    assert.equal(read({ speaker: 'sanchez' }), `${first}\n${second}`);
    assert.equal(read({ speaker: 'B' }), third);
  });

  it('can be the paragraphs between two times, with the one that is said at the first', () => {
    assert.equal(read({ fromMs: 5000, toMs: 6000 }), `${first}\n${second}`);
    assert.equal(read({ fromMs: 6000 }), `${second}\n${third}`);
    assert.equal(read({ fromMs: 1e9 }), third);
  });

  it('selects by the times that it shows', () => {
    const halves = [4500, 9500, 15_000].map((startMs) => ({ startMs, text: 'So.' }));
    const said = renderTranscriptLines(
      [{ speaker: null, paragraphs: halves }],
      { fromMs: 9000, toMs: 9000 },
      plenty,
    );
    assert.equal(said, '[00:00:09] So.');
  });

  it('can be the paragraphs with certain words', () => {
    assert.equal(read({ query: 'the build' }), `${first}\n${third}`);
  });

  it('says how much is left out, and where to read on', () => {
    assert.equal(
      read({}, 60),
      `${first}\n(Cut here, since it is long: 2 more paragraphs, from 00:00:06 on.)`,
    );
    assert.equal(
      read({}, 10),
      '[00:00:04] …\n(Cut here, since it is long: 2 more paragraphs, from 00:00:06 on.)',
    );
    assert.equal(read({ query: 'hello' }, 14), '[00:00:06] Mar …\n(Cut here, since it is long.)');
    assert.match(read({ fromMs: 6000 }, 40), /1 more paragraph, from 01:01:00 on\.\)$/);
  });

  it('says what there is if nothing matches', () => {
    assert.equal(
      read({ speaker: 'Tom' }),
      '(Nothing in it matches: its speakers are Maria Sánchez, Speaker B, and its paragraphs begin between 00:00:04 and 01:01:00.)',
    );
    const unnamed = [{ speaker: null, paragraphs: [{ startMs: 0, text: 'So.' }] }];
    assert.equal(renderTranscriptLines(unnamed, {}, plenty), '[00:00:00] So.');
    assert.match(renderTranscriptLines(unnamed, { speaker: 'A' }, plenty), /it does not tell speakers apart/);
    assert.equal(renderTranscriptLines([], {}, plenty), '(Nothing is said in it.)');
  });
});

describe('A time', () => {
  it('is read as a clock or as seconds', () => {
    const times = ['01:02:03', '2:03', '75', ' 0:00:01.5 ', '', 'soon', '1:2:3:4', '-1'].map(parseTime);
    assert.deepEqual(times, [3_723_000, 123_000, 75_000, 1500, undefined, undefined, undefined, undefined]);
  });
});
