import assert from 'node:assert/strict';
import { parseTranscript, parseTranscriptBody } from '../../../../../src/core/transcript/parseTranscript';
import { turnsOf } from '../../../../../src/core/transcript/turns';

function transcriptOf(body: object, formatting: object) {
  const understanding = { response: { custom_formatting: { status: 'success', ...formatting } } };
  return parseTranscript(
    parseTranscriptBody({ id: 'x', status: 'completed', ...body, speech_understanding: understanding }),
  );
}

const words = ['We', 'met', 'on', 'June', 'fifth.'].map((text, i) => ({
  text,
  start: i * 100,
  end: i * 100 + 90,
}));
const spoken = { speaker: 'A', text: 'We met on June fifth.', start: 0, end: 500, words };
const other = { speaker: 'B', text: 'At fifteen past five.', start: 600, end: 900, words: [] };
const body = { text: `${spoken.text} ${other.text}`, utterances: [spoken, other] };

function textsOf(more: object, formatting: object): string[] {
  const { text, utterances } = transcriptOf({ ...body, ...more }, formatting);
  return [text, ...utterances.map((each) => each.text)];
}

describe('formatted text', () => {
  it('replaces the recognised text, utterance by utterance', () => {
    const formatting = {
      formatted_text: 'All of it.',
      formatted_utterances: [{ text: 'We met on 06/05.' }, {}],
      mapping: { five: '5' },
    };
    assert.deepEqual(textsOf({}, formatting), ['All of it.', 'We met on 06/05.', 'At fifteen past 5.']);
  });

  it('is made from the replacements where utterances have none', () => {
    const mapping = { five: '5', 'June fifth': '06/05', fifth: '5th', '(x)': '', '': 'y', x: 7 };
    const expected = ['We met on 06/05. At fifteen past 5.', 'We met on 06/05.', 'At fifteen past 5.'];
    assert.deepEqual(textsOf({}, { mapping }), expected);
    assert.deepEqual(textsOf({}, { mapping, formatted_utterances: [{ text: 'one too few' }] }), expected);
  });

  it('takes special characters of regular expressions literally', () => {
    const said = { text: 'Mail a.b+c@d.e (or $x) now.' };
    const mapping = { 'a.b+c@d.e': 'A.B@D.E', '(or $x)': '[$& y]' };
    const { text } = transcriptOf(said, { mapping });
    assert.equal(text, 'Mail A.B@D.E [$& y] now.');
  });

  it('never shows text that was redacted', () => {
    const formatting = {
      formatted_text: 'We met on 06/05, Maria.',
      formatted_utterances: [{ text: 'We met on 06/05, Maria.' }, { text: 'secret' }],
      mapping: { 'June fifth': '06/05', Maria: 'MARIA' },
    };
    assert.deepEqual(textsOf({ redact_pii: true }, formatting), [
      'We met on 06/05. At fifteen past five.',
      'We met on 06/05.',
      'At fifteen past five.',
    ]);
  });

  it('keeps words and their times', () => {
    const late = [
      ...words,
      { text: 'Then', start: 9000, end: 9100 },
      { text: 'we', start: 9200, end: 9300 },
      { text: 'left.', start: 9300, end: 9400 },
    ];
    const utterances = [{ ...spoken, text: `${spoken.text} Then we left.`, words: late, end: 9400 }];
    const [turn] = turnsOf(transcriptOf({ utterances }, { mapping: { 'June fifth': '06/05/2026' } }));
    assert.deepEqual(turn?.paragraphs, [
      { startMs: 0, text: 'We met on 06/05/2026.' },
      { startMs: 9000, text: 'Then we left.' },
    ]);
  });

  it('works with any number of replacements', () => {
    const many = Array.from({ length: 5000 }, (_, i) => [`${'five '.repeat(i % 60)}${i}`, 'x']);
    assert.equal(textsOf({}, { mapping: Object.fromEntries(many) as object }).length, 3);
  });
});
