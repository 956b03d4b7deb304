import fc from 'fast-check';
import type { NoteOptions } from '../../../../src/core/note/renderNote';
import { sectionNames } from '../../../../src/core/note/sections/sectionNames';
import type { Transcript } from '../../../../src/core/transcript/model';
import { parseTranscript, parseTranscriptBody } from '../../../../src/core/transcript/parseTranscript';
import { anyResults } from './resultArbitraries';

/** Texts with a meaning in Markdown, HTML, YAML or an editor. */
const traps = [
  ...[
    '#',
    '##',
    '# x',
    '-',
    '*',
    '**',
    '_',
    '__',
    '***',
    '~',
    '~~',
    '`',
    '```',
    '>',
    '|',
    '|-|',
    '+',
    '1.',
    '1)',
  ],
  ...[
    '---',
    '===',
    '\\',
    '\\\\',
    '\\#',
    '!',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '&',
    ';',
    ':',
    '$',
    '$$',
    '@',
    '/',
    '//',
  ],
  ...[
    '[a](b)',
    '![a](b)',
    '[x]',
    '[x]:',
    '[^1]',
    '^[x]',
    '- [ ] x',
    '[a](command:x)',
    '<command:x>',
    'command:x',
  ],
  ...[
    '<b>',
    '</b>',
    '<!--',
    '-->',
    '<script>alert(1)</script>',
    '<img src=x onerror=y>',
    '<?',
    '<![CDATA[',
    '<3',
  ],
  ...['&amp;', '&#x41;', '&#65;', '&nosuch;', '&#0;', 'AT&T', '$5', 'US$5', '5$', '$x$', '$$y$$', ':tada:'],
  ...[
    'http://',
    'https://a.example/b',
    'www.',
    'www.a.example',
    'a.com',
    'A.CO',
    'me@a.org',
    'mailto:',
    '//a.b',
  ],
  ...[
    'mailto:me@a.org',
    'ftp://a.b',
    'a.рф',
    '1.1.1.1',
    'localhost:80',
    'a.xn--p1ai',
    '😀.com',
    'Node.js',
    'U.S.',
  ],
  ...[
    '[00:00:01](x.mp3#t=1)',
    '00:00:01',
    '{{x}}',
    '${x}',
    '$&',
    '%20',
    '#t=1',
    '=',
    '"',
    "'",
    '{',
    '}',
    ',',
    '?',
  ],
  ...[
    'no',
    'null',
    '~',
    '1e5',
    '0x1f',
    '12:30:00',
    '2026-11-22',
    '<<',
    '\t',
    '\r\n',
    '\n',
    '\n\n',
    '\u2028',
    '\0',
  ],
  ...[
    '\u202e',
    '\u202d',
    '\u2066',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u00ad',
  ],
  ...[
    '\ud83d',
    '\ude00',
    '😀',
    '👩‍👩‍👧',
    'é',
    'e\u0301',
    'İ',
    'ß',
    'שלום',
    'مرحبا',
    '你好',
    '。',
    '！',
    '「',
    '」',
    '、',
  ],
  ...['สวัสดี', '\u001b[31m', '\u0085', '\u007f', '\ufffe', '\uffff', '𠮷', '__proto__', 'constructor'],
];

const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 3 });
const word = fc.stringMatching(/^[a-z]{1,9}[.,?]?$/);

/** Ordinary words among text that could act as markup, with and without spaces between. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...traps) },
        { weight: 3, arbitrary: word },
        { weight: 1, arbitrary: character },
        { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
      ),
      fc.constantFrom(' ', '', ' ', '  '),
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.flat().join(''));

const longText = fc
  .tuple(hostileText, fc.integer({ min: 50, max: 10_000 }))
  .map(([text, length]) => `${text} word `.repeat(length).split(' ').slice(0, length).join(' '));

const timeMs = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 40_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, -1, 0.4, '7', 1e300, 400_000_000, undefined) },
);

/** The words of the text, similar words, or others. */
function wordsOf(text: string): fc.Arbitrary<unknown> {
  const said = text.split(/(?<=[\s。！])|(?=[你สש])/);
  return fc.oneof(
    fc.constant(null),
    fc
      .array(fc.tuple(timeMs, timeMs), { minLength: said.length, maxLength: said.length })
      .map((times) => said.map((part, i) => ({ text: part, start: times[i]![0], end: times[i]![1] }))),
    fc.array(fc.record({ text: hostileText, start: timeMs, end: timeMs }), { maxLength: 8 }),
  );
}

const speech = fc.oneof({ weight: 60, arbitrary: hostileText }, { weight: 1, arbitrary: longText });

const translatedTexts = fc.option(fc.dictionary(fc.constantFrom('de', 'ar'), hostileText), { freq: 9 });

const utterance = fc
  .tuple(speech, fc.oneof(fc.constantFrom('A', 'B', 'C', '1A', ''), hostileText), timeMs, timeMs)
  .chain(([text, speaker, start, end]) =>
    fc
      .record({ words: wordsOf(text.slice(0, 2000)), translated_texts: translatedTexts })
      .map((more) => ({ text, speaker, start, end, ...more })),
  );

/** Any transcript that the service could have sent, as Steno reads it. */
export const anyTranscript: fc.Arbitrary<Transcript> = fc
  .record({
    id: fc.oneof(fc.uuid(), fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/)),
    text: hostileText,
    words: fc.oneof(fc.constant(null), hostileText.chain(wordsOf)),
    utterances: fc.oneof(
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 6, arbitrary: fc.array(utterance, { maxLength: 8 }) },
    ),
    language_code: fc.constantFrom('en', 'no', null),
    audio_duration: fc.constantFrom(null, 4, 400_000),
    metadata: fc.record({ warnings: fc.array(hostileText, { maxLength: 2 }) }),
    results: fc.option(anyResults(hostileText, timeMs), { nil: {} }),
  })
  .map(({ results, ...body }) =>
    parseTranscript(parseTranscriptBody({ ...body, ...results, status: 'completed' })),
  );

const anySections = fc.option(fc.subarray([...sectionNames]).map((names) => new Set(names)));

/** A file name, however odd; never a path. */
const fileName: fc.Arbitrary<string> = hostileText
  .map((text) => text.replaceAll('/', '').replaceAll('\0', ''))
  .filter((name) => name !== '' && name !== '.' && name !== '..');

export const anyOptions = fc
  .record({
    title: hostileText,
    recording: fileName,
    createdAt: fc.constant('2026-11-22T09:30:00Z'),
    speakerNames: fc
      .array(fc.tuple(fc.constantFrom('A', 'B', '1A'), hostileText))
      .map((names) => new Map(names)),
    hasTranslations: fc.boolean(),
    sections: anySections,
  })
  .map(({ sections, ...options }): NoteOptions => (sections === null ? options : { ...options, sections }));
