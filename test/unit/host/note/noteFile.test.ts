import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Failure } from '../../../../src/core/failures/failure';
import { ensureWritable, findNote } from '../../../../src/host/note/noteFile';

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

describe('ensureWritable', () => {
  const isUnwritable = (error: unknown): boolean =>
    error instanceof Failure && error.kind === 'noteUnwritable';

  it('leaves no file behind, and creates no folder', async () => {
    await ensureWritable(inFolder('talk.md'));
    await ensureWritable(inFolder('notes/of/talks/talk.md'));
    assert.deepEqual(readdirSync(folder), []);
  });

  it('refuses a name that is too long', async () => {
    await assert.rejects(ensureWritable(inFolder(`${'é'.repeat(130)}.md`)), isUnwritable);
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
