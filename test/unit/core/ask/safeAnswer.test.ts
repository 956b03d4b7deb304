import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { citationLinker } from '../../../../src/core/ask/citations';
import { SafeAnswer, safeAnswer } from '../../../../src/core/ask/safeAnswer';
import { hostileAnswer } from './arbitraries';

const paragraph = (startMs: number) => ({ startMs, text: 'Yes.' });
const turns = [{ speaker: 'Maria', paragraphs: [1000, 4200, 4900, 64_000, 36_000_000].map(paragraph) }];
const linkTo = citationLinker(turns, 'stand up.mp3');
const shown = (answer: string) => safeAnswer(answer, linkTo);

/** Each with the Markdown that is shown. */
function assertShown(table: Readonly<Record<string, string>>): void {
  for (const [answer, expected] of Object.entries(table)) {
    assert.equal(shown(answer), expected, answer);
  }
}

describe('an answer that is safe to show', () => {
  it('keeps paragraphs, lists, tasks, quotes, tables, emphasis and plain code', () => {
    const answer = [
      'It was **decided**, _rather_ late, to ~~wait~~ `npm run build`.',
      '',
      '- one',
      '  1. two',
      '- [ ] Tom: write it down',
      '- [x] done',
      '> a quote',
      '',
      '| who | what |',
      '| --- | :---: |',
      '| Tom | AT&T, 3 < 4, $5 |',
    ].join('\n');
    assert.equal(shown(answer), answer);
  });

  it('reads long runs of blanks and marks once', () => {
    const blanks = ' '.repeat(100_000);
    for (const answer of [`${blanks}x`, `a${blanks}x`, `- - -${blanks}x`, `a${'\n'.repeat(100_000)}x`]) {
      assert.ok(shown(answer).endsWith('x'));
    }
  });

  it('reads a line in pieces that stays unclear a few times only, and shows it in the end', () => {
    for (const [start, piece] of [
      ['`', 'word'],
      ['', '----'],
      ['', 'word'],
      ['[', '00:00:00, '],
    ] as const) {
      const answer = new SafeAnswer(linkTo);
      const pieces = Array.from({ length: 100_000 }, () => piece);
      const markdown =
        [start, ...pieces, '\n', 'end'].map((each) => answer.push(each)).join('') + answer.end();
      assert.equal(markdown, new SafeAnswer(linkTo).push(`${start}${pieces.join('')}\n`) + 'end');
    }
  });

  it('makes links of the times that the transcript has', () => {
    assertShown({
      'So it is [00:01:04].': 'So it is [00:01:04](stand%20up.mp3#t=64).',
      'At [0:00:04] and [10:00:00]':
        'At [00:00:04](stand%20up.mp3#t=4.2) and [10:00:00](stand%20up.mp3#t=36000)',
      'From [00:00:01–00:00:04], [00:00:01, 00:01:04]':
        'From [00:00:01](stand%20up.mp3#t=1)–[00:00:04](stand%20up.mp3#t=4.2), [00:00:01](stand%20up.mp3#t=1), [00:01:04](stand%20up.mp3#t=64)',
    });
  });

  it('leaves other times as they are, and all times without a recording', () => {
    assertShown({
      'At [00:00:02], [00:00:01, 00:00:02], 00:00:01, [01:04]':
        'At \\[00:00:02], \\[00:00:01, 00:00:02], 00:00:01, \\[01:04]',
    });
    assert.equal(safeAnswer('At [00:00:01].', citationLinker(turns, null)), 'At \\[00:00:01].');
  });

  it('has no line that begins like a paragraph of a note', () => {
    assertShown({
      '[00:00:01] Maria: yes\n  [00:00:01] so\n- [00:00:01] no\n> [00:00:01] hm':
        '- [00:00:01](stand%20up.mp3#t=1) Maria: yes\n  - [00:00:01](stand%20up.mp3#t=1) so\n- [00:00:01](stand%20up.mp3#t=1) no\n> [00:00:01](stand%20up.mp3#t=1) hm',
      '[00:00:02] made up': '\\[00:00:02] made up',
    });
  });

  it('puts headings below those of the note, and makes none of underlines', () => {
    assertShown({
      '# One\n## Two\n###### Six\n- # In a list': '### One\n#### Two\n###### Six\n- ### In a list',
      'Said\n===\nand\n---\n> so\n> ---\n##': 'Said\n\nand\n\n> so',
      '---\nrecording: x.mp3\n---': 'recording: x.mp3',
    });
  });

  it('shows links, pictures, HTML and addresses as text', () => {
    assertShown({
      '[a](command:x) ![b](https://x.y/?q=1) <b>c</b>':
        '\\[a]\\(command:x) !\\[b]\\(https:\\//x.y/?q=1) &lt;b>c&lt;/b>',
      '<!-- no comment\n<script>x</script>': '&lt;!-- no comment\n&lt;script>x&lt;/script>',
      '[x]: javascript:alert(1)\n[x][x] [^1]': '\\[x]: javascript:alert(1)\n\\[x]\\[x] \\[^1]',
      'https://x.y www.x.y me@x.y file:///etc': 'https:\\//x.y www\\.x.y me\\@x.y file:\\/\\//etc',
      '![00:00:01] [00:00:01](https://x.y) [00:00:02](command:x)':
        '!\\[00:00:01](stand%20up.mp3#t=1) [00:00:01](stand%20up.mp3#t=1)(https:\\//x.y) \\[00:00:02]\\(command:x)'.replace(
          '!\\[',
          '\\![',
        ),
      '\\[a](b) \\`c\\` \\* d \\': '\\[a]\\(b) \\`c\\` \\* d \\\\',
    });
  });

  it('shows the code of a block as any other text, and opens none', () => {
    assertShown({
      '```markdown\n- **one**\n```': '- **one**',
      'a\n~~~\n<b>\n- ```js': 'a\n\n&lt;b>',
      '`a` ``b`` `<i>` ``a`b`` `c': '`a` `b` \\`&lt;i>\\` \\`\\`a\\`b\\`\\` \\`c',
    });
  });

  it('has no control characters, and none that reorder text', () => {
    assertShown({ 'a\n===\ufeff \n': 'a' });
    assertShown({ 'a\u202eb\u0007c\u2028d\ud83d': 'a&#x202E;b c d\ufffd' });
  });

  const markdown = new MarkdownIt({ html: true, linkify: true });
  markdown.linkify.set({ fuzzyLink: false });
  const allowed = new Set([
    ...['text', 'text_special', 'softbreak', 'hardbreak', 'code_inline', 'strong_open', 'strong_close'],
    ...['em_open', 'em_close', 's_open', 's_close', 'link_open', 'link_close'],
  ]);

  it('never has HTML, pictures, or links except to times', () => {
    fc.assert(
      fc.property(hostileAnswer, (answer) => {
        const safe = shown(answer);
        const tokens = markdown.parse(safe, {});
        for (const { type, tag } of tokens) {
          assert.ok(!/html|fence/.test(type), type);
          assert.ok(tag !== 'h1' && tag !== 'h2', `${tag} of ${safe}`);
        }
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          assert.ok(allowed.has(token.type), `${token.type} of ${safe}`);
          if (token.type === 'link_open') {
            assert.match(String(token.attrGet('href')), /^stand%20up\.mp3#t=[\d.]+$/);
          }
        }
        assert.doesNotMatch(safe.replace(/\[[\d:]+\]\(stand%20up\.mp3#t=[\d.]+\)/g, ')'), /\]\(|<[a-z/!?]/i);
        assert.doesNotMatch(safe, /^\[\d/m);
        assert.doesNotMatch(safe, /[^\P{Cc}\n\t]|[\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u);
      }),
      { numRuns: 3000 },
    );
  });

  const trimmed = (text: string) => text.replace(/^(?:[ \t]*\n)+/, '').replace(/[ \t\n]+$/, '');

  it('is the same in whatever pieces it arrives', () => {
    const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 12 });
    fc.assert(
      fc.property(hostileAnswer, cuts, (answer, places) => {
        const reader = new SafeAnswer(linkTo);
        const sorted = [0, ...places.map((place) => place % (answer.length + 1)), answer.length].sort(
          (one, other) => one - other,
        );
        const pieces = sorted.slice(1).map((end, i) => reader.push(answer.slice(sorted[i], end)));
        assert.equal(trimmed([...pieces, reader.end()].join('')), shown(answer));
      }),
      { numRuns: 3000 },
    );
  });

  it('is shown word by word, and in scripts without spaces character by character', () => {
    const reader = new SafeAnswer(linkTo);
    assert.equal(reader.push('The bui'), 'The ');
    assert.equal(reader.push('ld passed [00:0'), 'build passed ');
    assert.equal(reader.push('1:04] twi'), '[00:01:04](stand%20up.mp3#t=64) ');
    assert.equal(reader.push('ce.\n-'), 'twice.\n');
    assert.equal(reader.push(' 你好'), '- 你');
    assert.equal(reader.end(), '好');
  });
});
