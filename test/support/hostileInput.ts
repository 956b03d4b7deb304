import fc from 'fast-check';
import { parseListPage } from '../../src/assemblyai/listPage';
import { Failure } from '../../src/core/failures/failure';
import { errorText } from '../../src/core/failures/errorText';
import { jobFailure } from '../../src/core/failures/jobFailure';
import { parseFollowUp } from '../../src/core/followUps/followUp';
import { isOfLaterVersion, parseJob } from '../../src/core/jobs/journalFormat';
import { SafeAnswer } from '../../src/core/ask/safeAnswer';
import { parseFrontMatter } from '../../src/core/note/frontMatter';
import { parseNote, serialiseNote } from '../../src/core/note/parseNote';
import { renderNote } from '../../src/core/note/renderNote';
import { ExcessiveJson, parseJson } from '../../src/core/parseJson';
import { fileOrHostOf, publicUrlOf } from '../../src/core/recordings/audioUrl';
import { readPresets } from '../../src/core/request/presets';
import { bareWord } from '../../src/core/search/phrase';
import { searchableParagraphs } from '../../src/core/search/searchNote';
import { hashInSidecar, parseSidecar } from '../../src/core/sidecar/sidecar';
import { logLine } from '../../src/core/text';
import { parseTranscript, parseTranscriptBody } from '../../src/core/transcript/parseTranscript';
import { withBareAddresses } from '../../src/node/redact';

// Inputs that try to overflow stacks and to take quadratic time: deep, wide, and the same again and again.

/** A kind of text that others may write. */
export interface InputKind {
  readonly texts: fc.Arbitrary<string>;
  /** Reads a text as the product does. Throws where the product would, so only what is documented. */
  readonly read: (text: string) => unknown;
}

/** Parts of texts, repeated up to that length in all. */
function repeated(parts: readonly string[], maxCharacters: number): fc.Arbitrary<string> {
  const unit = fc
    .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 })
    .map((each) => each.join(''));
  const run = fc
    .tuple(unit, fc.integer({ min: 1, max: maxCharacters }))
    .map(([each, length]) => each.repeat(Math.ceil(length / each.length)).slice(0, length));
  return fc.array(fc.oneof(unit, run), { minLength: 1, maxLength: 4 }).map((runs) => runs.join(''));
}

const markdown = [
  ...([
    '#',
    '## ',
    '- ',
    '-',
    '*',
    '_',
    '`',
    '```\n',
    '~~~\n',
    '> ',
    '|',
    '=',
    '\\',
    '&#',
    '$',
    '//',
    '@',
  ] as const),
  ...([
    '[',
    '](',
    '[00:00:01](',
    '[00:00:01](a#t=1) b\n',
    '#t=1',
    '<',
    '>',
    '<!--\n',
    '-->',
    '---\n',
    'x: y\n',
  ] as const),
  ...(['a', 'b\n', '\n', '\r', '\r\n', ' ', '\t', '\u0000', '\ud800', '\u3002', '\u300d'] as const),
];
const yaml = [
  ...([
    '[',
    ']',
    '{',
    '}',
    '{a: ',
    '? ',
    '- ',
    ': ',
    ', ',
    'a: ',
    'a',
    '"',
    "'",
    '|',
    '>',
    '#',
    ' ',
    '\n',
    '\n  ',
  ] as const),
  ...([
    '&a ',
    '*a',
    '!a ',
    '%',
    '<<: ',
    'A: Anna',
    'speakers: ',
    '\ntranscript: ',
    '\nwarnings:\n- ',
    '\\',
    '\t',
  ] as const),
];
const tags = [
  ...([
    '<',
    '<a',
    '<script ',
    '<style>',
    '</script',
    '</style>',
    '>',
    '.',
    ' ',
    '!',
    '_',
    'a',
    'http://',
    '@',
    '?',
  ] as const),
  ...([
    'transcoding failed ',
    'file type is video/',
    '00:00:01',
    ', ',
    '[',
    ']',
    '(',
    '&',
    '#',
    '\n',
    '\r',
  ] as const),
];

const names = [
  'words',
  'utterances',
  'text',
  'id',
  'status',
  'a',
  'start',
  'transcript',
  '__proto__',
] as const;

/** JSON that is deep, wide, or has many names; or the values of a transcript with such JSON among them. */
function json(most: number): fc.Arbitrary<string> {
  const count = fc.integer({ min: 0, max: most });
  const deep = fc.tuple(fc.constantFrom('[', '{"a":', '[{"words":'), count).map(([open, depth]) => {
    const close = Array.from(open, (each) => ({ '[': ']', '{': '}' })[each] ?? '')
      .reverse()
      .join('');
    return `${open.repeat(depth)}1${close.repeat(depth)}`;
  });
  const wide = fc
    .tuple(fc.constantFrom('{}', '[]', '1', '""', '{"text":"a"}', '{"start":1,"end":0}'), count)
    .map(([each, length]) => `[${Array.from({ length }, () => each).join(',')}]`);
  const named = count.map(
    (length) => `{${Array.from({ length }, (_, at) => `"${at.toString(36)}":1`).join(',')}}`,
  );
  const value = fc.oneof(deep, wide, named, fc.json({ maxDepth: 4 }));
  const object = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6, selector: ([name]) => name })
    .map(
      (fields) =>
        `{"id":"x","status":"completed"${fields.map(([name, each]) => `,"${name}":${each}`).join('')}}`,
    );
  const cut = fc.tuple(object, fc.nat(1000)).map(([text, length]) => text.slice(0, length));
  return fc.oneof(
    value,
    object,
    object.map((each) => `{"transcript":${each},"transcripts":[${each}]}`),
    cut,
  );
}

/** The result, or the failure where the product documents one. */
function orFailure(read: () => unknown): unknown {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Failure || thrown instanceof ExcessiveJson || thrown instanceof SyntaxError) {
      return thrown;
    }
    throw thrown;
  }
}

function answerInPieces(text: string): string {
  const answer = new SafeAnswer(() => undefined);
  const pieces = text.match(/[^]{1,3}/g) ?? [];
  return pieces.map((piece) => answer.push(piece)).join('') + answer.end();
}

function readBody(text: string): unknown {
  const transcript = parseTranscript(parseTranscriptBody(parseJson(text)));
  const note = renderNote(transcript, { title: 'x', recording: 'x.mp3', createdAt: '2026-11-22T09:30:00Z' });
  return parseNote(note);
}

/**
 * All kinds of input.
 *
 * @param most how long and how deep they get
 */
export function inputKinds(most: number): Readonly<Record<string, InputKind>> {
  const anyJson = json(most / 10);
  return {
    notes: {
      texts: repeated(markdown, most),
      read: (text) => {
        const note = parseNote(text);
        return [serialiseNote(note.blocks) === text, searchableParagraphs(note)];
      },
    },
    'front matter': {
      texts: repeated(yaml, most).map((text) => `speakers: ${text}\nx: ${text}\ntranscript: 7d1e`),
      read: (text) => parseFrontMatter(text).all,
    },
    answers: { texts: repeated(markdown, most), read: answerInPieces },
    'error texts': {
      texts: repeated(tags, most),
      read: (text) => [
        ...[errorText('text/plain', text), errorText('', JSON.stringify({ error: text }))],
        ...[jobFailure(text, 'x').kind, logLine(text), withBareAddresses(text), bareWord(text)],
        ...[`http://${text}`, text].flatMap((url) => [publicUrlOf(url), fileOrHostOf(url)]),
      ],
    },
    transcripts: { texts: anyJson, read: (text) => orFailure(() => readBody(text)) },
    sidecars: { texts: anyJson, read: (text) => [hashInSidecar(text), parseSidecar(text)] },
    lists: { texts: anyJson, read: (text) => orFailure(() => parseListPage(parseJson(text))) },
    settings: {
      texts: anyJson,
      read: (text) => orFailure(() => readPresets({ x: parseJson(text) }, parseJson(text))),
    },
    journal: {
      texts: anyJson,
      read: (text) => [parseJob(text), isOfLaterVersion(text), parseFollowUp(text)],
    },
  };
}
