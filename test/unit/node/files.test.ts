import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
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
import { writeNew } from '../../../src/node/files';
import { findFinishedTranscript, writeSidecar } from '../../../src/host/note/sidecarFile';
import { findRecordings } from '../../../src/host/recordings/findRecordings';
import { inspectRecording } from '../../../src/host/recordings/inspectRecording';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'steno-files-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string): string => path.join(folder, name);
const contentOf = (name: string): string => readFileSync(inFolder(name), 'utf8');

describe('writeNew', () => {
  it('writes into folders that it makes, and leaves nothing else', async () => {
    assert.equal(await writeNew(inFolder('a/b/note.md'), 'text'), true);
    assert.equal(contentOf('a/b/note.md'), 'text');
    assert.deepEqual(readdirSync(inFolder('a/b')), ['note.md']);
  });

  it('leaves what exists alone, be it a file, a folder or a link to nowhere', async () => {
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

describe('What a crash left of a file', () => {
  const leftover = '.id-7.steno-tmp';

  it('goes with the next try, which trusts nothing of it', async () => {
    writeFileSync(inFolder('mine.txt'), 'mine');
    symlinkSync(inFolder('mine.txt'), inFolder(leftover));
    assert.equal(await writeNew(inFolder('note.md'), 'text', undefined, 'id-7'), true);
    assert.deepEqual(readdirSync(folder).sort(), ['mine.txt', 'note.md']);
    assert.equal(contentOf('mine.txt'), 'mine');
  });

  it('goes, too, where the sidecar had got its name already', async () => {
    writeFileSync(inFolder('talk.mp3'), '\0sound');
    const recording = await inspectRecording(inFolder('talk.mp3'));
    const transcript = { id: 'id-7', status: 'completed' } as const;
    const sidecar = { source: 'talk.mp3', transcript, sha256: '0' };
    await writeSidecar(recording, sidecar);
    writeFileSync(inFolder(leftover), 'half a sidec');
    await writeSidecar(recording, sidecar);
    assert.deepEqual(readdirSync(folder).sort(), ['talk.mp3', 'talk.mp3.aai.json']);
  });
});

describe('sidecar beside a recording', () => {
  const transcript = (id: string) => ({ id, status: 'completed', text: id }) as const;

  async function recording(): ReturnType<typeof inspectRecording> {
    writeFileSync(inFolder('talk.mp3'), Uint8Array.from([0xff, 0xfb, 0x90, 0]));
    return inspectRecording(inFolder('talk.mp3'));
  }

  it('is found only as long as the recording is the same', async () => {
    const talk = await recording();
    const sha256 = createHash('sha256').update(readFileSync(talk.path)).digest('hex');
    const { signal } = new AbortController();
    assert.equal(await findFinishedTranscript(talk, signal), undefined);
    await writeSidecar(talk, { source: talk.name, transcript: transcript('one'), sha256 });
    assert.equal((await findFinishedTranscript(talk, signal))?.transcript.id, 'one');
    writeFileSync(talk.path, Uint8Array.from([0xff, 0xfb, 0x90, 1]));
    assert.equal(await findFinishedTranscript(talk, signal), undefined);
  });

  it('is never taken for that of these bytes when it does not tell which they were', async () => {
    const talk = await recording();
    await writeSidecar(talk, { source: talk.name, transcript: transcript('one'), sha256: null });
    assert.match(contentOf('talk.mp3.aai.json'), /"source_sha256":null/);
    assert.equal(await findFinishedTranscript(talk, new AbortController().signal), undefined);
  });

  it('replaces a link rather than what it leads to', async () => {
    const talk = await recording();
    writeFileSync(inFolder('target'), 'mine');
    symlinkSync(inFolder('target'), inFolder('talk.mp3.aai.json'));
    await writeSidecar(talk, { source: talk.name, transcript: transcript('one'), sha256: 'ab' });
    assert.equal(contentOf('target'), 'mine');
    assert.match(contentOf('talk.mp3.aai.json'), /"id":"one"/);
  });

  it('is none when it is a folder', async () => {
    const talk = await recording();
    mkdirSync(inFolder('talk.mp3.aai.json'));
    assert.equal(await findFinishedTranscript(talk, new AbortController().signal), undefined);
  });

  it('is kept under its id when another is written, also when it is not ours', async () => {
    const talk = await recording();
    writeFileSync(inFolder('talk.mp3.aai.json'), 'something else');
    for (const id of ['one', 'two', 'two', 'one', 'two']) {
      await writeSidecar(talk, { source: talk.name, transcript: transcript(id), sha256: 'ab' });
    }
    assert.deepEqual(readdirSync(folder).sort(), [
      'talk.mp3',
      'talk.mp3.aai.json',
      'talk.mp3.earlier.aai.json',
      'talk.mp3.one-2.aai.json',
      'talk.mp3.one.aai.json',
      'talk.mp3.two.aai.json',
    ]);
    assert.equal(contentOf('talk.mp3.earlier.aai.json'), 'something else');
    assert.match(contentOf('talk.mp3.aai.json'), /"id":"two"/);
  });
});

describe('findRecordings', () => {
  it('finds recordings below a folder, not hidden ones, tools or TypeScript', async () => {
    for (const name of [
      'b.MP3',
      'a/c.wav',
      'a/main.ts',
      'notes.md',
      '.hidden/x.mp3',
      'node_modules/p/x.mp3',
    ]) {
      await writeNew(inFolder(name), 'x');
    }
    const found = await findRecordings(folder);
    assert.deepEqual(
      found.map((file) => path.relative(folder, file)),
      [path.join('a', 'c.wav'), 'b.MP3'],
    );
  });
});
