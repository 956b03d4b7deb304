import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalEntry } from '../../../../src/core/jobs/journalFormat';
import { Takeover } from '../../../../src/host/windows/takeover';
import { WindowRegistry, type Machine } from '../../../../src/host/windows/windowRegistry';
import { jobNumber } from '../jobs/someJobs';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steno-windows-'));
  folder = join(root, 'jobs', 'windows');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const here: Machine = { host: hostname(), bootMs: 1_000_000, processSpace: 'pid:[1]' };
/** Of a process that has ended. */
const deadPid = spawnSync(process.execPath, ['-e', '']).pid;

const window = (id: string, machine = here, pid = process.pid): WindowRegistry =>
  new WindowRegistry(folder, id, machine, pid);

describe('Windows', () => {
  it('are seen from their arrival until they leave', async () => {
    const [one, other] = [window('one'), window('other')];
    assert.equal((await one.look()).size, 0);
    await other.arrive();
    assert.deepEqual([...(await one.look()).keys()], ['other']);
    other.leave();
    assert.equal((await one.look()).size, 0);
    assert.equal(await one.signOf('other'), undefined);
    other.leave();
  });

  it('look different after each beat, in a file as long as before', async () => {
    const [one, other] = [window('one'), window('other')];
    await other.arrive();
    const signs = new Set([await one.signOf('other')]);
    const { size } = statSync(join(folder, 'other.json'));
    for (let beat = 1; beat <= 12; beat++) {
      await other.arrive();
      assert.ok(signs.has(await one.signOf('other')), 'It arrives once');
      await other.beat();
      signs.add(await one.signOf('other'));
      assert.equal(signs.size, beat + 1);
    }
    assert.equal(statSync(join(folder, 'other.json')).size, size);
  });

  it('beat only while they are there', async () => {
    const one = window('one');
    await one.beat();
    await one.arrive();
    const beating = one.beat();
    one.leave();
    await beating;
    await one.beat();
    assert.deepEqual(readdirSync(folder), []);
    await one.arrive();
    assert.deepEqual(readdirSync(folder), ['one.json']);
  });

  it('beat again where their file was removed', async () => {
    const one = window('one');
    await one.arrive();
    rmSync(root, { recursive: true });
    await one.beat();
    assert.notEqual(await one.signOf('one'), undefined);
  });

  it('are known to be gone when their process is, on this machine and in no other case', async () => {
    const one = window('one');
    const elsewhere: readonly Partial<Machine>[] = [
      { host: 'another' },
      { bootMs: here.bootMs + 3_600_000 },
      { processSpace: 'pid:[2]' },
    ];
    await window('dead', here, deadPid).arrive();
    await window('dead, clock set', { ...here, bootMs: here.bootMs + 2000 }, deadPid).arrive();
    await window('alive').arrive();
    for (const [number, change] of elsewhere.entries()) {
      await window(`elsewhere ${number}`, { ...here, ...change }, deadPid).arrive();
    }
    const signs = await one.look();
    assert.deepEqual(
      [...signs]
        .filter(([, sign]) => sign === undefined)
        .map(([id]) => id)
        .sort(),
      ['dead', 'dead, clock set'],
    );
    assert.equal(signs.size, 6);
  });

  it('are not known to be gone where their file cannot be made sense of', async () => {
    mkdirSync(join(folder, 'folder.json'), { recursive: true });
    for (const [id, text] of Object.entries({ empty: '', nuls: '\0\0', odd: '{"pid":"7"}', none: 'null' })) {
      writeFileSync(join(folder, `${id}.json`), text);
    }
    const signs = await window('one').look();
    assert.deepEqual([...signs.values()].includes(undefined), false);
    assert.equal(signs.size, 5);
  });

  it('know this machine by themselves', async () => {
    const one = new WindowRegistry(folder, 'one');
    await one.arrive();
    await new WindowRegistry(folder, 'other', undefined, deadPid).arrive();
    assert.deepEqual(
      [(await one.look()).get('one') === undefined, await one.signOf('other')],
      [false, undefined],
    );
    const { bootMs } = JSON.parse(readFileSync(join(folder, 'one.json'), 'utf8')) as Machine;
    assert.ok(bootMs > 0 && bootMs < Date.now());
  });

  if (process.platform !== 'win32') {
    it('are no other user’s business', async () => {
      await window('one').arrive();
      assert.equal(statSync(join(folder, 'one.json')).mode & 0o777, 0o600);
      assert.equal(statSync(folder).mode & 0o777, 0o700);
    });
  }
});

describe('Takeover', () => {
  const entry = (number: number, owner: string): JournalEntry => ({ job: jobNumber(number), owner });
  const isAtHome = (file: string): boolean => file.endsWith('talk-1.mp3');

  it('takes over what windows left that are gone, what is at home first, and removes their files', async () => {
    const takeover = new Takeover(window('one'), isAtHome);
    const jobs = [entry(1, 'dead'), entry(2, 'dead'), entry(3, 'never seen'), entry(4, 'alive')];
    await window('dead', here, deadPid).arrive();
    const alive = window('alive');
    await alive.arrive();
    assert.ok(takeover.isThere('dead'), 'Nothing is known before the first look');
    assert.deepEqual(await takeover.abandoned(jobs), [jobs[0]?.job.id]);
    assert.deepEqual(readdirSync(folder), ['alive.json']);
    assert.deepEqual([takeover.isThere('dead'), takeover.isThere('alive')], [false, true]);
    for (let look = 2; look <= 3; look++) {
      await alive.beat();
      assert.deepEqual(await takeover.abandoned(jobs), [jobs[0]?.job.id]);
    }
    await alive.beat();
    const ids = jobs.slice(0, 3).map(({ job }) => job.id);
    assert.deepEqual(await takeover.abandoned(jobs), ids);
  });

  it('tells at once that a window is gone which left', async () => {
    const [one, other] = [window('one'), window('other')];
    const takeover = new Takeover(one, isAtHome);
    await other.arrive();
    await one.arrive();
    assert.equal(await takeover.isGone('other'), false);
    other.leave();
    assert.equal(await takeover.isGone('other'), true);
    const lost = [entry(1, 'one')];
    assert.deepEqual(
      await takeover.abandoned(lost),
      lost.map(({ job }) => job.id),
      'What this window has, it may go on with',
    );
    assert.deepEqual(readdirSync(folder), ['one.json']);
    await takeover.beat();
    takeover.leave();
    assert.deepEqual(readdirSync(folder), []);
  });
});
