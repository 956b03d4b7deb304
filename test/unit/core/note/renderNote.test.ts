import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { linkDestination } from '../../../../src/core/markdown/linkDestination';
import { parseTimedLine, timeLink } from '../../../../src/core/markdown/timeLink';
import { parseNote } from '../../../../src/core/note/parseNote';
import { renderNote, renderTranslationNotes, type NoteOptions } from '../../../../src/core/note/renderNote';
import { yamlString } from '../../../../src/core/note/yamlString';
import { parseTranscript, parseTranscriptBody } from '../../../../src/core/transcript/parseTranscript';
import { fullBody } from '../../../support/server/fullBody';

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

  it('has a title even if the name of the recording is blank', () => {
    assert.match(rendered({}, { title: ' \0' }), /^# Recording$/m);
  });

  it('refuses an invalid date', () => {
    assert.throws(() => rendered({}, { createdAt: 'yesterday' }), RangeError);
  });

  it('shows the requested sections, and no empty ones', () => {
    const headings = (more: Partial<NoteOptions>, body: object = fullBody('en')) =>
      [...rendered(body, more).matchAll(/^## (.*)$/gm)].map(([, name]) => name);
    const spoken = ['Maria', 'Tom', 'Maria', 'Tom', 'Maria', 'Tom', 'Maria'];
    const before = ['Summary', 'Action items', 'Chapters'];
    const translations = ['Translation: German', 'Translation: Arabic'];
    const after = ['Highlights', 'Entities', 'Sentiment', 'Topics', 'Content warnings'];
    assert.deepEqual(headings({}), [...before, ...spoken, ...translations, ...after]);
    assert.deepEqual(headings({ hasTranslations: false }), [...before, ...spoken, ...after]);
    assert.deepEqual(headings({ sections: new Set() }), spoken);
    assert.deepEqual(headings({ sections: new Set(['topics', 'chapters']) }), [
      'Chapters',
      ...spoken,
      'Topics',
    ]);
    assert.deepEqual(headings({}, { utterances: [said('A'), said('B')] }), ['Speaker A', 'Speaker B']);
  });

  it('can be read back, whatever the names of speakers and the sections are', () => {
    const body = { ...fullBody('en'), utterances: [said('Summary'), said('Topics'), said('Summary')] };
    const speakers = parseNote(rendered(body)).turns.map(({ speaker }) => speaker);
    assert.deepEqual(speakers, ['Summary', 'Topics', 'Summary']);
    const alone = parseNote(rendered({ ...fullBody('en'), utterances: [said('A')] })).turns;
    assert.deepEqual(alone, [{ speaker: null, paragraphs: [{ startMs: 0, text: 'Hi.' }] }]);
    assert.deepEqual(parseNote(rendered({ chapters: [{ headline: 'Silence', start: 0 }] })).turns, []);
  });

  it('uses the names of speakers in sections', () => {
    const sentiment = { sentiment: 'POSITIVE', start: 0, speaker: 'A' };
    const body = {
      utterances: [said('A'), said('B')],
      sentiment_analysis_results: [
        sentiment,
        { ...sentiment, speaker: 'C' },
        { ...sentiment, speaker: null },
      ],
    };
    const note = rendered(body, { speakerNames: new Map([['A', 'Maria']]) });
    assert.deepEqual(note.match(/^- .*/gm), [
      '- Maria: 1 positive, 0 neutral, 0 negative',
      '- Speaker C: 1 positive, 0 neutral, 0 negative',
      '- 1 positive, 0 neutral, 0 negative',
    ]);
    const calm = { ...body, sentiment_analysis_results: [{ sentiment: 'NEUTRAL' }] };
    assert.doesNotMatch(rendered(calm), /Sentiment/);
  });

  it('lists at most ten times', () => {
    const entities = Array.from({ length: 13 }, (_, i) => ({
      entity_type: 'drug',
      text: 'tea',
      start: i * 1000,
    }));
    const note = rendered({ entities });
    assert.equal(note.match(/\[00:00:\d\d\]/g)?.length, 10);
    assert.match(note, /, and 3 more$/m);
  });

  it('names parts of a summary that have no headline', () => {
    const summary = [{ bullets: ['x', 'y'] }, { text: 'z', start: 2000 }];
    const body = { speech_understanding: { response: { summarization: { summary } } } };
    const list = '- **Part 1**\n  - x\n  - y\n- **Part 2** [00:00:02](a.mp3#t=2): z\n';
    assert.ok(rendered(body).includes(`## Summary\n\n${list}`));
  });

  it('links to recordings on the web, and to nothing without a recording', () => {
    const body = { utterances: [said('A'), said('B')] };
    for (const [recording, link] of [
      ['https://a.example/b c.mp3#t=7', 'https://a.example/b%20c.mp3'],
      ['http://a.example/?x=1&y=(2)', 'http://a.example/?x=1&y=%282%29'],
    ] as const) {
      const note = rendered(body, { recording });
      assert.equal(parseNote(note).properties.recording, link);
      assert.ok(note.includes(`[00:00:00](${link}#t=0) Hi.`), note);
      assert.equal(parseNote(note).turns.length, 2);
    }
    const note = rendered(body, { recording: null });
    assert.ok(!parseNote(note).properties.all.has('recording'));
    assert.ok(note.includes('[00:00:00](#t=0) Hi.'));
    assert.deepEqual(parseNote(note).turns, parseNote(rendered(body)).turns);
  });

  it('has only the fields that are known', () => {
    assert.equal(
      rendered({}),
      '---\nrecording: a.mp3\ntranscript: x\ncreated: 1970-01-01T00:00:00Z\n---\n\n# a\n\n' +
        '*No speech was found in this recording.*\n',
    );
  });
});

describe('renderTranslationNotes', () => {
  it('makes a note for each language that can be read like any other', () => {
    for (const language of ['en', 'de', 'ar'] as const) {
      const transcript = parseTranscript(parseTranscriptBody({ id: 'x', ...fullBody(language) }));
      const notes = renderTranslationNotes(transcript, options);
      assert.deepEqual(
        notes.map((note) => note.language),
        transcript.results.translations.map((translation) => translation.language),
      );
      const original = parseNote(renderNote(transcript, options)).turns;
      for (const { language: into, text } of notes) {
        const { turns, properties } = parseNote(text);
        assert.deepEqual(
          turns.map(({ speaker, paragraphs }) => [speaker, paragraphs[0]?.startMs]),
          original.map(({ speaker, paragraphs }) => [speaker, paragraphs[0]?.startMs]),
        );
        assert.notDeepEqual(turns, original);
        assert.equal(properties.all.get('language'), into);
        assert.equal(properties.all.get('translated_from'), transcript.language);
        assert.equal(properties.transcript, 'x');
        for (const key of ['warnings', 'redacted', 'languages']) {
          assert.ok(!properties.all.has(key), key);
        }
      }
    }
  });

  it('has the text without times where they are not known', () => {
    const body = {
      id: 'x',
      status: 'completed',
      text: 'One. Two.',
      translated_texts: { tlh: '# wa’. cha’.' },
    };
    const [note] = renderTranslationNotes(parseTranscript(parseTranscriptBody(body)), options);
    assert.match(note!.text, /\n---\n\n# a \(Klingon\)\n\n\\# wa’\. cha’\.\n$/);
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
    it(`quotes ${JSON.stringify(text)}, for every YAML parser`, () => {
      assert.match(yamlString(text), /^"[^\n]*"$/);
      for (const version of ['1.1', '1.2'] as const) {
        assert.deepEqual(parse(`{${yamlString(text)}: ${yamlString(text)}}`, { version }), { [text]: text });
      }
    });
  }
});

describe('time links', () => {
  it('keep milliseconds', () => {
    assert.equal(timeLink('a.mp3', 4200), '[00:00:04](a.mp3#t=4.2)');
    assert.equal(timeLink('a.mp3', 9135), '[00:00:09](a.mp3#t=9.135)');
    assert.equal(timeLink('a.mp3', 1), '[00:00:00](a.mp3#t=0.001)');
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
    ['~~draft~~/a~b.mp3', '%7E%7Edraft%7E%7E/a%7Eb.mp3'],
    // The preview of VS Code makes no links of `file:` URIs.
    ['file:///D:/a%20(b)~~.mp3', 'vscode://file/D:/a%20%28b%29%7E%7E.mp3'],
    ['file://host/share/a.mp3', 'vscode://file//host/share/a.mp3'],
  ];
  const onTheWeb: readonly (readonly [string, string])[] = [
    ['https://a.example/b.mp3', 'https://a.example/b.mp3'],
    ['HTTP://A.example:8080/b?c=d&e=%20+f#t=9', 'http://A.example:8080/b?c=d&e=%20+f'],
    ['https://me:secret@a.example/@b', 'https://a.example/@b'],
    ['https://a.example\\@evil.example/b', 'https://a.example/@evil.example/b'],
    ['https://a.example/(b) <c> "d" [e]', 'https://a.example/%28b%29%20%3Cc%3E%20%22d%22%20%5Be%5D'],
    ['https://a.example/´`*&amp; 100%', 'https://a.example/%C2%B4%60%2A&amp%3B%20100%25'],
    ['https://a.example/~me/~~b~~.mp3', 'https://a.example/~me/%7E%7Eb%7E%7E.mp3'],
    ['https://é.example/\n\u202e\ud800ſ', 'https://%C3%A9.example/%0A%E2%80%AE%EF%BF%BD%C5%BF'],
  ];
  const notOnTheWeb: readonly (readonly [string, string])[] = [
    ['command:workbench.action.quit', './command%3Aworkbench.action.quit'],
    ['javascript:alert(1)//https://a.example', './javascript%3Aalert%281%29//https%3A//a.example'],
    ['https:a.example', './https%3Aa.example'],
    ['https://', './https%3A//'],
    ['https://me@', './https%3A//me%40'],
    ['https://me:secret@/b', './https%3A//me%3Asecret%40/b'],
    ['vscode://a/b', './vscode%3A//a/b'],
  ];
  for (const [link, destination] of [...cases, ...onTheWeb, ...notOnTheWeb]) {
    it(`writes ${JSON.stringify(link)} as ${destination}`, () =>
      assert.equal(linkDestination(link), destination));
  }
});
