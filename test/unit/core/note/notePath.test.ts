import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import {
  alternativeNotePath,
  defaultNotePathTemplate,
  expandNotePath,
  linkFromNote,
  translationNotePath,
} from '../../../../src/core/note/notePath';

const variables = {
  recordingFolder: '/rec/talks',
  recordingName: 'a $& ${x}',
  recordingFile: 'a $& ${x}.mp3',
  workspaceFolder: '/rec',
};

describe('expandNotePath', () => {
  it('puts the note beside the recording by default', () => {
    assert.equal(expandNotePath(defaultNotePathTemplate, variables), '/rec/talks/a $& ${x}.transcript.md');
  });

  it('knows every variable, and folders that a path starts from', () => {
    assert.equal(
      expandNotePath('${workspaceFolder}/n/${recordingFile}.md', variables),
      '/rec/n/a $& ${x}.mp3.md',
    );
    assert.equal(expandNotePath('notes/x.md', variables), '/rec/talks/notes/x.md');
    for (const path of ['C:\\n\\x.md', 'c:/x.md', '\\\\server\\share\\x.md', '/x.md']) {
      assert.equal(expandNotePath(path, variables), path);
    }
  });

  it('refuses variables that do not exist or have no value, and an empty template', () => {
    const refused = (template: string, words: RegExp) =>
      assert.throws(
        () => expandNotePath(template, { ...variables, workspaceFolder: undefined }),
        (thrown) =>
          thrown instanceof Failure &&
          thrown.kind === 'settings' &&
          thrown.subject === 'steno.notePath' &&
          words.test(thrown.message),
      );
    refused('${recordingNam}.md', /\$\{recordingNam\}/);
    refused('${workspaceFolder}/x.md', /\$\{workspaceFolder\}/);
    refused('${constructor}', /\$\{constructor\}/);
    refused('${}', /\$\{\}/);
    refused(' ', /empty/);
  });
});

describe('alternativeNotePath', () => {
  it('counts before the extension', () => {
    assert.equal(alternativeNotePath('/a.b/talk.transcript.md', 2), '/a.b/talk.transcript-2.md');
    assert.equal(alternativeNotePath('/a.b/talk', 3), '/a.b/talk-3');
    assert.equal(alternativeNotePath('C:\\a.b\\talk', 3), 'C:\\a.b\\talk-3');
    assert.equal(alternativeNotePath('/a/.md', 2), '/a/.md-2');
  });
});

describe('translationNotePath', () => {
  for (const [note, language, path] of [
    ['/a.b/talk.transcript.md', 'de', '/a.b/talk.transcript.de.md'],
    ['/a/talk', 'pt_br', '/a/talk.pt_br'],
    ['C:\\a\\talk.md', '../../evil', 'C:\\a\\talk.evil.md'],
    ['/a/talk.md', '', '/a/talk.translation.md'],
  ] as const) {
    it(`puts ${language} beside ${note}`, () => assert.equal(translationNotePath(note, language), path));
  }
});

describe('linkFromNote', () => {
  const posix: readonly (readonly [string, string, string])[] = [
    ['/a/b/n.md', '/a/b/r.mp3', 'r.mp3'],
    ['/a/b/n.md', '/a/r.mp3', '../r.mp3'],
    ['/a/n.md', '/a/b/c/r.mp3', 'b/c/r.mp3'],
    ['/a/x/n.md', '/a/y/r.mp3', '../y/r.mp3'],
    ['/n.md', '/r.mp3', 'r.mp3'],
    ['/a/./b/../n.md', '/a//r.mp3', 'r.mp3'],
    ['/A/n.md', '/a/r.mp3', '../a/r.mp3'],
    ['/a/r/n.md', '/a/r', '../r'],
    ['/a/n.md', '/a/b\\c.mp3', 'b\\c.mp3'],
  ];
  for (const [note, recording, link] of posix) {
    it(`leads from ${note} to ${recording}`, () => assert.equal(linkFromNote(note, recording, '/'), link));
  }

  const windows: readonly (readonly [string, string, string])[] = [
    ['C:\\a\\n.md', 'c:\\A\\b\\r.mp3', 'b/r.mp3'],
    ['C:\\a\\x\\n.md', 'C:\\a/r.mp3', '../r.mp3'],
    ['C:\\a\\n.md', 'D:\\a b\\r#%.mp3', 'file:///D:/a%20b/r%23%25.mp3'],
    ['\\\\srv\\pub\\n.md', '\\\\SRV\\pub\\x\\r.mp3', 'x/r.mp3'],
    ['C:\\n.md', '\\\\srv\\pub\\r.mp3', 'file://srv/pub/r.mp3'],
  ];
  for (const [note, recording, link] of windows) {
    it(`leads from ${note} to ${recording}`, () => assert.equal(linkFromNote(note, recording, '\\'), link));
  }
});
