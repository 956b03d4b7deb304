import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describeFailure } from '../../../../src/core/failures/describeFailure';
import { Failure } from '../../../../src/core/failures/failure';
import { inspectRecording } from '../../../../src/host/recordings/inspectRecording';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'steno-inspect-'));
  chmodSync(folder, 0o755);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The user id of `nobody`, who may read nothing. */
const unprivileged = 65_534;
const media = Uint8Array.from([0xff, 0xfb, 0x90, 0, 0, 0]);
const inFolder = (name: string): string => path.join(folder, name);

async function refusal(file: string, soundOnly = false): Promise<{ kind: string; sentence: string }> {
  const thrown = await inspectRecording(file, soundOnly).then(
    () => assert.fail('It should have been refused'),
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof Failure);
  return { kind: thrown.kind, sentence: describeFailure(thrown).sentence };
}

describe('inspectRecording', () => {
  it('describes a usable file', async () => {
    writeFileSync(inFolder('a b#1.mp3'), media);
    const { name, sizeBytes } = await inspectRecording(inFolder('a b#1.mp3'));
    assert.deepEqual({ name, sizeBytes }, { name: 'a b#1.mp3', sizeBytes: 6 });
  });

  it('accepts 2.2 GB and not a byte more', async () => {
    writeFileSync(inFolder('long.wav'), media);
    truncateSync(inFolder('long.wav'), 2_200_000_000);
    assert.equal((await inspectRecording(inFolder('long.wav'))).sizeBytes, 2_200_000_000);
    truncateSync(inFolder('long.wav'), 2_200_000_001);
    assert.equal((await refusal(inFolder('long.wav'))).kind, 'tooLarge');
  });

  it('accepts a larger file only if it is a video of which only the sound is sent', async () => {
    for (const name of ['talk.MP4', 'talk.wav']) {
      writeFileSync(inFolder(name), media);
      truncateSync(inFolder(name), 2_200_000_001);
    }
    assert.equal((await inspectRecording(inFolder('talk.MP4'), true)).sizeBytes, 2_200_000_001);
    assert.equal((await refusal(inFolder('talk.MP4'))).kind, 'tooLarge');
    assert.equal((await refusal(inFolder('talk.wav'), true)).kind, 'tooLarge');
  });

  it('refuses files that cannot be recordings, each with its own sentence', async () => {
    writeFileSync(inFolder('empty.mp3'), '');
    mkdirSync(inFolder('folder.mp3'));
    symlinkSync(inFolder('nowhere'), inFolder('link.mp3'));
    symlinkSync(inFolder('loop.mp3'), inFolder('loop.mp3'));
    writeFileSync(inFolder('text.mp3'), 'I am not an mp3.\n');
    const refused = new Map<string, string>();
    for (const name of ['empty', 'folder', 'link', 'loop', 'missing', 'text']) {
      const { kind, sentence } = await refusal(inFolder(`${name}.mp3`));
      refused.set(name, kind);
      assert.match(sentence, new RegExp(`${name}\\.mp3`), 'the sentence names the file');
      assert.match(sentence, /^[A-Z“].*[.!]$/s);
    }
    assert.deepEqual(Object.fromEntries(refused), {
      empty: 'recordingEmpty',
      folder: 'recordingIsFolder',
      link: 'recordingLinkBroken',
      loop: 'recordingLinkBroken',
      missing: 'recordingMissing',
      text: 'recordingIsText',
    });
  });

  it('refuses a pipe without waiting for data', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    execFileSync('mkfifo', [inFolder('pipe.mp3')]);
    const { kind, sentence } = await refusal(inFolder('pipe.mp3'));
    assert.equal(kind, 'recordingUnreadable');
    assert.match(sentence, /“pipe\.mp3” is not a regular file/);
  });

  it('refuses a file without read permission', async () => {
    writeFileSync(inFolder('secret.mp3'), media);
    chmodSync(inFolder('secret.mp3'), 0o000);
    // Root can read everything, so the test changes the user.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) {
      process.seteuid?.(unprivileged);
    }
    try {
      assert.equal((await refusal(inFolder('secret.mp3'))).kind, 'recordingUnreadable');
    } finally {
      if (isRoot) {
        process.seteuid?.(0);
      }
    }
  });
});
