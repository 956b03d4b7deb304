import assert from 'node:assert/strict';
import { rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { renderSidecar } from '../../../../src/core/sidecar/sidecar';
import { findTranscript } from '../../../../src/host/tools/findTranscript';
import { readTranscriptInput, readTranscribeInput } from '../../../../src/host/tools/toolInput';
import {
  realFileIn,
  resolveFile,
  ToolRefusal,
  type WorkspaceRoot,
} from '../../../../src/host/tools/workspaceFiles';
import { addText, removeFolder, temporaryFolder } from '../../../support/vscode/workspace';

const note =
  '---\nrecording: a.mp3\ntranscript: id\n---\n\n## Maria\n\n[00:00:01](a.mp3#t=1) From the note.\n';
const words = [{ text: 'x', start: 0, end: 1 }];
const sidecar = renderSidecar({
  source: 'a.mp3',
  transcript: {
    id: 'id',
    status: 'completed',
    text: 'From the sidecar.',
    words,
    utterances: [
      { speaker: 'A', text: 'From the', start: 1000, end: 2000, words: [] },
      { speaker: 'B', text: 'sidecar.', start: 3000, end: 4000, words: [] },
    ],
  },
  sha256: '0'.repeat(64),
});

describe('findTranscript', () => {
  let outside: string;
  let folder: string;
  let roots: readonly WorkspaceRoot[];
  const noNote = (): Promise<undefined> => Promise.resolve(undefined);

  beforeEach(async () => {
    outside = await temporaryFolder('outside');
    folder = join(outside, 'work');
    roots = [{ folder, name: 'work' }];
    await addText(folder, 'readme.md', '# Not a note\n\n[00:00:01](a.mp3#t=1) Not said.\n');
  });
  afterEach(() => removeFolder(outside));

  const find = async (named: string, noteOf: (file: string) => Promise<string | undefined> = noNote) => {
    const { file, turns } = await findTranscript(await resolveFile(named, roots), roots, noteOf);
    return [file, turns.map(({ speaker, paragraphs }) => `${speaker}: ${paragraphs[0]?.text}`)];
  };

  it('finds a note by its path in the workspace or on the disk', async () => {
    const file = await addText(folder, 'notes/a.md', note);
    const expected = [file, ['Maria: From the note.']];
    for (const named of ['notes/a.md', 'work/notes/a.md', './notes/../notes/a.md', file]) {
      assert.deepEqual(await find(named), expected, named);
    }
  });

  it('finds the note of a recording, or else its sidecar', async () => {
    const recording = await addText(folder, 'a.mp3', '');
    const beside = await addText(folder, 'a.mp3.aai.json', sidecar);
    const fromSidecar = [beside, ['Speaker A: From the', 'Speaker B: sidecar.']];
    assert.deepEqual(await find('a.mp3'), fromSidecar);
    assert.deepEqual(await find('a.mp3.aai.json'), fromSidecar);
    const file = await addText(folder, 'a.md', note);
    const noteOf = (asked: string): Promise<string | undefined> =>
      Promise.resolve(asked === recording ? file : undefined);
    assert.deepEqual(await find('a.mp3', noteOf), [file, ['Maria: From the note.']]);
    const elsewhere = await addText(outside, 'a.md', note);
    assert.deepEqual(await find('a.mp3', () => Promise.resolve(elsewhere)), fromSidecar);
  });

  it('finds no other files, and none outside of the workspace, whatever the path', async function () {
    const secret = await addText(outside, 'secret.md', note);
    await addText(outside, 'secret.mp3.aai.json', sidecar);
    await addText(folder, 'package.json', '{"secret": true}');
    await addText(folder, 'b.mp3.aai.json', '{"secret": true}');
    await addText(`${folder}-2`, 'c.md', note);
    const ways = ['../secret.md', secret, '../secret.mp3', 'work/../../secret.md', '../work-2/c.md'];
    const others = ['readme.md', 'package.json', 'b.mp3', 'missing.md', '.', '..', '/'];
    if (process.platform !== 'win32') {
      await symlink(secret, join(folder, 'link.md'));
      await symlink(outside, join(folder, 'up'));
      ways.push('link.md', 'up/secret.md', 'up/secret.mp3');
    }
    for (const named of [...ways, ...others]) {
      await assert.rejects(find(named), ToolRefusal, named);
    }
    await rename(secret, join(outside, 'gone.md'));
    const [whenThere, whenGone] = await Promise.all(
      ['../gone.md', '../secret.md'].map((named) => find(named).catch((thrown: unknown) => String(thrown))),
    );
    assert.equal(String(whenThere).replace('gone', 'secret'), String(whenGone));
  });

  it('never looks at a path on another host, which would learn who asks', async () => {
    for (const named of ['\\\\host\\share\\a.mp3', '//host/share/a.md', '\\\\?\\UNC\\host\\share\\a.md']) {
      await assert.rejects(find(named), /is on another host/);
    }
    const share: WorkspaceRoot = { folder: '\\\\host\\share\\work', name: 'work' };
    await resolveFile('\\\\HOST\\share\\work\\a.md', [share]);
  });

  it('finds files however their names are composed', async () => {
    const file = await addText(folder, `${'é'.normalize('NFD')}.md`, note);
    const [found] = await find(`${'é'.normalize('NFC')}.md`);
    assert.equal(String(found).normalize('NFC'), file.normalize('NFC'));
    const [absolute] = await find(join(folder, `${'é'.normalize('NFC')}.md`));
    assert.equal(absolute, found);
  });

  it('follows links within the workspace', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const file = await addText(folder, 'notes/a.md', note);
    await symlink(file, join(folder, 'link.md'));
    assert.equal((await find('link.md'))[0], file);
    const alias = join(outside, 'alias');
    await symlink(folder, alias);
    assert.equal(await realFileIn(join(alias, 'link.md'), [{ folder: alias, name: 'alias' }]), file);
  });

  it('refuses a relative path when no folder is open', async () => {
    await assert.rejects(resolveFile('a.md', []), ToolRefusal);
    assert.equal(await resolveFile(join(folder, 'x', '..', 'a.md'), []), join(folder, 'a.md'));
  });
});

describe('The input of a tool', () => {
  it('is read as far as it matches the schema', () => {
    assert.deepEqual(readTranscribeInput({ path: 'a.mp3', preset: '', more: 1 }), {
      path: 'a.mp3',
      preset: undefined,
    });
    assert.deepEqual(readTranscriptInput({ path: 'a.md', from: '1:00', to: 90, query: null, speaker: 'A' }), {
      path: 'a.md',
      part: { speaker: 'A', fromMs: 60_000, toMs: 90_000, query: undefined },
    });
  });

  it('is refused with the reason', () => {
    for (const input of [undefined, null, 'a.md', {}, { path: '' }, { path: 7 }, { path: 'a\0b' }]) {
      assert.throws(() => readTranscriptInput(input), ToolRefusal);
      assert.throws(() => readTranscribeInput(input), ToolRefusal);
    }
    assert.throws(() => readTranscriptInput({ path: 'a', from: 'soon' }), /“from” has to be a time/);
    assert.throws(() => readTranscribeInput({ path: 'a', preset: {} }), /“preset” has to be a string/);
  });
});
