import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseNote } from '../../../../src/core/note/parseNote';
import { renderNote } from '../../../../src/core/note/renderNote';
import { plainTextOf } from '../../../../src/core/search/plainText';
import { parseQuery } from '../../../../src/core/search/query';
import {
  locateInNote,
  searchableParagraphs,
  searchableWords,
  searchNote,
  searchTranscript,
  type NoteHit,
} from '../../../../src/core/search/searchNote';
import { tokensOf } from '../../../../src/core/search/tokens';
import type { Word } from '../../../../src/core/transcript/model';
import { anyOptions, anyTranscript, hostileText } from '../note/arbitraries';

const note = `---
recording: standup.mp3
transcript: 3f0c2b9e
---

# standup

Build, says the title of nobody.

## Maria

[00:00:04](standup.mp3#t=4.2) Did the build pass on the release branch?

## Tom

[00:00:09](standup.mp3#t=9.1) Yes, \\*twice\\* &amp;&#x202E; the Build is
green; that build, too.

[00:00:20](standup.mp3#t=20) Then we ship.
`;

/** One word per second. */
function words(text: string, startMs = 0): Word[] {
  return text.split(' ').map((each, index) => {
    const start = startMs + 1000 * index;
    return { text: each, startMs: start, endMs: start + 500, confidence: null, speaker: null };
  });
}

const said = [
  ...words('Did the build pass', 5000),
  ...words('Yes twice the build is green that build too', 10_000),
  ...words('Then we chip', 21_000),
];

function search(query: string, spoken: readonly Word[] = []): NoteHit[] {
  const parsed = parseQuery(query);
  return [
    ...searchNote(
      searchableParagraphs(parseNote(note)),
      parsed,
      searchTranscript(searchableWords(spoken), parsed),
    ),
  ];
}

const shape = ({ speaker, startMs, place, isInNote }: NoteHit): unknown[] => [
  speaker,
  startMs,
  isInNote ? note.slice(place.start, place.end) : null,
];

describe('Search in a note', () => {
  it('finds text of its paragraphs, with speaker, place and the time of the paragraph', () => {
    assert.deepEqual(search('build').map(shape), [
      ['Maria', 4200, 'build'],
      ['Tom', 9100, 'Build'],
      ['Tom', 9100, 'build'],
    ]);
    assert.deepEqual(search('twice the').map(shape), [['Tom', 9100, 'twice\\* &amp;&#x202E; the']]);
    assert.deepEqual(search('is green').map(shape), [['Tom', 9100, 'is\ngreen']]);
  });

  it('takes the time of the word from the transcript', () => {
    assert.deepEqual(
      search('build', said).map(({ startMs }) => startMs),
      [7000, 13_000, 17_000],
    );
  });

  it('shows the text around it, on one line', () => {
    assert.equal(search('green')[0]?.excerpt, 'Yes, *twice* &\u202e the Build is green; that build, too.');
  });

  it('finds text that was changed in the note, at its paragraph', () => {
    const [hit, ...others] = search('chip', said);
    assert.deepEqual(others, []);
    assert.deepEqual([hit?.speaker, hit?.startMs, hit?.isInNote], ['Tom', 23_000, false]);
    assert.ok(note.slice(hit?.place.start).startsWith('Then we ship.'));
    assert.match(hit?.excerpt ?? '', /Then we chip$/);
  });

  it('finds nothing for an empty query', () => {
    assert.deepEqual(search(' ', said), []);
  });

  it('locates hits of the service’s search', () => {
    const paragraphs = searchableParagraphs(parseNote(note));
    const at = (query: string, ...times: readonly number[]): unknown[] =>
      locateInNote(
        paragraphs,
        parseQuery(query, true),
        times.map((startMs) => ({ startMs, excerpt: null })),
      ).map(shape);
    assert.deepEqual(at('build', 7000, 13_000, 17_000), [
      ['Maria', 7000, 'build'],
      ['Tom', 13_000, 'Build'],
      ['Tom', 17_000, 'build'],
    ]);
    assert.deepEqual(at('build', 17_000), [['Tom', 17_000, 'Build']]);
    assert.deepEqual(at('chip', 23_000, 0), [
      ['Maria', 0, null],
      ['Tom', 23_000, null],
    ]);
    assert.deepEqual(locateInNote([], parseQuery('x'), [{ startMs: 0, excerpt: null }]), []);
  });

  it('searches a paragraph with a very long text', () => {
    const text = 'hello world foo '.repeat(20_000);
    const paragraphs = searchableParagraphs(parseNote(`[00:00:01](a.mp3#t=1) ${text}\n`));
    const said = Array.from({ length: 20_000 }, (_, index) => ({ startMs: 1000 + index, excerpt: null }));
    for (const [word, isInNote] of [
      ['foo', true],
      ['bar', false],
    ] as const) {
      const query = parseQuery(word, true);
      for (const hits of [[...searchNote(paragraphs, query, said)], locateInNote(paragraphs, query, said)]) {
        assert.deepEqual([hits.length, hits.at(-1)?.isInNote], [20_000, isInNote]);
      }
    }
  });

  it('knows the place of every character of any note', () => {
    fc.assert(
      fc.property(anyTranscript, anyOptions, (transcript, options) => {
        const markdown = renderNote(transcript, options);
        for (const { text, raw, offset } of searchableParagraphs(parseNote(markdown))) {
          assert.equal(markdown.slice(offset, offset + raw.length), raw);
          const shown = plainTextOf(raw);
          assert.equal(shown.text, text);
          assert.equal(shown.offsets.length, text.length + 1);
          assert.ok(shown.offsets.every((at, index) => index === 0 || at >= (shown.offsets[index - 1] ?? 0)));
        }
      }),
    );
  });

  it('knows it in paragraphs that were wrapped by hand, too', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 4 }), (lines) => {
        const markdown = lines
          .map((line, index) => (index === 0 ? `[00:00:01](a.mp3#t=1) ${line}` : `  ${line} `))
          .join('\r\n');
        for (const { text, raw } of searchableParagraphs(parseNote(markdown))) {
          assert.equal(plainTextOf(raw).text, text);
        }
      }),
    );
  });

  it('finds every word of any note in its place', () => {
    fc.assert(
      fc.property(anyTranscript, anyOptions, fc.nat(), (transcript, options, pick) => {
        const paragraphs = searchableParagraphs(parseNote(renderNote(transcript, options)));
        const all = paragraphs.flatMap(({ text }) => tokensOf(text).map((token) => token.text));
        const word = all[pick % Math.max(1, all.length)];
        const hits = [...searchNote(paragraphs, parseQuery(word ?? '', true), [])];
        assert.equal(hits.length, all.filter((each) => each === word).length);
      }),
    );
  });
});
