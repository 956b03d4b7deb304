import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonObject } from '../../../../src/core/json';
import type { WordBody } from '../../../../src/local/api/bodies';
import { renderSrt, renderVtt } from '../../../../src/local/api/subtitles';
import { exportReply } from '../../../../src/local/api/exportReply';
import { paragraphsOf, passageBody, sentencesOf } from '../../../../src/local/api/sentences';
import { searchWords } from '../../../../src/local/api/wordSearch';

/** Words of half a second, with a tenth of a second between them. */
function words(text: string, speaker: string | null = null, startMs = 0): WordBody[] {
  return text.split(' ').map((each, index) => {
    const start = startMs + index * 600;
    return { text: each, start, end: start + 500, confidence: 0.5, speaker };
  });
}

const texts = (parts: readonly (readonly WordBody[])[]): string[] =>
  parts.map((part) => passageBody(part).text);

const anyWords = fc
  .array(
    fc.record({
      text: fc.stringMatching(/^[a-zé]{1,12}[.,?]?$/),
      gap: fc.nat(3000),
      length: fc.nat(2000),
      speaker: fc.constantFrom('A', 'B'),
    }),
  )
  .map((parts) => {
    let at = 0;
    return parts.map(({ text, gap, length, speaker }): WordBody => {
      const start = at + gap;
      at = start + length;
      return { text, start, end: at, confidence: 0.5, speaker };
    });
  });

describe('Sentences', () => {
  it('end with their punctuation, including quotation marks and brackets after it', () => {
    const text = 'Did it pass? “Yes, twice.” Well… (It did.) No end';
    assert.deepEqual(texts(sentencesOf(words(text))), [
      'Did it pass?',
      '“Yes, twice.”',
      'Well…',
      '(It did.)',
      'No end',
    ]);
  });

  it('do not end with an abbreviation', () => {
    const text = 'Dr. Smith and J. Doe met Mrs. Brown at 3.5 degrees. Then they left.';
    assert.deepEqual(texts(sentencesOf(words(text))), [
      'Dr. Smith and J. Doe met Mrs. Brown at 3.5 degrees.',
      'Then they left.',
    ]);
  });

  it('have one speaker', () => {
    const spoken = [...words('and then I', 'A'), ...words('no never', 'B', 5000)];
    assert.deepEqual(texts(sentencesOf(spoken)), ['and then I', 'no never']);
  });

  it('stay whole when channels overlap', () => {
    const left = words('One two three.').map((word) => ({ ...word, channel: '1' }));
    const right = words('Uh huh.', null, 300).map((word) => ({ ...word, channel: '2' }));
    const spoken = [...left, ...right].sort((one, other) => one.start - other.start);
    assert.deepEqual(texts(sentencesOf(spoken)), ['One two three.', 'Uh huh.']);
  });

  it('and paragraphs lose no word', () => {
    fc.assert(
      fc.property(anyWords, (spoken) => {
        assert.deepEqual(sentencesOf(spoken).flat(), spoken);
        assert.deepEqual(paragraphsOf(spoken).flat(), spoken);
      }),
    );
  });
});

describe('Paragraphs', () => {
  it('end at a pause, where the speaker changes, and after five sentences', () => {
    const one = words('One. Two. Three. Four. Five. Six.', 'A');
    const later = words('Seven. Eight.', 'A', 5500);
    const other = words('Nine.', 'B', 6800);
    assert.deepEqual(texts(paragraphsOf([...one, ...later, ...other])), [
      'One. Two. Three. Four. Five.',
      'Six.',
      'Seven. Eight.',
      'Nine.',
    ]);
  });
});

describe('Subtitles', () => {
  const spoken = words('Did it pass? Yes, twice.');

  it('are rendered as SubRip', () => {
    assert.equal(
      renderSrt(spoken),
      '1\n00:00:00,000 --> 00:00:01,700\nDid it pass?\n\n2\n00:00:01,800 --> 00:00:02,900\nYes, twice.\n',
    );
  });

  it('are rendered as WebVTT, without markup', () => {
    const late = words('<b>A&B</b>', null, 36_061_007);
    assert.equal(renderVtt(late), 'WEBVTT\n\n10:01:01.007 --> 10:01:01.507\n&lt;b&gt;A&amp;B&lt;/b&gt;\n');
  });

  it('are empty without words', () => {
    assert.equal(renderSrt([]), '');
    assert.equal(renderVtt([]), 'WEBVTT\n');
  });

  it('contain all words, and their cues keep to the limit except for single words', () => {
    fc.assert(
      fc.property(anyWords, fc.integer({ min: 1, max: 60 }), (spoken, limit) => {
        const cues = renderVtt(spoken, limit).trimEnd().split('\n\n').slice(1);
        const said = cues.map((cue) => cue.split('\n')[1] ?? '');
        assert.equal(said.join(' '), spoken.map(({ text }) => text).join(' '));
        said.forEach((text) => assert.ok(text.length <= limit || !text.includes(' '), text));
      }),
    );
  });
});

describe('Word search', () => {
  it('finds words, numbers and phrases despite punctuation', () => {
    const spoken = words('The “Build” passed. The build, 42 times!');
    assert.deepEqual(searchWords(spoken, ['build', 'THE BUILD', '42', 'never', '...']), [
      {
        text: 'build',
        count: 2,
        timestamps: [
          [600, 1100],
          [2400, 2900],
        ],
        indexes: [1, 4],
      },
      {
        text: 'the build',
        count: 2,
        timestamps: [
          [0, 1100],
          [1800, 2900],
        ],
        indexes: [0, 3],
      },
      { text: '42', count: 1, timestamps: [[3000, 3500]], indexes: [5] },
    ]);
  });
});

describe('An export', () => {
  const body: JsonObject = { id: 'i', status: 'completed', words: words('Yes.'), confidence: 0.5 };
  const query = (text: string): URLSearchParams => new URLSearchParams(text);

  it('needs a completed transcript', () => {
    for (const status of ['queued', 'processing', 'error']) {
      const reply = exportReply('srt', { ...body, status }, query(''));
      assert.equal(reply.status, 400);
      assert.match(
        reply.body,
        new RegExp(`has a status of '${status}'\\. .*'completed' before requesting captions`),
      );
    }
  });

  it('refuses wrong parameters', () => {
    for (const chars of ['0', '-1', 'x', '1.5', '']) {
      assert.equal(exportReply('vtt', body, query(`chars_per_caption=${chars}`)).status, 400, chars);
    }
    for (const terms of ['', 'words=', 'words=,', 'words=a%20b%20c%20d%20e%20f']) {
      assert.equal(exportReply('word-search', body, query(terms)).status, 400, terms);
    }
  });

  it('names the channel of a sentence', () => {
    const spoken = words('Yes.', 'B').map((word) => ({ ...word, channel: '2' }));
    const reply = exportReply('sentences', { ...body, words: spoken }, query(''));
    const { sentences } = JSON.parse(reply.body) as { sentences: JsonObject[] };
    assert.deepEqual([sentences[0]?.['speaker'], sentences[0]?.['channel']], ['B', '2']);
  });
});
