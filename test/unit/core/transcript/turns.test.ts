import assert from 'node:assert/strict';
import type { Transcript, Utterance, Word } from '../../../../src/core/transcript/model';
import { paragraphsOf } from '../../../../src/core/transcript/paragraphs';
import { turnsOf } from '../../../../src/core/transcript/turns';
import { cpuMsOf } from '../../../support/cpuTime';
import { noResults } from '../../../support/noResults';

function word(text: string, startMs: number, endMs = startMs + 200): Word {
  return { text, startMs, endMs, confidence: null, speaker: null };
}

/** The words of a text, 300 ms apart. */
function said(speaker: string, startMs: number, text: string): Utterance {
  const words = text.split(' ').map((each, i) => word(each, startMs + i * 300));
  return { speaker, text, words, startMs, endMs: words.at(-1)!.endMs };
}

function transcriptOf(...utterances: Utterance[]): Transcript {
  return {
    id: 'x',
    status: 'completed',
    text: utterances.map(({ text }) => text).join(' '),
    words: utterances.flatMap(({ words }) => words),
    utterances,
    language: null,
    durationSeconds: null,
    model: null,
    warnings: [],
    results: noResults,
    error: null,
  };
}

function lengths(text: string, words: readonly Word[] = []): number[] {
  const paragraphs = paragraphsOf([{ text, words, startMs: 0, endMs: 0 }]);
  assert.equal(
    paragraphs
      .map((each) => each.text)
      .join('')
      .replaceAll(' ', ''),
    text.replaceAll(' ', ''),
  );
  return paragraphs.map((each) => each.text.split(' ').length);
}

describe('turnsOf', () => {
  it('joins what one speaker says in a row', () => {
    assert.deepEqual(
      turnsOf(
        transcriptOf(
          said('A', 0, 'One.'),
          said('A', 900, 'Two.'),
          said('B', 1200, 'Three.'),
          said('A', 1500, 'Four.'),
        ),
      ),
      [
        { speaker: 'A', paragraphs: [{ startMs: 0, text: 'One. Two.' }] },
        { speaker: 'B', paragraphs: [{ startMs: 1200, text: 'Three.' }] },
        { speaker: 'A', paragraphs: [{ startMs: 1500, text: 'Four.' }] },
      ],
    );
  });

  it('has no speakers where there is only one, or none is known', () => {
    assert.deepEqual(turnsOf(transcriptOf(said('A', 0, 'One.'))), [
      { speaker: null, paragraphs: [{ startMs: 0, text: 'One.' }] },
    ]);
    const plain = { ...transcriptOf(), text: 'One. Two.', words: [word('One.', 500), word('Two.', 4000)] };
    assert.deepEqual(turnsOf(plain), [
      {
        speaker: null,
        paragraphs: [
          { startMs: 500, text: 'One.' },
          { startMs: 4000, text: 'Two.' },
        ],
      },
    ]);
    assert.deepEqual(turnsOf({ ...plain, words: [] }), [
      { speaker: null, paragraphs: [{ startMs: 0, text: 'One. Two.' }] },
    ]);
    assert.deepEqual(turnsOf(transcriptOf()), []);
  });
});

describe('paragraphsOf', () => {
  it('breaks at a long pause, inside an utterance or between two', () => {
    const words = [word('One', 0), word('two', 2700), word('three', 2900 + 2499)];
    assert.deepEqual(
      paragraphsOf([
        { text: 'One two three', words, startMs: 0, endMs: 5600 },
        { ...said('A', 8100, 'four') },
      ]),
      [
        { startMs: 0, text: 'One' },
        { startMs: 2700, text: 'two three' },
        { startMs: 8100, text: 'four' },
      ],
    );
  });

  it('breaks after about 80 words, if possible at the end of a sentence', () => {
    const sentence = 'Nine words are in each of these long sentences.';
    assert.deepEqual(lengths(Array<string>(20).fill(sentence).join(' ')), [72, 72, 36]);
    assert.deepEqual(lengths(Array<string>(300).fill('and').join(' ')), [120, 120, 60]);
    assert.deepEqual(lengths(Array<string>(100).fill('and, then').join(' ')), [101, 99]);
  });

  it('breaks Chinese, Japanese and Thai, which have no spaces', () => {
    const chinese = '今天我们讨论新的项目计划。'.repeat(40);
    const shown = paragraphsOf([{ text: chinese, words: [], startMs: 0, endMs: 0 }]).map(
      ({ text }) => text.length,
    );
    assert.deepEqual(shown, [143, 143, 143, 91]);
    const endless = Array.from({ length: 500 }, (_, i) => word('今', i * 100, i * 100 + 100));
    assert.deepEqual(
      paragraphsOf([{ text: '今'.repeat(500), words: endless, startMs: 0, endMs: 0 }]).map(
        ({ startMs, text }) => [startMs, text.length],
      ),
      [
        [0, 240],
        [24_000, 240],
        [48_000, 20],
      ],
    );
    const thai = 'สวัสดีครับ'.repeat(100);
    const thaiWords = Array.from({ length: 100 }, (_, i) => word('สวัสดีครับ', i * 100, i * 100 + 100));
    assert.equal(paragraphsOf([{ text: thai, words: thaiWords, startMs: 0, endMs: 0 }]).length, 3);
  });

  it('joins Chinese utterances without a space, English ones with one', () => {
    const text = (a: string, b: string) => paragraphsOf([said('A', 0, a), said('A', 300, b)])[0]?.text;
    assert.equal(text('好的。', '再见。'), '好的。再见。');
    assert.equal(text('Well.', '再见。'), 'Well. 再见。');
  });

  it('never begins with characters that belong to the word before', () => {
    const text = '他说「你好」，然后走了。';
    const words = ['他', '说', '你好', '」', '，', '然后', '走', '了', '。'].map((each, i) =>
      word(each, i * 5000),
    );
    assert.deepEqual(
      paragraphsOf([{ text, words, startMs: 0, endMs: 0 }]).map((each) => each.text),
      ['他', '说「你好」，', '然后', '走', '了。'],
    );
  });

  it('keeps the text where the words are others', () => {
    const text = 'İstanbul is "big", he said. Then co-operation began.';
    const words = [
      word('istanbul', 0),
      word('were', 300),
      word('big', 600),
      word('HE', 900),
      word('operation', 5000),
      word('began.', 9000),
    ];
    assert.deepEqual(paragraphsOf([{ text, words, startMs: 0, endMs: 0 }]), [
      { startMs: 0, text: 'İstanbul is "big", he said. Then co-operation' },
      { startMs: 9000, text: 'began.' },
    ]);
  });

  it('finds words again after some that are missing', () => {
    const filler = Array.from({ length: 60 }, (_, i) => `filler${i}`);
    const words = [...filler.map((_, i) => word(`other${i}`, i * 100, i * 100 + 90)), word('Here', 10_000)];
    const [, second] = paragraphsOf([
      { text: `${filler.join(' ')} Here we are.`, words, startMs: 0, endMs: 0 },
    ]);
    assert.deepEqual(second, { startMs: 10_000, text: 'Here we are.' });
  });

  it('is quick even when no word agrees with the text', () => {
    const text = 'some words '.repeat(50_000).trim();
    const words = Array.from({ length: 100_000 }, (_, i) => word('nowhere', i));
    assert.ok(cpuMsOf(() => paragraphsOf([{ text, words, startMs: 0, endMs: 0 }])) < 2000);
  });
});
