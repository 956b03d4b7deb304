import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import {
  escapeHeading,
  escapeOpening,
  escapeText,
  strong,
  unescapeText,
} from '../../../../src/core/markdown/markdownText';
import { cleanText } from '../../../../src/core/text';
import { cpuMsOf } from '../../../support/cpuTime';
import { hostileText } from '../note/arbitraries';

describe('escapeText', () => {
  const clean = [
    'It\'s 3 - 4, isn\'t it? (Yes.) "Well…"; 50 % + 1 = #1!',
    '3 * 4 and x < y > z, <3, AT&T, R & D, snake_case, a__b, 5:30, and/or, @maria, Node.js, example.com',
    'It costs $5 (or $10), up to $1,000.',
    '- 1. # > + | = ~ : ; { } ^ ] )'.replace('~ ', ''),
    'שלום\u200f 你好。 👩‍👩‍👧 مرحبا',
  ];
  for (const text of clean) {
    it(`leaves ordinary prose alone: ${text}`, () => assert.equal(escapeText(text), text));
  }

  const escaped: readonly (readonly [string, string])[] = [
    ['*so* **so**', '\\*so\\* \\*\\*so\\*\\*'],
    ['_so_ __init__ a_', '\\_so\\_ \\_\\_init\\_\\_ a\\_'],
    ['~~gone~~ ~5', '\\~\\~gone\\~\\~ \\~5'],
    ['`x` C:\\dir', '\\`x\\` C:\\\\dir'],
    ['[a](command:x) ![](y) [^1]', '\\[a]\\(command:x) !\\[]\\(y) \\[^1]'],
    ['<b> </b> <!-- <?x <command:x>', '&lt;b> &lt;/b> &lt;!-- &lt;?x &lt;command:x>'],
    ['&amp; &#65; &#x41;', '\\&amp; \\&#65; \\&#x41;'],
    ['$x$ US$5 5$', '\\$x\\$ US\\$5 5\\$'],
    ['https://a.b //c.d www.e.f me@g.h', 'https:\\//a.b \\//c.d www\\.e.f me\\@g.h'],
    ['\u202egnp.exe\u202c \u2066x\u2069', '&#x202E;gnp.exe&#x202C; &#x2066;x&#x2069;'],
  ];
  for (const [text, markdown] of escaped) {
    it(`writes ${JSON.stringify(text)} as ${markdown}`, () => {
      assert.equal(escapeText(text), markdown);
      assert.equal(unescapeText(markdown), text);
    });
  }
});

describe('escapeOpening', () => {
  const openings: readonly (readonly [string, string])[] = [
    ['# x', '\\# x'],
    ['###### x', '\\###### x'],
    ['#', '\\#'],
    ['- x', '\\- x'],
    ['-', '\\-'],
    ['---', '\\---'],
    ['* * *', '\\* * *'],
    ['+ x', '\\+ x'],
    ['> x', '\\> x'],
    ['>x', '\\>x'],
    ['1. x', '1\\. x'],
    ['12) x', '12\\) x'],
    ['1.', '1\\.'],
    [': x', '\\: x'],
    ['::: x', '\\::: x'],
    ['[ ] x', '\\[ ] x'],
    ['```', '\\`\\`\\`'],
    ['<!-- x', '&lt;!-- x'],
  ];
  for (const [text, markdown] of openings) {
    it(`writes ${JSON.stringify(text)} as ${markdown}`, () => {
      assert.equal(escapeOpening(text), markdown);
      assert.equal(unescapeText(markdown), text);
    });
  }

  for (const text of [
    '#1 of 3',
    '####### x',
    '-5 °C',
    '+49 30',
    '1.5 l',
    '2026 was',
    ':-)',
    '1234567890. x',
  ]) {
    it(`leaves ${text} alone`, () => assert.equal(escapeOpening(text), text));
  }

  it('makes a paragraph of any text, on a line or in a list', () => {
    const markdown = new MarkdownIt({ html: true, linkify: true });
    const kinds = (text: string) => markdown.parse(text, {}).map(({ type }) => type);
    const paragraph = ['paragraph_open', 'inline', 'paragraph_close'];
    const list = ['bullet_list_open', 'list_item_open', ...paragraph, 'list_item_close', 'bullet_list_close'];
    fc.assert(
      fc.property(hostileText.map(cleanText), (text) => {
        fc.pre(text !== '');
        assert.deepEqual(kinds(escapeOpening(text)), paragraph);
        assert.deepEqual(kinds(`- ${escapeOpening(text)}`), list);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('strong', () => {
  it('shows all of any text as strong', () => {
    const markdown = new MarkdownIt({ html: true, linkify: true });
    fc.assert(
      fc.property(hostileText.map(cleanText), (text) => {
        fc.pre(text !== '');
        const children = markdown.parseInline(`${strong(text)}: x`, {})[0]!.children!;
        assert.equal(children.map(({ content }) => content).join(''), `${text}: x`);
        const marks = children.map(({ type }) => type).filter((type) => !type.startsWith('text'));
        assert.deepEqual(marks, ['strong_open', 'strong_close']);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('escapeText with long runs of one character', () => {
  for (const text of ['_', '*', '&a', '/', '<', '[', '`', ' #', 'www.', '@', '$']) {
    it(`is quick with ${text}`, () => {
      assert.ok(cpuMsOf(() => escapeHeading(`a${text.repeat(50_000)}a`)) < 1000);
    });
  }
});

describe('escapeHeading', () => {
  it('keeps # at the end from closing the heading', () => {
    assert.equal(escapeHeading('C#'), 'C#');
    assert.equal(escapeHeading('# x ##'), '# x \\##');
    assert.equal(escapeHeading('##'), '\\##');
  });
});

describe('unescapeText', () => {
  it('reads escapes that Steno does not write', () => {
    assert.equal(
      unescapeText('a &lt; b &gt; c &AMP; &quot;&apos;&nbsp;&#8212;&#x2014;'),
      'a < b > c &AMP; "\'\u00a0——',
    );
    assert.equal(unescapeText('**bold** \\a &hearts; &#; \\'), '**bold** \\a &hearts; &#; \\');
  });

  it('turns impossible characters into U+FFFD', () => {
    assert.equal(unescapeText('&#0; &#xD800; &#x110000; &#9999999;'), '\ufffd \ufffd \ufffd \ufffd');
  });
});
