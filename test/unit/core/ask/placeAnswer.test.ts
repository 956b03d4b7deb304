import assert from 'node:assert/strict';
import fc from 'fast-check';
import { citationLinker } from '../../../../src/core/ask/citations';
import { placeAnswer, type AnswerSection } from '../../../../src/core/ask/placeAnswer';
import { safeAnswer } from '../../../../src/core/ask/safeAnswer';
import { parseNote } from '../../../../src/core/note/parseNote';
import { renderNote } from '../../../../src/core/note/renderNote';
import { anyOptions, anyTranscript, hostileText } from '../note/arbitraries';
import { hostileAnswer } from './arbitraries';

function withSection(markdown: string, section: AnswerSection): string {
  const { offset, text } = placeAnswer(markdown, section);
  return markdown.slice(0, offset) + text + markdown.slice(offset);
}

const section = { heading: 'Question: What # now?', body: '- Nothing.', model: 'Haiku *4*' };
const rendered = '## Question: What # now?\n\n- Nothing.\n\n*Haiku \\*4\\**\n';

describe('an answer in a note', () => {
  it('comes before the first speaker, after the sections', () => {
    const head = '---\nrecording: a.mp3\n---\n\n# A\n\n## Summary\n\nShort.\n\n';
    const turns = '## Maria\n\n[00:00:01](a.mp3#t=1) Yes.\n\n## Tom\n\n[00:00:02](a.mp3#t=2) No.\n';
    assert.equal(withSection(head + turns, section), `${head}${rendered}\n${turns}`);
  });

  it('comes last where the first paragraph has no heading', () => {
    const note = '# A\n\n[00:00:01](a.mp3#t=1) Yes.';
    assert.equal(withSection(note, section), `${note}\n\n${rendered}`);
    assert.equal(withSection(`${note}\n`, section), `${note}\n\n${rendered}`);
    assert.equal(withSection('', { ...section, body: '' }), rendered.replace('- Nothing.\n\n', ''));
  });

  it('comes after a blank line', () => {
    const turn = '## Maria\r\n[00:00:01](a.mp3#t=1) Yes.\r\n';
    assert.equal(withSection(`Text\r\n${turn}`, section), `Text\r\n\n${rendered}\n${turn}`);
    assert.equal(withSection(`Text\r\n\r\n${turn}`, section), `Text\r\n\r\n${rendered}\n${turn}`);
  });

  it('leaves the turns of any note as they are, whatever the answer is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(anyTranscript, anyOptions).map(([transcript, options]) => renderNote(transcript, options)),
          fc
            .array(
              fc.oneof(
                hostileText,
                fc.constantFrom(
                  ...[
                    '---\n',
                    '\n',
                    '# a\n',
                    '## B\r\n',
                    '[00:00:01](a.mp3#t=1.5) hi',
                    '```\n',
                    '<!--\n',
                    '\r',
                  ],
                ),
              ),
              { maxLength: 12 },
            )
            .map((parts) => parts.join('')),
        ),
        hostileText,
        hostileAnswer,
        (markdown, heading, answer) => {
          const note = parseNote(markdown);
          const body = safeAnswer(answer, citationLinker(note.turns, 'a.mp3'));
          const changed = parseNote(withSection(markdown, { heading, body, model: heading }));
          assert.deepEqual(changed.turns, note.turns);
          assert.deepEqual(changed.properties, note.properties);
          assert.equal(changed.title, note.title);
        },
      ),
      { numRuns: 500 },
    );
  });
});
