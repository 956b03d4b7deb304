import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FollowUpClaims } from '../../../../src/host/followUps/followUpClaims';
import { WindowRegistry } from '../../../../src/host/windows/windowRegistry';

describe('FollowUpClaims', () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'steno-claims-'));
    folder = join(root, 'claims');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const claimsOf = (id: string): FollowUpClaims =>
    new FollowUpClaims(folder, new WindowRegistry(join(root, 'windows'), id), Date);

  it('are made again by a window that could not remove its own claim', async () => {
    const [mine, theirs] = [claimsOf('mine'), claimsOf('theirs')];
    let done = 0;
    const work = (): Promise<void> => {
      done++;
      return Promise.resolve();
    };
    assert.equal(await mine.whileClaimed('id-1', work), true);
    // A virus scanner held it.
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'id-1.1'), 'mine');
    assert.equal(await theirs.whileClaimed('id-1', work), false);
    assert.equal(await mine.whileClaimed('id-1', work), true);
    assert.equal(done, 2);
    assert.deepEqual(readdirSync(folder), []);
  });
});
