import assert from 'node:assert/strict';
import { parseNote, serialiseNote, type NoteBlock } from '../../../../src/core/note/parseNote';

const edited = `---
recording: standup.mp3
transcript: 3f0c2b9e
speakers: {A: Maria, B: no, 1: 007, C: [x], D: ""}
tags: [work, 2026]
published: no
---

# Stand-up of Monday

My summary, **important**.

## Maria

[00:00:04](standup.mp3#t=4.2) Did the build
pass on the *release* branch?
- [ ] ask Tom
[00:00:06](<a folder/standup.mp3#t=6>)
Hello?
[00:00:07](standup.mp3#t=7.001)  \\*Yes\\* &#x202E;x  

\`\`\`md
## Not a heading
[00:00:08](standup.mp3#t=8) Not said
~~~
\`\`\`

<!-- to do
## Not a heading either
-->

<!-- one line --> [00:00:09](standup.mp3#t=9) no

## Tom #

> [00:00:10](standup.mp3#t=10) quoted

[00:00:11](standup.mp3#t=11) Twice.
===

## Action items

- a list

# Another title
`;

describe('parseNote', () => {
  it('finds the paragraphs between text of its user', () => {
    const { title, turns } = parseNote(edited);
    assert.equal(title, 'Stand-up of Monday');
    assert.deepEqual(turns, [
      {
        speaker: 'Maria',
        paragraphs: [
          { startMs: 4200, text: 'Did the build pass on the *release* branch?' },
          { startMs: 6000, text: 'Hello?' },
          { startMs: 7001, text: '*Yes* \u202ex' },
        ],
      },
      { speaker: 'Tom', paragraphs: [{ startMs: 11_000, text: 'Twice.' }] },
    ]);
  });

  it('reads Steno’s keys as they are written, and leaves others alone', () => {
    const { recording, transcript, speakers, all } = parseNote(edited).properties;
    assert.equal(recording, 'standup.mp3');
    assert.equal(transcript, '3f0c2b9e');
    assert.deepEqual(
      [...speakers],
      [
        ['1', '007'],
        ['A', 'Maria'],
        ['B', 'no'],
      ],
    );
    assert.deepEqual([...all.keys()], ['recording', 'transcript', 'speakers']);
  });

  it('keeps every byte of the note in its blocks', () => {
    for (const text of [edited, edited.replaceAll('\n', '\r\n'), `\ufeff${edited}`, edited.trimEnd()]) {
      assert.equal(serialiseNote(parseNote(text).blocks), text);
    }
    const renamed = parseNote(edited).blocks.map((block): NoteBlock =>
      block.kind === 'heading' && block.name === 'Tom' ? { ...block, raw: '## Thomas\n' } : block,
    );
    assert.equal(serialiseNote(renamed), edited.replace('## Tom #', '## Thomas'));
  });

  it('reads a note with the line breaks of Windows', () => {
    assert.deepEqual(parseNote(edited.replaceAll('\n', '\r\n')).turns, parseNote(edited).turns);
  });

  it('reads paragraphs before any heading as without a speaker', () => {
    const { turns } = parseNote('[100:00:00](a.mp3#t=360000) Still here.\n');
    assert.deepEqual(turns, [{ speaker: null, paragraphs: [{ startMs: 360_000_000, text: 'Still here.' }] }]);
  });

  it('ends a section at a rule, but not a turn with a rule in it', () => {
    const note = (rule: string) =>
      `## Summary\n\nAll is well.\n\n${rule}\n\n[00:00:01](a#t=1) One.\n\n## Tom\n\n[00:00:02](a#t=2) Two.\n\n${rule}\n` +
      `[00:00:03](a#t=3) Three.\n\n${rule}\n\n## Topics\n\n- Tea: [00:00:03](a#t=3)\n`;
    const said = (startMs: number, text: string) => ({ startMs, text });
    for (const rule of ['---', '***', '  _ _ _ ', '- - -\t-']) {
      assert.deepEqual(parseNote(note(rule)).turns, [
        { speaker: null, paragraphs: [said(1000, 'One.')] },
        { speaker: 'Tom', paragraphs: [said(2000, 'Two.'), said(3000, 'Three.')] },
      ]);
      assert.equal(serialiseNote(parseNote(note(rule)).blocks), note(rule));
    }
    for (const none of ['--', '-_-', '    ---', '```\n---\n```']) {
      assert.equal(parseNote(note(none)).turns[0]?.speaker, 'Summary');
    }
  });

  it('ignores front matter that is longer than any real one', () => {
    const note = parseNote(`---\ntranscript: x\nlist:\n${'  - abcdefgh\n'.repeat(500_000)}\n---\n# T\n`);
    assert.deepEqual([note.title, note.properties.transcript], ['T', null]);
  });

  it('reads its own keys beside others that no parser should see', () => {
    const others = [
      `x:\n  ${'? '.repeat(30_000)}y`,
      `x: ${'['.repeat(60_000)}`,
      `x: ${'{a: '.repeat(15_000)}`,
      `? ${'- '.repeat(30_000)}x`,
      'x: &x [1]\ny: *x',
      'x: *nowhere',
      `x:\n${'- '.repeat(30_000)}`,
      `x: ${'"'.repeat(60_000)}`,
      'x: "never closed',
    ];
    for (const other of others) {
      for (const yaml of [`transcript: 7d1e\n${other}`, `${other}\ntranscript: 7d1e`]) {
        assert.equal(parseNote(`---\n${yaml}\n---\n`).properties.transcript, '7d1e', other.slice(0, 20));
      }
    }
  });

  it('takes a key whose value is not as simple as Steno’s for missing', () => {
    const values = [
      `\n  ${'? '.repeat(10_000)}y`,
      ...['[', '{A: ', '- ', ': ', '? ', '!x ', '&x '].flatMap((unit) => [
        unit.repeat(12),
        unit.repeat(300),
        unit.repeat(8000),
      ]),
      `${'['.repeat(12)}x${']'.repeat(12)}`,
      '{A: &x Anna, B: *x}',
      '{? [A] : Anna}',
      `{A: Anna${', B: Ben'.repeat(2000)}}`,
      `\n${Array.from({ length: 80 }, (_, depth) => `${' '.repeat(depth + 1)}A:\n`).join('')}`,
    ];
    for (const value of values) {
      const { speakers, transcript } = parseNote(
        `---\nspeakers: ${value}\ntranscript: 7d1e\n---\n`,
      ).properties;
      assert.deepEqual([[...speakers], transcript], [[], '7d1e'], value.slice(0, 30));
    }
  });

  it('reads speakers in every layout that formatters give them', () => {
    const layouts = [
      'speakers: {A: Anna, B: "Ben [Sales]"}',
      'speakers:\n  {\n    A: Anna,\n\n    B: "Ben [Sales]",\n  }',
      "speakers:\n  A: Anna # the first\n# note\n  B: 'Ben [Sales]'",
      '"speakers" :\n    "A": Anna\n    B: >-\n      Ben\n      [Sales]',
    ];
    for (const layout of layouts) {
      for (const lineBreak of ['\n', '\r\n']) {
        const yaml = `tags:\n- a\n${layout}\nwarnings:\n- b\ntranscript: 7d1e`.replaceAll('\n', lineBreak);
        const { speakers, transcript } = parseNote(`---${lineBreak}${yaml}${lineBreak}---\n`).properties;
        assert.deepEqual(
          [...speakers],
          [
            ['A', 'Anna'],
            ['B', 'Ben [Sales]'],
          ],
          layout,
        );
        assert.equal(transcript, '7d1e');
      }
    }
  });

  describe('finds every turn, however the link to its time is spelled', () => {
    const spellings = [
      '[00:00:04](lecture(1).mp4#t=4.2)',
      '[00:00:04](lecture\\(1\\).mp4#t=4.2)',
      '[00:00:04](lecture(1.mp4#t=4.2)',
      '[00:00:04](lecture)1.mp4#t=4.2)',
      '[00:00:04](<lecture(1).mp4#t=4.2>)',
      '[00:00:04](<lecture (1).mp4#t=4.2>)',
      '[00:00:04](lecture (1).mp4#t=4.2)',
      '[00:00:04](lecture%281%29.mp4#t=4.2)',
      '[00:00:04](lecture%281%29.mp4%23t=4.2)',
      '[00:00:04](lecture.mp4#t=4.2 "The \\(first\\) one")',
      "[00:00:04](<lecture 1.mp4#t=4.2> 'The first one')",
      '[00:00:04](lecture.mp4#t=4.2 (The first one))',
      '[00:00:04]( lecture.mp4#t=4.2 )',
      '[00:00:04](lecture.mp4#t=4.2,9)',
      '[00:00:04](lecture.mp4#t=npt:4.2)',
      '[00:00:04](https://a.example/lecture?part=%23t=7&b#t=4.2)',
      '[00:00:04](vscode://file/D:/lecture.mp4#t=4.2)',
      '[00:00:04][The  Lecture]',
      '[00:00:04][]',
      '[00:00:04]',
    ];
    const defined = '\n\n[the lecture]: <lecture (1).mp4#t=4.2>\n[00:00:04]: lecture.mp4#t=4.2 "One"\n';
    for (const spelling of spellings) {
      it(spelling, () => {
        const { turns } = parseNote(`## Ann\n\n${spelling} As in [00:00:09](b.mp3#t=9) (so).${defined}`);
        const text = 'As in [00:00:09](b.mp3#t=9) (so).';
        assert.deepEqual(turns, [{ speaker: 'Ann', paragraphs: [{ startMs: 4200, text }] }]);
      });
    }

    it('but for links without a time, and for brackets that are no link', () => {
      const others = ['[00:00:04](a.mp3) or [00:00:09](b.mp3#t=9)', '[00:00:04][nowhere] x', '[00:00:04] x'];
      for (const line of others) {
        assert.deepEqual(parseNote(`${line}\n\n[elsewhere]: b.mp3\n`).turns, []);
      }
    });

    it('and none in very long lines that are no link', () => {
      const long = ['#t=1.', '#t=1 "', '(#t=1', '\\(', '[00:00:04]('].map((part) => part.repeat(50_000));
      for (const part of long) {
        assert.deepEqual(parseNote(`[00:00:04](${part}`).turns, []);
      }
    });
  });

  it('ignores front matter that cannot be read', () => {
    for (const yaml of ['a: [', '- a list', 'just text', '', 'a: &x [*y]', 'speakers: x', 'recording: [x]']) {
      const note = parseNote(`---\n${yaml}\n---\n# T\n`);
      assert.equal(note.title, 'T');
      assert.equal(note.blocks[0]?.kind, 'frontMatter');
      assert.equal(note.properties.recording, null);
      assert.equal(note.properties.speakers.size, 0);
    }
    assert.equal(parseNote('---\n---\n# T\n').title, 'T');
    assert.equal(parseNote('---\nnever closed\n').properties.all.size, 0);
    assert.equal(parseNote('').title, null);
  });
});
