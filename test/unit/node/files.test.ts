import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  ownerOnly,
  ownToken,
  removeFile,
  removeTemporary,
  replaceFile,
  sweepTemporary,
  writeNew,
} from '../../../src/node/files';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'steno-files-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string): string => path.join(folder, name);
const contentOf = (name: string): string => readFileSync(inFolder(name), 'utf8');

describe('writeNew', () => {
  it('makes folders where they are missing, and leaves nothing else behind', async () => {
    assert.equal(await writeNew(inFolder('a/b/note.md'), 'text'), true);
    assert.equal(contentOf('a/b/note.md'), 'text');
    assert.deepEqual(readdirSync(inFolder('a/b')), ['note.md']);
  });

  it('leaves alone what exists: a file, a folder or a link to nowhere', async () => {
    writeFileSync(inFolder('note.md'), 'mine');
    symlinkSync(inFolder('nowhere'), inFolder('link.md'));
    for (const name of ['note.md', 'link.md']) {
      assert.equal(await writeNew(inFolder(name), 'text'), false);
    }
    assert.equal(await writeNew(folder, 'text'), false);
    assert.equal(contentOf('note.md'), 'mine');
    assert.deepEqual(readdirSync(folder).sort(), ['link.md', 'note.md']);
  });

  it('lets one of many win', async () => {
    const wins = await Promise.all(
      Array.from({ length: 20 }, (_, i) => writeNew(inFolder('note.md'), `text ${i}`)),
    );
    assert.equal(wins.filter(Boolean).length, 1);
    assert.match(contentOf('note.md'), /^text \d+$/);
    assert.deepEqual(readdirSync(folder), ['note.md']);
  });
});

describe('A temporary file that a crash left', () => {
  const leftover = '.id-7.steno-tmp';

  it('is removed by the next try, which trusts nothing in it', async () => {
    writeFileSync(inFolder('mine.txt'), 'mine');
    symlinkSync(inFolder('mine.txt'), inFolder(leftover));
    assert.equal(await writeNew(inFolder('note.md'), 'text', undefined, 'id-7'), true);
    assert.deepEqual(readdirSync(folder).sort(), ['mine.txt', 'note.md']);
    assert.equal(contentOf('mine.txt'), 'mine');
  });
});

describe('removeTemporary', () => {
  it('removes what writes with this token left, also with one of their own, and nothing else', async () => {
    const others = ['.id-77.steno-tmp', '.id-7-audio.steno-tmp', '.id.steno-tmp'];
    const own = [1, 2].map(() => `.${ownToken('id-7')}.steno-tmp`);
    for (const name of ['.id-7.steno-tmp', ...own, ...others]) {
      writeFileSync(inFolder(name), '');
    }
    await removeTemporary(inFolder('note.md'), 'id-7');
    assert.deepEqual(readdirSync(folder).sort(), [...others].sort());
  });
});

describe('sweepTemporary', () => {
  it('removes what crashes left, and nothing that may be at work or is of another program', async () => {
    const old = ['.id-7.steno-tmp', '.id-7-audio.steno-tmp', '.id-7-0a1b2c3d.steno-tmp'];
    const others = ['talk.steno-tmp', '.a b.steno-tmp', '.steno-tmp', 'talk.mp3', '.new.steno-tmp'];
    for (const name of [...old, ...others]) {
      writeFileSync(inFolder(name), '');
      utimesSync(inFolder(name), 1000, name.includes('new') ? 3000 : 1000);
    }
    mkdirSync(inFolder('.folder.steno-tmp'));
    utimesSync(inFolder('.folder.steno-tmp'), 1000, 1000);
    await sweepTemporary(folder, 2_000_000);
    assert.deepEqual(readdirSync(folder).sort(), [...others, '.folder.steno-tmp'].sort());
    await sweepTemporary(inFolder('gone'), 2_000_000);
  });
});

describe('replaceFile', () => {
  it('writes a file that may exist, and leaves nothing else behind', async () => {
    await replaceFile(inFolder('a/record.json'), 'first');
    await replaceFile(inFolder('a/record.json'), 'second', undefined, 'id-7');
    assert.equal(contentOf('a/record.json'), 'second');
    assert.deepEqual(readdirSync(inFolder('a')), ['record.json']);
  });

  it('hides the file from other users where that is wanted', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    writeFileSync(inFolder('record.json'), 'first', { mode: 0o644 });
    await replaceFile(inFolder('record.json'), 'second', ownerOnly);
    assert.equal(statSync(inFolder('record.json')).mode & 0o777, 0o600);
  });

  it('leaves the file as it was when the new text cannot be written', async () => {
    writeFileSync(inFolder('record.json'), 'first');
    mkdirSync(inFolder('.id-7.steno-tmp'));
    await assert.rejects(replaceFile(inFolder('record.json'), 'second', undefined, 'id-7'));
    assert.equal(contentOf('record.json'), 'first');
  });
});

describe('removeFile', () => {
  it('removes a file, and accepts that there is none', async () => {
    writeFileSync(inFolder('record.json'), '');
    await removeFile(inFolder('record.json'));
    await removeFile(inFolder('record.json'));
    assert.deepEqual(readdirSync(folder), []);
  });
});
