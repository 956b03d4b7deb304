import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
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
import { parseNote } from '../../../../src/core/note/parseNote';
import { renderSidecar } from '../../../../src/core/sidecar/sidecar';
import { findFinishedTranscript, writeSidecar } from '../../../../src/host/note/sidecarFile';
import { findSidecarOfNote } from '../../../../src/host/note/sidecarOfNote';
import { inspectRecording } from '../../../../src/host/recordings/inspectRecording';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'steno-sidecar-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string): string => path.join(folder, name);
const contentOf = (name: string): string => readFileSync(inFolder(name), 'utf8');

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

  it('never counts as that of these bytes when it does not say which they were', async () => {
    const talk = await recording();
    await writeSidecar(talk, { source: talk.name, transcript: transcript('one'), sha256: null });
    assert.match(contentOf('talk.mp3.aai.json'), /"source_sha256":null/);
    assert.equal(await findFinishedTranscript(talk, new AbortController().signal), undefined);
  });

  it('counts wherever a tool writes the hash, and however large it is in proportion to others', async () => {
    const talk = await recording();
    const sha256 = createHash('sha256').update(readFileSync(talk.path)).digest('hex');
    const text = 'word '.repeat(100_000);
    const body = { ...transcript('one'), text };
    for (const sidecar of [
      { source_sha256: sha256.toUpperCase(), transcript: body },
      { transcript: body, source_sha256: sha256 },
      { a: text, source_sha256: sha256, transcript: body },
      { transcript: { ...body, source_sha256: '0'.repeat(64) }, source_sha256: sha256 },
    ]) {
      writeFileSync(inFolder('talk.mp3.aai.json'), JSON.stringify(sidecar, null, 2));
      const found = await findFinishedTranscript(talk, new AbortController().signal);
      assert.equal(found?.transcript['text'], text);
    }
  });

  it('counts as none where it is larger than a transcript of the recording can be', async () => {
    const talk = await recording();
    const sha256 = createHash('sha256').update(readFileSync(talk.path)).digest('hex');
    const text = 'x'.repeat(5 * 1024 * 1024);
    await writeSidecar(talk, { source: talk.name, transcript: { ...transcript('one'), text }, sha256 });
    assert.equal(await findFinishedTranscript(talk, new AbortController().signal), undefined);
  });

  it('counts as none where its name leads to a device or a pipe', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const talk = await recording();
    symlinkSync('/dev/zero', inFolder('talk.mp3.aai.json'));
    assert.equal(await findFinishedTranscript(talk, new AbortController().signal), undefined);
    rmSync(inFolder('talk.mp3.aai.json'));
    execFileSync('mkfifo', [inFolder('talk.mp3.aai.json')]);
    assert.equal(await findFinishedTranscript(talk, new AbortController().signal), undefined);
  });

  it('replaces a link, not the file that it leads to', async () => {
    const talk = await recording();
    writeFileSync(inFolder('target'), 'mine');
    symlinkSync(inFolder('target'), inFolder('talk.mp3.aai.json'));
    await writeSidecar(talk, { source: talk.name, transcript: transcript('one'), sha256: 'ab' });
    assert.equal(contentOf('target'), 'mine');
    assert.match(contentOf('talk.mp3.aai.json'), /"id":"one"/);
  });

  it('is none if it is a folder', async () => {
    const talk = await recording();
    mkdirSync(inFolder('talk.mp3.aai.json'));
    assert.equal(await findFinishedTranscript(talk, new AbortController().signal), undefined);
  });

  it('is kept under its id when another one is written, even if Steno did not write it', async () => {
    const talk = await recording();
    writeFileSync(inFolder('talk.mp3.aai.json'), 'something else');
    // Of equal sidecars, one is kept.
    for (const id of ['one', 'two', 'two', 'one', 'two']) {
      await writeSidecar(talk, { source: talk.name, transcript: transcript(id), sha256: 'ab' });
    }
    assert.deepEqual(readdirSync(folder).sort(), [
      'talk.mp3',
      'talk.mp3.aai.json',
      'talk.mp3.earlier.aai.json',
      'talk.mp3.one.aai.json',
      'talk.mp3.two.aai.json',
    ]);
    assert.equal(contentOf('talk.mp3.earlier.aai.json'), 'something else');
    assert.match(contentOf('talk.mp3.aai.json'), /"id":"two"/);
  });

  describe('that several windows write at the same moment', () => {
    const keptIds = (): readonly string[] =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.aai.json'))
        .map((name) => (JSON.parse(contentOf(name)) as { id: string }).id)
        .sort();
    const writeAll = async (ids: readonly string[]): Promise<void> => {
      const talk = await recording();
      const write = (id: string): Promise<void> =>
        writeSidecar(talk, { source: talk.name, transcript: transcript(id), sha256: 'ab' });
      await write('first');
      await Promise.allSettled(ids.map(write));
      assert.ok(!readdirSync(folder).some((name) => name.endsWith('.steno-tmp')));
    };

    it('is kept for each transcript', async () => {
      const ids = ['a', 'b', 'c', 'd', 'e'];
      await writeAll(ids);
      assert.deepEqual(keptIds(), [...ids, 'first']);
    });

    it('is kept once for the same transcript', async () => {
      await writeAll(['a', 'a', 'a']);
      assert.deepEqual(keptIds(), ['a', 'first']);
    });
  });

  it('has a name that fits, and is found by it, now and once there is another transcript', async () => {
    const name = `${'会'.repeat(80)}.mp3`;
    writeFileSync(inFolder(name), '\0sound');
    const long = await inspectRecording(inFolder(name));
    const sha256 = createHash('sha256').update('\0sound').digest('hex');
    const note = inFolder('talk.md');
    for (const id of ['one', 'two', 'three']) {
      await writeSidecar(long, { source: name, transcript: transcript(id), sha256 });
      const { signal } = new AbortController();
      assert.equal((await findFinishedTranscript(long, signal))?.transcript.id, id);
    }
    for (const id of ['one', 'two', 'three']) {
      const { properties } = parseNote(`---\nrecording: ${name}\ntranscript: ${id}\n---\n`);
      assert.equal((await findSidecarOfNote(note, properties))?.sidecar.transcript.id, id);
    }
    assert.equal(readdirSync(folder).length, 4);
  });

  it('is found, and not written anew, however the names of the recording and of the sidecar are composed', async () => {
    const [composed, decomposed] = ['NFC', 'NFD'].map((form) => 'Café Zürich.mp3'.normalize(form)) as [
      string,
      string,
    ];
    writeFileSync(inFolder(decomposed), '\0sound');
    const sha256 = createHash('sha256').update('\0sound').digest('hex');
    const text = renderSidecar({ source: composed, transcript: transcript('one'), sha256 });
    writeFileSync(inFolder(`${composed}.aai.json`), text);
    const talk = await inspectRecording(inFolder(decomposed));
    assert.equal((await findFinishedTranscript(talk, new AbortController().signal))?.transcript.id, 'one');
    await writeSidecar(talk, { source: decomposed, transcript: transcript('one'), sha256 });
    await writeSidecar(talk, { source: decomposed, transcript: transcript('two'), sha256 });
    for (const id of ['one', 'two']) {
      const { properties } = parseNote(`---\nrecording: ${composed}\ntranscript: ${id}\n---\n`);
      const found = await findSidecarOfNote(inFolder('note.md'), properties);
      assert.equal(found?.sidecar.transcript.id, id);
    }
    assert.equal(readdirSync(folder).length, 3);
  });

  it('is written once, and removes what a crash left of writing it', async () => {
    writeFileSync(inFolder('talk.mp3'), '\0sound');
    const recording = await inspectRecording(inFolder('talk.mp3'));
    const transcript = { id: 'id-7', status: 'completed' } as const;
    const sidecar = { source: 'talk.mp3', transcript, sha256: '0' };
    await writeSidecar(recording, sidecar);
    writeFileSync(inFolder('.id-7.steno-tmp'), 'half a sidec');
    await writeSidecar(recording, sidecar);
    assert.deepEqual(readdirSync(folder).sort(), ['talk.mp3', 'talk.mp3.aai.json']);
  });
});
