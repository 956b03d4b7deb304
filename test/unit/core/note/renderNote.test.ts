import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { linkDestination } from '../../../../src/core/note/linkDestination';
import { parseNote } from '../../../../src/core/note/parseNote';
import { renderNote, type NoteOptions } from '../../../../src/core/note/renderNote';
import { formatTime, parseTimedLine, timeLink } from '../../../../src/core/note/timeLink';
import { yamlString } from '../../../../src/core/note/yamlString';
import { parseTranscript, parseTranscriptBody } from '../../../../src/core/transcript/parseTranscript';

const options: NoteOptions = { title: 'a', recording: 'a.mp3', createdAt: new Date(0) };

function rendered(body: object, more: Partial<NoteOptions> = {}): string {
  const transcript = parseTranscript(parseTranscriptBody({ id: 'x', status: 'completed', ...body }));
  return renderNote(transcript, { ...options, ...more });
}

describe('renderNote', () => {
  const said = (speaker: string) => ({ speaker, text: 'Hi.', start: 0, end: 1 });

  it('names a single speaker only in the front matter, and only if there is a name', () => {
    assert.equal(parseNote(rendered({ utterances: [said('A')] })).properties.speakers.size, 0);
    assert.equal(parseNote(rendered({ utterances: [said('')] })).properties.speakers.size, 0);
    assert.equal(parseNote(rendered({ utterances: [said('Tom')] })).properties.speakers.get('Tom'), 'Tom');
    const named = rendered({ utterances: [said('A')] }, { speakerNames: new Map([['A', 'Maria']]) });
    assert.equal(parseNote(named).properties.speakers.get('A'), 'Maria');
    assert.doesNotMatch(named, /^## /m);
  });

  it('has a title even where the name of the recording gives none', () => {
    assert.match(rendered({}, { title: ' \0' }), /^# Recording$/m);
  });

  it('refuses a date that is none', () => {
    assert.throws(() => rendered({}, { createdAt: 'yesterday' }), RangeError);
  });

  it('says what it knows and nothing else', () => {
    assert.equal(
      rendered({}),
      '---\nrecording: a.mp3\ntranscript: x\ncreated: 1970-01-01T00:00:00Z\n---\n\n# a\n\n' +
        '*No speech was found in this recording.*\n',
    );
  });
});

describe('yamlString', () => {
  const plain = [
    'standup.mp3',
    'a/b c.mp3',
    "O'Neil",
    'Dr. Ø. Lund',
    '玛丽',
    '3f0c2b9e-5a41',
    '../a.mp3',
    'A',
  ];
  for (const text of plain) {
    it(`leaves ${text} as it is`, () => assert.equal(yamlString(text), text));
  }

  const quoted = [
    'no',
    'Yes',
    'null',
    '~',
    'y',
    '1e5',
    '0x1f',
    '0o7',
    '12',
    '1_000',
    '.5',
    '.inf',
    '1:20',
    '12:30:00',
    '2026-11-22',
  ];
  const odd = [
    '',
    ' a',
    'a ',
    'a: b',
    'a #b',
    '---',
    '- a',
    '<<',
    '{a}',
    '[a](command:x)',
    '<b>',
    'a, b',
    '😀',
    '"',
    '\\',
    '\u202e',
    '\ufeff',
    '\ufffe',
    '\u0085',
    'a\nb',
  ];
  for (const text of [...quoted, ...odd]) {
    it(`quotes ${JSON.stringify(text)}, for every reader of YAML`, () => {
      assert.match(yamlString(text), /^"[^\n]*"$/);
      for (const version of ['1.1', '1.2'] as const) {
        assert.deepEqual(parse(`{${yamlString(text)}: ${yamlString(text)}}`, { version }), { [text]: text });
      }
    });
  }
});

describe('time links', () => {
  it('keep milliseconds and go beyond 99 hours', () => {
    assert.equal(timeLink('a.mp3', 4200), '[00:00:04](a.mp3#t=4.2)');
    assert.equal(timeLink('a.mp3', 9135), '[00:00:09](a.mp3#t=9.135)');
    assert.equal(timeLink('a.mp3', 1), '[00:00:00](a.mp3#t=0.001)');
    assert.equal(formatTime(360_000_000 + 59_999), '100:00:59');
  });

  it('are found at the beginning of a line only', () => {
    assert.deepEqual(parseTimedLine('[00:00:04](a.mp3#t=4.2) x'), { startMs: 4200, markdown: 'x' });
    for (const text of [
      'x [00:00:04](a.mp3#t=4.2)',
      '[00:00:04](a.mp3)',
      '[4](a.mp3#t=4)',
      '[00:00:04](a.mp3#t=4)x',
    ]) {
      assert.equal(parseTimedLine(text), null);
    }
  });
});

describe('linkDestination', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['standup.mp3', 'standup.mp3'],
    ['../a b/c#1 (2).mp3', '../a%20b/c%231%20%282%29.mp3'],
    ['50%?.mp3', '50%25%3F.mp3'],
    ['a:b.mp3', './a%3Ab.mp3'],
    ['x/a:b.mp3', 'x/a%3Ab.mp3'],
    ['"\'*!<>\\.mp3', '%22%27%2A%21%3C%3E%5C.mp3'],
    ['é😀\ud800.mp3', '%C3%A9%F0%9F%98%80%EF%BF%BD.mp3'],
    ['file:///D:/a%20(b).mp3', 'file:///D:/a%20%28b%29.mp3'],
  ];
  for (const [link, destination] of cases) {
    it(`writes ${JSON.stringify(link)} as ${destination}`, () =>
      assert.equal(linkDestination(link), destination));
  }
});
