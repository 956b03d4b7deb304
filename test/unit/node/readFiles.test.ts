import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { codeOf } from '../../../src/node/errorCode';
import { readBytes, readText, readBytesSync, textOf } from '../../../src/node/readFiles';
import { readHead } from '../../../src/node/readRange';
import { sha256Of } from '../../../src/node/sha256Of';

/** Holds a lease on a file as a file server does, and returns it when another program opens the file. */
const leaseHolder = `
import fcntl, os, signal, sys
handle = os.open(sys.argv[1], os.O_RDWR)
signal.signal(signal.SIGIO, lambda *_: fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK))
fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)
print("held", flush=True)
while True:
    signal.pause()
`;

describe('reading a file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'steno-read-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const inFolder = (name: string): string => path.join(folder, name);

  const readers: Readonly<Record<string, (file: string) => Promise<unknown>>> = {
    readBytes: (file) => readBytes(file, 100),
    readText: (file) => readText(file, 100),
    readBytesSync: (file) => Promise.resolve().then(() => readBytesSync(file, 100)),
    textOf: (file) => textOf(file, 100),
    readHead: (file) => readHead(file, 100),
    sha256Of: (file) => sha256Of(file, new AbortController().signal),
  };

  for (const [name, read] of Object.entries(readers)) {
    const codeFor = (file: string): Promise<string | undefined> =>
      read(file).then(
        () => 'read',
        (thrown: unknown) => codeOf(thrown),
      );

    it(`never reads a folder, a device or a pipe: ${name}`, async function () {
      if (process.platform === 'win32') {
        this.skip();
      }
      mkdirSync(inFolder('folder'));
      symlinkSync('/dev/zero', inFolder('device'));
      execFileSync('mkfifo', [inFolder('pipe')]);
      assert.deepEqual(
        await Promise.all(['folder', 'device', 'pipe'].map((each) => codeFor(inFolder(each)))),
        ['EISDIR', 'EINVAL', 'EINVAL'],
      );
    });

    it(`reads a file, however small: ${name}`, async () => {
      for (const text of ['', 'é'.repeat(50)]) {
        writeFileSync(inFolder('file'), text);
        assert.equal(await codeFor(inFolder('file')), 'read');
      }
    });
  }

  it('gives all of a file with as many bytes as are allowed, and refuses one more', async () => {
    const text = 'é'.repeat(50);
    writeFileSync(inFolder('file'), text);
    assert.deepEqual(await readBytes(inFolder('file'), 100), Buffer.from(text));
    assert.equal(await readText(inFolder('file'), 100), text);
    assert.equal(readBytesSync(inFolder('file'), 100).toString(), text);
    assert.equal(await textOf(inFolder('file'), 100), text);
    for (const read of [readBytes, readText, textOf]) {
      await assert.rejects(read(inFolder('file'), 99), { code: 'EFBIG' });
    }
    assert.throws(() => readBytesSync(inFolder('file'), 99), { code: 'EFBIG' });
  });

  it('tells a missing file from one that cannot be read', async () => {
    assert.equal(await textOf(inFolder('none'), 100), undefined);
    await assert.rejects(readText(inFolder('none'), 100), { code: 'ENOENT' });
  });

  it('waits for a file server that holds a lease on an ordinary file', async function () {
    const file = inFolder('leased');
    writeFileSync(file, 'text');
    const holder = spawn('python3', ['-c', leaseHolder, file], { stdio: ['ignore', 'pipe', 'ignore'] });
    holder.on('error', () => undefined);
    try {
      const [held] = (await Promise.race([once(holder.stdout, 'data'), once(holder, 'close')])) as unknown[];
      if (!Buffer.isBuffer(held)) {
        // Only Linux has leases, and not on every file system.
        this.skip();
      }
      assert.equal(await readText(file, 100), 'text');
    } finally {
      holder.kill();
    }
  });
});
