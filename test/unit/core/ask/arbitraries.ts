import fc from 'fast-check';
import { hostileText } from '../note/arbitraries';

const openings = ['', '- ', '> ', '# ', '## ', '1. ', '- [ ] ', '  ', '    ', '- - ', '> > ', '\t', '- > # '];
const inline = [
  '[00:00:01]',
  '[00:01:04]',
  '[00:00:01–00:01:04]',
  '[00:00:09]',
  '[00:00:01](command:x)',
  '![00:00:01]',
  '\\',
  '\\[',
  '\\!',
  '`',
  '``',
  '`code`',
  '`a b`',
  '[ ]',
  '[x] ',
  '[',
  '~~~',
  '```',
  '```js',
  '---',
  '===',
  '- - -',
  '**',
  '***',
  '你好',
  '。',
  '!',
  ' ',
];
const lineEnds = ['\n', '\r\n', '\r', '\n\n'];

const line = fc
  .tuple(
    fc.constantFrom(...openings),
    fc.array(fc.oneof(fc.constantFrom(...inline), hostileText), { maxLength: 6 }),
    fc.constantFrom(...lineEnds),
  )
  .map(([opening, words, end]) => opening + words.join('') + end);

/** Markdown that a language model may be made to write. */
export const hostileAnswer: fc.Arbitrary<string> = fc
  .array(line, { maxLength: 8 })
  .map((lines) => lines.join(''));
