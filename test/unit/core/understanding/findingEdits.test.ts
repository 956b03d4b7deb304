import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import type { JsonObject } from '../../../../src/core/json';
import type { NoteEdit } from '../../../../src/core/note/noteEdit';
import { parseNote } from '../../../../src/core/note/parseNote';
import { renderNote } from '../../../../src/core/note/renderNote';
import type { TranscriptBody } from '../../../../src/core/transcript/model';
import { parseTranscript } from '../../../../src/core/transcript/parseTranscript';
import { findingEdits } from '../../../../src/core/understanding/findingEdits';
import {
  findingsIn,
  mergeUnderstanding,
  namesIn,
  type Understanding,
} from '../../../../src/core/understanding/mergeUnderstanding';
import { projectPath } from '../../../support/projectPath';
import { anyOptions, anyTranscript, hostileText } from '../note/arbitraries';
import { anyResults } from '../note/resultArbitraries';

const options = { title: 'standup', recording: 'standup.mp3', createdAt: '2026-11-22T09:30:00Z' };

const utterance = (speaker: string, start: number, text: string): JsonObject => ({
  speaker,
  start,
  end: start + 900,
  text,
  words: [],
});

const body: TranscriptBody = {
  id: '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10',
  status: 'completed',
  language_code: 'en',
  utterances: [
    utterance('A', 4200, 'Did the build pass?'),
    utterance('B', 9100, 'Yes, twice.'),
    utterance('A', 12_000, 'Then ship it.'),
  ],
};

const success = { status: 'success' };
const understanding: Understanding = {
  request: {},
  response: {
    speech_understanding: {
      response: {
        summarization: {
          ...success,
          summary: [{ start: 4200, end: 12_900, headline: 'The build', text: 'It passed *twice*.' }],
        },
        action_items: {
          ...success,
          items: [{ action_item: 'Ship it', quote: 'Then ship it.', timestamp: 12_000 }],
        },
        speaker_identification: { ...success, mapping: { A: 'Maria', B: 'Tom: ##' } },
        translation: success,
      },
    },
    utterances: ['Ist der Build durch?', 'Ja, zweimal.', 'Dann raus damit.'].map((de) => ({
      translated_texts: { de },
    })),
  },
};

function applied(markdown: string, edits: readonly NoteEdit[]): string {
  // The last one first: the places of the others stay right.
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((text, { start, end, text: more }) => text.slice(0, start) + more + text.slice(end), markdown);
}

function understood(markdown: string, of: TranscriptBody = body, found = understanding): string {
  const findings = { transcript: findingsIn(of, found), names: namesIn(found) };
  return applied(markdown, findingEdits(markdown, findings));
}

const plainNote = renderNote(parseTranscript(body), options);

/** Without speakers. */
const said = (markdown: string): unknown => parseNote(markdown).turns.map(({ paragraphs }) => paragraphs);

describe('findings in a note', () => {
  it('are where they would be if they had been requested at first', () => {
    const path = projectPath('test/unit/core/note/golden', 'understood.md');
    const note = understood(plainNote);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      writeFileSync(path, note);
    }
    assert.ok(existsSync(path), `${path} is missing; UPDATE_GOLDEN=1 writes it`);
    assert.equal(note, readFileSync(path, 'utf8'));
  });

  it('changes nothing where nothing was found', () => {
    const nothing = { request: {}, response: {} };
    assert.equal(understood(plainNote, body, nothing), plainNote);
  });

  it('come after the sections that are there; one with the same name gets a number', () => {
    const twice = understood(understood(plainNote));
    const headings = parseNote(twice).blocks.flatMap((block) => (block.kind === 'heading' ? block.name : []));
    assert.deepEqual(headings, [
      ...['Summary', 'Action items', 'Summary (2)', 'Action items (2)'],
      ...['Maria', 'Tom: ##', 'Maria', 'Translation: German', 'Translation: German (2)'],
    ]);
    assert.equal(twice.match(/^---$/gm)?.length, 4);
    assert.deepEqual(said(twice), said(plainNote));
  });

  it('never replace names that the user gave', () => {
    const mine = plainNote.replace('A: Speaker A', 'A: Mia (she)').replaceAll('## Speaker A', '## Mia');
    const note = understood(mine);
    assert.deepEqual(
      [...parseNote(note).properties.speakers],
      [
        ['A', 'Mia (she)'],
        ['B', 'Tom: ##'],
      ],
    );
    assert.deepEqual(
      parseNote(note).turns.map(({ speaker }) => speaker),
      ['Mia', 'Tom: ##', 'Mia'],
    );
    assert.match(note, /^\*\*Tom: ##\*\*: Ja, zweimal\./m);

    const oneHeading = plainNote.replace('## Speaker A', '## Mia');
    assert.deepEqual(
      parseNote(understood(oneHeading)).turns.map(({ speaker }) => speaker),
      ['Mia', 'Tom: ##', 'Maria'],
    );
  });

  it('does not end front matter that has no end', () => {
    const endless = '---\ntranscript: id-1\n\n## Maria\n\n[00:00:04](a.mp3#t=4.2) Yes.\n';
    assert.match(understood(endless), /^---\ntranscript: id-1\n\n## Summary\n[^]*\n\*\*\*\n\n## Maria\n/);
    assert.deepEqual(said(understood(endless)), said(endless));
  });

  it('have times without a target where no recording is known', () => {
    const withoutRecording = plainNote.replace('recording: standup.mp3\n', '');
    assert.match(understood(withoutRecording), /\*\*The build\*\* \[00:00:04\]\(#t=4\.2\)/);
  });

  it('name speakers in front matter of any style, and in headings of turns only', () => {
    const front = '\ufeff---\r\nspeakers: # who\r\n  A: "Speaker A" # me\r\n  B: &b Speaker B\r\n---\r\n';
    const turns =
      '## Speaker A\r\n\r\nno time\r\n\r\n## Speaker A ##\r\n\r\n[00:00:04](a.mp3#t=4.2) Yes.\r\n';
    const named = { ...body, utterances: [] };
    const { speech_understanding: found } = mergeUnderstanding(named, understanding);
    const { speaker_identification } = (found as { response: JsonObject }).response;
    const answer = { speech_understanding: { response: { speaker_identification } } };
    assert.equal(
      understood(front + turns, named, { request: {}, response: answer }),
      (front + turns).replace('"Speaker A"', 'Maria').replace('Speaker A ##', 'Maria'),
    );
  });

  it('is as if it had been there from the beginning, whatever it is', () => {
    const labels = fc.constantFrom('A', 'B', 'C');
    const spoken = fc.array(fc.tuple(labels, fc.nat(9e6), fc.stringMatching(/^[a-z]{1,9}$/)), {
      minLength: 1,
    });
    const item = fc.record({ action_item: hostileText, quote: hostileText, timestamp: fc.nat(9e6) });
    const part = fc.record({ start: fc.nat(9e6), headline: hostileText, text: hostileText });
    const found = fc.record(
      {
        summarization: fc.record({ summary: fc.array(part, { maxLength: 3 }) }),
        action_items: fc.record({ items: fc.array(item), decisions: fc.array(item) }, { requiredKeys: [] }),
        speaker_identification: fc.record({
          mapping: fc.dictionary(
            labels,
            hostileText.map((name) => `x${name}`),
          ),
        }),
      },
      { requiredKeys: [] },
    );
    const translations = fc.dictionary(fc.constantFrom('de', 'ar'), hostileText);
    fc.assert(
      fc.property(spoken, found, translations, (turns, response, translated_texts) => {
        const talk = { ...body, utterances: turns.map((turn) => utterance(...turn)) };
        const answer = { speech_understanding: { response }, translated_texts };
        const inOne = { request: {}, response: answer };
        const note = renderNote(parseTranscript(talk), options);
        const speakerNames = note.includes('\nspeakers: ') ? namesIn(inOne) : new Map<string, string>();
        assert.equal(
          understood(note, talk, inOne),
          renderNote(findingsIn(talk, inOne), { ...options, speakerNames }),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('leaves the turns of any note as they are, but for names', () => {
    const pieces = fc.constantFrom(
      ...['---\n', '\n', '# a\n', '## Speaker A\r\n', '[00:00:01](a.mp3#t=1.5) hi', '```\n', '<!--\n', '\r'],
      ...['speakers: {A: Speaker A}\n', 'speakers: {A: >\n Speaker A}\n', 'speakers: {A: Speaker A, A: b}\n'],
    );
    const anyNote = fc.oneof(
      fc.tuple(anyTranscript, anyOptions).map(([transcript, more]) => renderNote(transcript, more)),
      fc.array(fc.oneof(hostileText, pieces), { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anyNote, anyResults(hostileText, fc.integer()), hostileText, (markdown, answer, name) => {
        const mapping = new Map([['A', `x${name}`]]);
        const found = findingsIn(body, { request: {}, response: answer });
        const changed = applied(markdown, findingEdits(markdown, { transcript: found, names: mapping }));
        assert.deepEqual(said(changed), said(markdown));
        const before = parseNote(markdown);
        const after = parseNote(changed);
        for (const [at, { speaker }] of before.turns.entries()) {
          const isNamed = speaker === 'Speaker A' && before.properties.speakers.get('A') !== 'b';
          assert.ok(after.turns[at]?.speaker === speaker || isNamed);
        }
        assert.deepEqual(
          [after.title, after.properties.recording],
          [before.title, before.properties.recording],
        );
      }),
      { numRuns: 500 },
    );
  });
});
