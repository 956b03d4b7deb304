import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cleanText,
  formatBytes,
  formatDuration,
  formatElapsed,
  formatTime,
  oneLine,
  oneLineWithoutTags,
  recordingCountText,
  shortList,
  withoutIcons,
  withoutLinks,
} from '../../../src/core/text';

describe('cleanText', () => {
  it('is one line of well-formed text, unchanged by another cleaning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cleanText(text);
        assert.doesNotMatch(clean, /^ | $| {2}|[^\S ]|\p{Cc}|\p{Surrogate}/u);
        assert.equal(cleanText(clean), clean);
      }),
      { numRuns: 2000 },
    );
    assert.equal(cleanText(' a\u00a0\r\n\u0085 \u0000 b\u0007\ud83d '), 'a b\ufffd');
    assert.equal(cleanText('\u202eabc\u200f'), '\u202eabc\u200f');
  });
});

describe('withoutLinks', () => {
  it('breaks links, and nothing else', () => {
    assert.equal(withoutLinks('[a](command:b) [c](d)](e)'), '[a] (command:b) [c] (d)] (e)');
    assert.equal(withoutLinks('talk [1] (final).mp3'), 'talk [1] (final).mp3');
  });
});

describe('withoutIcons', () => {
  it('breaks icons, and nothing else', () => {
    assert.equal(withoutIcons('$(trash) $5 (each)'), '$ (trash) $5 (each)');
  });
});

describe('oneLine', () => {
  it('removes line breaks, control characters and links, and keeps everything else', () => {
    assert.equal(oneLine('interview <anna>\n.mp3'), 'interview <anna> .mp3');
    assert.equal(oneLine('[a](command:b)'), '[a] (command:b)');
  });

  it('is cut at a length', () => {
    assert.equal(oneLine('abcdef', 4), 'abc…');
    assert.equal(oneLine('ab cdef', 4), 'ab…');
    assert.equal(oneLine('x'.repeat(201)).length, 200);
  });
});

describe('oneLineWithoutTags', () => {
  it('removes tags and scripts, and no other angle brackets', () => {
    assert.equal(oneLineWithoutTags('<b>Not</b> <script>alert(1)</script>so\r\n fast\u0007'), 'Not so fast');
    assert.equal(oneLineWithoutTags('1 < 2 and 3 > 2'), '1 < 2 and 3 > 2');
  });

  it('reads scripts and tags that do not end, however many there are', () => {
    assert.equal(oneLineWithoutTags('a<script>b<style>c</style>d</SCRIPT >e<script>f<i'), 'a e f');
    const shown = (tag: string): string => oneLineWithoutTags(tag.repeat(50_000), 6);
    assert.equal(shown('<script '), '');
    assert.equal(shown('<style></script>'), '');
    assert.equal(shown('<script>x'), 'x x x…');
    assert.equal(shown('<'), '<<<<<…');
  });

  it('leaves no link where a tag was', () => {
    assert.equal(oneLineWithoutTags('[a]<b>(command:b)'), '[a] (command:b)');
  });
});

describe('shortList', () => {
  it('counts the lines that it leaves out', () => {
    assert.equal(shortList(['a', 'b', 'c'], 1), 'a\nand 2 more');
    assert.equal(shortList(['a', 'b'], 2), 'a\nb');
    assert.equal(shortList([], 2), '');
  });
});

describe('recordingCountText', () => {
  it('knows the singular', () => {
    assert.deepEqual([0, 1, 2].map(recordingCountText), ['0 recordings', '1 recording', '2 recordings']);
  });
});

describe('formatBytes', () => {
  it('writes up to three digits', () => {
    const written = [0, 999, 1000, 1049, 99_949, 99_950, 999_499, 999_500, 2_200_000_000, 5e12].map(
      formatBytes,
    );
    const expected = [
      '0 B',
      '999 B',
      '1.0 kB',
      '1.0 kB',
      '99.9 kB',
      '100 kB',
      '999 kB',
      '1.0 MB',
      '2.2 GB',
      '5000 GB',
    ];
    assert.deepEqual(written, expected);
  });
});

describe('formatElapsed', () => {
  it('writes minutes and seconds, and hours where there are any', () => {
    assert.deepEqual([-5, 0, 59_999, 60_000, 3_600_000].map(formatElapsed), [
      '0:00',
      '0:00',
      '0:59',
      '1:00',
      '1:00:00',
    ]);
  });
});

describe('formatDuration', () => {
  const examples: readonly (readonly [number, string])[] = [
    [0.4, '0 s'],
    [43, '43 s'],
    [59.6, '1 min'],
    [89, '1 min'],
    [3570, '1 h'],
    [8040, '2 h 14 min'],
    [360_000, '100 h'],
  ];
  for (const [seconds, text] of examples) {
    it(`writes ${seconds} seconds as ${text}`, () => {
      assert.equal(formatDuration(seconds), text);
    });
  }

  it('is right to half a minute', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
        const [, h = 0, min = 0, s = 0] = /^(?:(\d+) h)? ?(?:(\d+) min)?(?:(\d+) s)?$/
          .exec(formatDuration(seconds))!
          .map(Number)
          .map((part) => part || 0);
        assert.ok(Math.abs(3600 * h + 60 * min + s - seconds) <= (seconds < 59.5 ? 0.5 : 30));
      }),
    );
  });
});

describe('formatTime', () => {
  it('rounds down to seconds, and goes beyond 99 hours', () => {
    assert.deepEqual([0, 4200, 360_000_000 + 59_999].map(formatTime), ['00:00:00', '00:00:04', '100:00:59']);
  });
});
