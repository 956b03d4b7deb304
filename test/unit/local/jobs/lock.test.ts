import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderInUse, lockFolder } from '../../../../src/local/jobs/lock';

// Process ids start anew when they run out, so a child may have a lower one than its parent: the tests choose their own.
const lowerPid = 1;
const higherPid = 2 ** 31;

describe('Of two servers that start at the same time', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('the one with the higher process id gives way', async () => {
    writeFileSync(join(folder, `lock.${process.pid}`), 'wants');
    await assert.rejects(lockFolder(folder, higherPid), FolderInUse);
    assert.deepEqual(readdirSync(folder), [`lock.${process.pid}`]);
  });

  it('the one with the lower process id waits until the other has given way', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(other, 'spawn');
    writeFileSync(join(folder, `lock.${other.pid!}`), 'wants');
    const locking = lockFolder(folder, lowerPid);
    while (!(await readdir(folder)).includes(`lock.${lowerPid}`)) {
      // The server first announces that it wants the folder.
    }
    other.kill();
    const release = await locking;
    assert.deepEqual(readdirSync(folder), [`lock.${lowerPid}`]);
    assert.equal(readFileSync(join(folder, `lock.${lowerPid}`), 'utf8'), 'holds');
    await release();
    assert.deepEqual(readdirSync(folder), []);
  });
});
