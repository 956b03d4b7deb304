import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { actualPath, isSameName } from '../../../src/node/actualPath';
import { fittingPaths, nameLimits, untilFitting } from '../../../src/node/fittingPaths';
import { isBelow, isOnOtherHost } from '../../../src/node/pathsWithin';

const composed = 'Café Zürich'.normalize('NFC');
const decomposed = composed.normalize('NFD');

describe('the actual path of a file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'steno-paths-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const [there, wanted] of [
    [composed, decomposed],
    [decomposed, composed],
  ] as const) {
    it(`is found by a name that is composed otherwise, also in its folders (${there.length} units)`, async () => {
      const file = path.join(folder, there, there, `${there}.mp3`);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, '');
      const found = await actualPath(path.join(folder, wanted, wanted, `${wanted}.mp3`));
      assert.ok(found !== undefined && isSameName(found, file));
      if (process.platform === 'linux') {
        assert.equal(found, file);
      }
      assert.equal(await actualPath(path.join(folder, wanted, 'talk.mp3')), undefined);
      assert.equal(await actualPath(path.join(folder, 'gone', `${wanted}.mp3`)), undefined);
    });
  }

  it('is the path itself where something has that very name, even a link to nowhere', async () => {
    const [file, other] = [composed, decomposed].map((name) => path.join(folder, name)) as [string, string];
    symlinkSync('nowhere', file);
    assert.equal(await actualPath(file), file);
    writeFileSync(other, '');
    assert.equal(await actualPath(file), file);
  });
});

describe('the names in a folder', () => {
  it('are limited in bytes, and on Windows in UTF-16 units', () => {
    assert.deepEqual(
      nameLimits('/talks', 'linux').map(({ most }) => most),
      [255, 143],
    );
    const onWindows = (folder: string): readonly number[] =>
      nameLimits(folder, 'win32').map(({ most }) => most);
    assert.deepEqual(onWindows('C:\\'), [255]);
    assert.deepEqual(onWindows(`C:\\${'x'.repeat(97)}`), [158, 255]);
    assert.deepEqual(onWindows(`C:\\${'x'.repeat(250)}`), [255]);
  });

  it('are shortened as little as the file system wants', async () => {
    const file = path.join(path.resolve('talks'), `${'x'.repeat(300)}.mp3.aai.json`);
    const tooLong = (most: number) => (place: string) =>
      path.basename(place).length > most
        ? Promise.reject(Object.assign(new Error('Too long'), { code: 'ENAMETOOLONG' }))
        : Promise.resolve(path.basename(place).length);
    assert.equal(await untilFitting(fittingPaths(file), tooLong(255)), 255);
    if (process.platform !== 'win32') {
      assert.equal(await untilFitting(fittingPaths(file), tooLong(143)), 143);
    }
    await assert.rejects(untilFitting(fittingPaths(file), tooLong(20)), { code: 'ENAMETOOLONG' });
    const denied = (): Promise<never> => Promise.reject(Object.assign(new Error(), { code: 'EACCES' }));
    await assert.rejects(untilFitting(fittingPaths(file), denied), { code: 'EACCES' });
  });
});

describe('a path', () => {
  it('is below a folder or not', () => {
    assert.ok(isBelow('/a/b', '/a'));
    assert.ok(isBelow('/a/..b', '/a'));
    for (const file of ['/a', '/ab', '/', '/b/a']) {
      assert.ok(!isBelow(file, '/a'), file);
    }
  });

  it('leads to another host by its text alone', () => {
    const elsewhere = [
      '\\\\host\\share\\a.mp3',
      '//host/share/a.mp3',
      '\\/host\\share/a.mp3',
      '\\\\.\\pipe\\a',
    ];
    for (const file of [...elsewhere, '\\\\?\\UNC\\host\\share\\a.mp3']) {
      assert.ok(isOnOtherHost(file, ['C:\\talks', '\\\\host\\other\\a.md', '/talks']), file);
    }
    for (const file of ['C:\\talks\\a.mp3', '/talks/a.mp3', 'a.mp3', '\\\\HOST\\share\\b\\a.mp3']) {
      assert.ok(!isOnOtherHost(file, ['\\\\host\\Share\\talks']), file);
    }
  });
});
