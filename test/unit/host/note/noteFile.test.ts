import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Failure } from '../../../../src/core/failures/failure';
import { ensureWritable, findNote, findNoteOfTranscript } from '../../../../src/host/note/noteFile';
import { writeAtFreePath } from '../../../../src/host/note/numberedPaths';
import { writeNew } from '../../../../src/node/files';

const recording = { path: '/x/talk.mp3', name: 'talk.mp3', sizeBytes: 1, modifiedMs: 0 };
const noteOf = (name: string): string => `---\nrecording: ${name}\n---\n\n# talk\n`;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'steno-place-'));
});

afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

const inFolder = (name: string): string => path.join(folder, name);

describe('findNote', () => {
  it('finds no note when there is no file, or not even the folder', async () => {
    assert.equal(await findNote(inFolder('talk.md'), recording), undefined);
    assert.equal(await findNote(inFolder('notes/of/talks/talk.md'), recording), undefined);
  });

  it('finds the note of the recording, and a file without front matter', async () => {
    writeFileSync(inFolder('talk.md'), noteOf('../recordings/talk.mp3'));
    assert.equal(await findNote(inFolder('talk.md'), recording), inFolder('talk.md'));
    writeFileSync(inFolder('linked.md'), noteOf('file:///x/talk.mp3'));
    assert.equal(await findNote(inFolder('linked.md'), recording), inFolder('linked.md'));
    writeFileSync(inFolder('plain.md'), 'Mine.');
    assert.equal(await findNote(inFolder('plain.md'), recording), inFolder('plain.md'));
  });

  it('skips notes of other recordings, folders and broken links', async () => {
    writeFileSync(inFolder('talk.md'), noteOf('talk.mp4'));
    mkdirSync(inFolder('talk-2.md'));
    symlinkSync(inFolder('nowhere'), inFolder('talk-3.md'));
    assert.equal(await findNote(inFolder('talk.md'), recording), undefined);
    writeFileSync(inFolder('talk.mp3'), '');
    writeFileSync(inFolder('talk-4.md'), noteOf('talk.mp3'));
    assert.equal(await findNote(inFolder('talk.md'), recording), undefined, 'a recording of the same name');
    rmSync(inFolder('talk.mp3'));
    assert.equal(await findNote(inFolder('talk.md'), recording), inFolder('talk-4.md'));
  });
});

describe('A note whose name is composed otherwise than that of its recording', () => {
  const named = (name: string, form: string): string => name.normalize(form);
  for (const [onDisk, wanted] of [
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ] as const) {
    it(`is found: ${onDisk} on disk`, async () => {
      const note = inFolder(named('Café.transcript.md', onDisk));
      writeFileSync(note, `---\nrecording: ${named('Café.mp3', onDisk)}\ntranscript: id-1\n---\n`);
      const name = named('Café.mp3', wanted);
      const path = inFolder(named('Café.transcript.md', wanted));
      const found = await findNote(path, { path: inFolder(name), name, sizeBytes: 1, modifiedMs: 0 });
      assert.equal(found?.normalize('NFC'), note.normalize('NFC'));
      const ofTranscript = await findNoteOfTranscript(path, 'id-1');
      assert.equal(ofTranscript?.normalize('NFC'), note.normalize('NFC'));
      assert.equal(readFileSync(found, 'utf8'), readFileSync(note, 'utf8'));
    });
  }

  it('is not written over by a second one of the same name', async () => {
    writeFileSync(inFolder(named('Café.md', 'NFD')), 'mine');
    const written = await writeAtFreePath(inFolder(named('Café.md', 'NFC')), (file) => writeNew(file, 'new'));
    assert.equal(path.basename(written), named('Café-2.md', 'NFC'));
  });
});

describe('A note whose name is too long', () => {
  const long = `${'会'.repeat(80)}.transcript.md`;
  const ofLong = { ...recording, path: inX('会.mp3'), name: '会.mp3' };

  it('gets a shorter one, also with a number, and is found by it', async () => {
    const written: string[] = [];
    for (let number = 0; number < 3; number++) {
      written.push(await writeAtFreePath(inFolder(long), (file) => writeNew(file, noteOf('/x/会.mp3'))));
    }
    const names = written.map((file) => path.basename(file));
    assert.equal(new Set(names).size, 3);
    assert.match(names[2] ?? '', /^会+-[0-9a-f]{8}\.transcript-3\.md$/);
    assert.ok(names.every((name) => Buffer.byteLength(name) <= 255));
    assert.equal(await findNote(inFolder(long), ofLong), written[0]);
  });

  it('gets one that an encrypted file system takes, too', async () => {
    if (process.platform === 'win32') {
      return;
    }
    const written = await writeAtFreePath(inFolder(long), async (file) => {
      if (Buffer.byteLength(path.basename(file)) > 143) {
        throw Object.assign(new Error('Too long'), { code: 'ENAMETOOLONG' });
      }
      return writeNew(file, noteOf('/x/会.mp3'));
    });
    assert.equal(await findNote(inFolder(long), ofLong), written);
  });

  function inX(name: string): string {
    return `/x/${name}`;
  }
});

describe('ensureWritable', () => {
  const isUnwritable = (error: unknown): boolean =>
    error instanceof Failure && error.kind === 'noteUnwritable';

  it('leaves no file behind, and creates no folder', async () => {
    await ensureWritable(inFolder('talk.md'));
    await ensureWritable(inFolder('notes/of/talks/talk.md'));
    assert.deepEqual(readdirSync(folder), []);
  });

  it('accepts a name that is too long, since it will be shortened', async () => {
    await ensureWritable(inFolder(`${'é'.repeat(130)}.md`));
  });

  it('refuses a path that is too long, and says so', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const deep = Array.from({ length: 20 }, () => 'x'.repeat(240)).join('/');
    const isTooLong = (error: unknown): boolean =>
      error instanceof Failure && isUnwritable(error) && error.code === 'ENAMETOOLONG';
    await assert.rejects(ensureWritable(inFolder(`${deep}/talk.md`)), isTooLong);
  });

  it('refuses a folder without write permission', async () => {
    chmodSync(folder, 0o555);
    // Root can write everywhere.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) {
      process.seteuid?.(65_534);
    }
    try {
      await assert.rejects(ensureWritable(inFolder('talk.md')), isUnwritable);
    } finally {
      if (isRoot) {
        process.seteuid?.(0);
      }
    }
  });
});
