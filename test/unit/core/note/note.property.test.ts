import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { parseNote, serialiseNote } from '../../../../src/core/note/parseNote';
import { renderNote, renderTranslationNotes, type NoteOptions } from '../../../../src/core/note/renderNote';
import { sectionNames } from '../../../../src/core/note/sections/sectionNames';
import { defaultSpeakerName } from '../../../../src/core/note/speakerNames';
import { cleanText, formatTime } from '../../../../src/core/text';
import type { Transcript } from '../../../../src/core/transcript/model';
import { parseTranscript, parseTranscriptBody } from '../../../../src/core/transcript/parseTranscript';
import { labelsOf, turnsOf, type Turn } from '../../../../src/core/transcript/turns';
import { fullBody } from '../../../support/server/fullBody';
import { anyOptions, anyTranscript, hostileText } from './arbitraries';
import { poisoned } from './poisoned';

type Token = MarkdownIt.Token;

const markdown = new MarkdownIt({ html: true, linkify: true });

function namedTurns(transcript: Transcript, options: NoteOptions): Turn[] {
  const nameOf = (label: string) =>
    cleanText(options.speakerNames?.get(label) ?? '') || defaultSpeakerName(label);
  return turnsOf(transcript).map(({ speaker, paragraphs }) => ({
    speaker: speaker === null ? null : nameOf(speaker),
    paragraphs,
  }));
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function bodyOf(note: string): string {
  return note.slice(parseNote(note).blocks[0]!.raw.length);
}

function translationsOf(transcript: Transcript, options: NoteOptions): string[] {
  return renderTranslationNotes(transcript, options).map(({ text }) => text);
}

function assertOwnMarkup(transcript: Transcript, given: NoteOptions): void {
  const options = { ...given, sections: new Set(sectionNames) };
  for (const note of [renderNote(transcript, options), ...translationsOf(transcript, options)]) {
    for (const token of markdown.parse(bodyOf(note), {})) {
      assert.ok(ownBlocks.has(token.type.replace(/_(open|close)$/, '')), `${token.type}: ${note}`);
      for (const child of token.children ?? []) {
        assert.ok(ownMarkup.has(child.type), `${child.type}: ${token.content}`);
        if (child.type === 'link_open') {
          assertLeadsToRecording(child, options);
        }
      }
    }
  }
}

const ownBlocks = new Set(['heading', 'paragraph', 'bullet_list', 'list_item', 'blockquote', 'hr', 'inline']);
const ownMarkup = new Set([
  ...['text', 'text_special', 'softbreak'],
  ...['link_open', 'link_close', 'strong_open', 'strong_close', 'em_open', 'em_close'],
]);

/** The text of a paragraph or heading that a reader sees. */
function shownText(inline: Token): string {
  return inline.children!.map(({ content }) => content).join('');
}

describe('a note of any transcript', () => {
  it('is read back with its speakers, times and text', () => {
    fc.assert(
      fc.property(anyTranscript, anyOptions, (transcript, options) => {
        const note = parseNote(renderNote(transcript, options));
        assert.deepEqual(note.turns, namedTurns(transcript, options));
        assert.equal(note.title, cleanText(options.title) || 'Recording');
        assert.equal(note.properties.recording, wellFormed(options.recording!));
        assert.equal(note.properties.transcript, wellFormed(transcript.id));
        const labels = labelsOf(transcript);
        if (labels.length > 1) {
          assert.deepEqual([...note.properties.speakers.keys()].sort(), labels.sort());
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('shows headings, paragraphs and one time link in each, and nothing else', () => {
    fc.assert(
      fc.property(anyTranscript, anyOptions, (transcript, options) => {
        const tokens = markdown.parse(
          bodyOf(renderNote(transcript, { ...options, sections: new Set() })),
          {},
        );
        const kinds = new Set(tokens.map(({ type }) => type));
        for (const kind of ['heading_open', 'heading_close', 'paragraph_open', 'paragraph_close', 'inline']) {
          kinds.delete(kind);
        }
        assert.deepEqual([...kinds], []);
        const turns = namedTurns(transcript, options);
        if (turns.length > 0) {
          const inlines = tokens.filter(({ type }) => type === 'inline');
          assert.deepEqual(inlines.map(shownText), shownTexts(turns, options));
          tokens.forEach((token, i) => assertMarkup(token, tokens[i + 1], options));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('has no markup in its sections but their own, and no link that does not lead to the recording', () => {
    fc.assert(fc.property(anyTranscript, anyOptions, assertOwnMarkup), { numRuns: 500 });
    for (const language of ['en', 'de', 'ar'] as const) {
      const body = parseTranscriptBody({ ...poisoned(fullBody(language)), id: 'x' });
      assertOwnMarkup(parseTranscript(body), { title: 'a', recording: 'a.mp3', createdAt: new Date(0) });
    }
  });

  it('keeps its turns when its sections are edited', () => {
    fc.assert(
      fc.property(anyTranscript, anyOptions, (transcript, options) => {
        const note = renderNote(transcript, options);
        const { turns } = parseNote(note);
        const unlisted = note.replace(/^ *(?:- \[ \]|-|>) /gm, '');
        assert.deepEqual(parseNote(unlisted).turns, turns);
        assert.deepEqual(parseNote(note.replaceAll('- [ ]', '* [x]')).turns, turns);
        if (turns.length > 1) {
          assert.deepEqual(parseNote(bodyOf(note).replaceAll('\n---\n', '')).turns, turns);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has one line per block, no other links even for simple parsers, and no invisible characters that reorder text', () => {
    fc.assert(
      fc.property(anyTranscript, anyOptions, (transcript, options) => {
        const note = renderNote(transcript, options);
        assert.doesNotMatch(note, /[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u);
        assert.doesNotMatch(note, / \n/);
        assert.doesNotMatch(note, /\n\n\n/);
        assert.doesNotMatch(note.replace(/(?<!\\)\[[\d:]+\]\(/g, ''), /\]\(|<[a-z/!?]/i);
      }),
      { numRuns: 300 },
    );
  });
});

function shownTexts(turns: readonly Turn[], options: NoteOptions): string[] {
  const paragraph = (startMs: number, text: string) => `${formatTime(startMs)} ${text}`;
  return [
    cleanText(options.title) || 'Recording',
    ...turns.flatMap(({ speaker, paragraphs }) => [
      ...(speaker === null ? [] : [speaker]),
      ...paragraphs.map(({ startMs, text }) => paragraph(startMs, text)),
    ]),
  ];
}

function assertMarkup(opening: Token, inline: Token | undefined, options: NoteOptions): void {
  if (opening.type === 'heading_open') {
    assert.deepEqual(markupOf(inline!), []);
  }
  if (opening.type === 'paragraph_open') {
    assert.deepEqual(markupOf(inline!), ['link_open', 'link_close']);
    const link = inline!.children![0]!;
    assert.equal(link.type, 'link_open');
    assertLeadsToRecording(link, options);
  }
}

function assertLeadsToRecording(link: Token, options: NoteOptions): void {
  const [path, time] = String(link.attrGet('href')).split('#t=');
  assert.equal(decodeURIComponent(path!).replace(/^\.\//, ''), wellFormed(options.recording!));
  assert.match(time!, /^\d+(\.\d{1,3})?$/);
}

function markupOf(inline: Token): string[] {
  return inline
    .children!.map(({ type }) => type)
    .filter((type) => type !== 'text' && type !== 'text_special');
}

describe('any text as a note', () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      '---\n',
      '\n',
      '\r\n',
      '\r',
      '# a\n',
      '## B\r\n',
      '[00:00:01](a.mp3#t=1.5) hi\n',
      '```\n',
      '<!--\n',
      '-->\n',
    ),
    fc.constantFrom(
      'recording: a\n',
      'speakers: {A: [x, *y]}\n',
      'a: &x [*x]\n',
      '? {x: y} : z\n',
      ' more\n',
      '- x\n',
      '===\n',
      '## \n',
    ),
    hostileText,
  );
  const anyNote = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 20 }).map((all) => all.join('')),
  );

  it('is read without errors, and keeps every byte', () => {
    fc.assert(
      fc.property(anyNote, (text) => {
        assert.equal(serialiseNote(parseNote(text).blocks), text);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps its turns when its line breaks become those of Windows', () => {
    fc.assert(
      fc.property(anyTranscript, anyOptions, (transcript, options) => {
        const note = renderNote(transcript, options);
        assert.deepEqual(parseNote(note.replaceAll('\n', '\r\n')).turns, parseNote(note).turns);
      }),
      { numRuns: 200 },
    );
  });
});

describe('paragraphs of any transcript', () => {
  it('hold all of the text and nothing else', () => {
    const bare = (text: string) => text.replaceAll(' ', '');
    fc.assert(
      fc.property(anyTranscript, (transcript) => {
        const { utterances, text } = transcript;
        const shown = turnsOf(transcript).flatMap(({ paragraphs }) => paragraphs.map((each) => each.text));
        const said = utterances.length === 0 ? [text] : utterances.map((utterance) => utterance.text);
        assert.equal(bare(shown.join('')), bare(said.join('')));
        assert.ok(shown.every((each) => each !== '' && each === cleanText(each)));
      }),
      { numRuns: 1000 },
    );
  });
});
