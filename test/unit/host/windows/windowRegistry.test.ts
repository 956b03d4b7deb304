import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalEntry } from '../../../../src/core/jobs/journalFormat';
import { Takeover } from '../../../../src/host/windows/takeover';
import { WindowRegistry } from '../../../../src/host/windows/windowRegistry';
import type { Machine } from '../../../../src/node/processes';
import { jobNumber } from '../jobs/someJobs';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steno-windows-'));
  folder = join(root, 'jobs', 'windows');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const here: Machine = { host: hostname(), bootMs: 1_000_000, processSpace: 'pid:[1]' };
/** The id of a process that has ended. */
const deadPid = spawnSync(process.execPath, ['-e', '']).pid;

const window = (id: string, machine = here, pid = process.pid): WindowRegistry =>
  new WindowRegistry(folder, id, machine, pid);

describe('WindowRegistry', () => {
  it('shows a window from when it registers until it unregisters', async () => {
    const [one, other] = [window('one'), window('other')];
    assert.equal((await one.heartbeats()).size, 0);
    await other.register();
    assert.deepEqual([...(await one.heartbeats()).keys()], ['other']);
    other.unregister();
    assert.equal((await one.heartbeats()).size, 0);
    assert.equal(await one.heartbeatOf('other'), undefined);
    other.unregister();
  });

  it('shows another heartbeat after each beat, in a file as long as before', async () => {
    const [one, other] = [window('one'), window('other')];
    await other.register();
    const heartbeats = new Set([await one.heartbeatOf('other')]);
    const { size } = statSync(join(folder, 'other.json'));
    for (let beat = 1; beat <= 12; beat++) {
      await other.register();
      assert.ok(heartbeats.has(await one.heartbeatOf('other')), 'It registers once');
      await other.beat();
      heartbeats.add(await one.heartbeatOf('other'));
      assert.equal(heartbeats.size, beat + 1);
    }
    assert.equal(statSync(join(folder, 'other.json')).size, size);
  });

  it('beats only while the window is registered', async () => {
    const one = window('one');
    await one.beat();
    await one.register();
    const beating = one.beat();
    one.unregister();
    await beating;
    await one.beat();
    assert.deepEqual(readdirSync(folder), []);
    await one.register();
    assert.deepEqual(readdirSync(folder), ['one.json']);
  });

  it('beats again where its file was removed', async () => {
    const one = window('one');
    await one.register();
    rmSync(root, { recursive: true });
    await one.beat();
    assert.notEqual(await one.heartbeatOf('one'), undefined);
  });

  it('knows that a window is gone when its process is, on this machine and in no other case', async () => {
    const one = window('one');
    const elsewhere: readonly Partial<Machine>[] = [
      { host: 'another' },
      { bootMs: here.bootMs + 3_600_000 },
      { processSpace: 'pid:[2]' },
    ];
    await window('dead', here, deadPid).register();
    await window('dead, clock set', { ...here, bootMs: here.bootMs + 2000 }, deadPid).register();
    await window('alive').register();
    for (const [number, change] of elsewhere.entries()) {
      await window(`elsewhere ${number}`, { ...here, ...change }, deadPid).register();
    }
    const heartbeats = await one.heartbeats();
    assert.deepEqual(
      [...heartbeats]
        .filter(([, heartbeat]) => heartbeat === undefined)
        .map(([id]) => id)
        .sort(),
      ['dead', 'dead, clock set'],
    );
    assert.equal(heartbeats.size, 6);
  });

  it('does not count a window as gone because its file cannot be read', async () => {
    mkdirSync(join(folder, 'folder.json'), { recursive: true });
    for (const [id, text] of Object.entries({ empty: '', nuls: '\0\0', odd: '{"pid":"7"}', none: 'null' })) {
      writeFileSync(join(folder, `${id}.json`), text);
    }
    const heartbeats = await window('one').heartbeats();
    assert.deepEqual([...heartbeats.values()].includes(undefined), false);
    assert.equal(heartbeats.size, 5);
  });

  it('knows this machine by itself', async () => {
    const one = new WindowRegistry(folder, 'one');
    await one.register();
    await new WindowRegistry(folder, 'other', undefined, deadPid).register();
    assert.deepEqual(
      [(await one.heartbeats()).get('one') === undefined, await one.heartbeatOf('other')],
      [false, undefined],
    );
    const { bootMs } = JSON.parse(readFileSync(join(folder, 'one.json'), 'utf8')) as Machine;
    assert.ok(bootMs > 0 && bootMs < Date.now());
  });

  if (process.platform !== 'win32') {
    it('hides its files from other users', async () => {
      await window('one').register();
      assert.equal(statSync(join(folder, 'one.json')).mode & 0o777, 0o600);
      assert.equal(statSync(folder).mode & 0o777, 0o700);
    });
  }
});

describe('Takeover', () => {
  const entry = (number: number, owner: string): JournalEntry => ({ job: jobNumber(number), owner });
  const isInWorkspace = (file: string): boolean => file.endsWith('talk-1.mp3');

  it('takes over the jobs of windows that are gone, those in this workspace first, and removes the files of these windows', async () => {
    const takeover = new Takeover(window('one'), isInWorkspace);
    const jobs = [entry(1, 'dead'), entry(2, 'dead'), entry(3, 'never seen'), entry(4, 'alive')];
    await window('dead', here, deadPid).register();
    const alive = window('alive');
    await alive.register();
    assert.ok(takeover.isThere('dead'), 'Nothing is known before the first observation');
    assert.deepEqual(await takeover.abandoned(jobs), [jobs[0]?.job.id]);
    assert.deepEqual(readdirSync(folder), ['alive.json']);
    assert.deepEqual([takeover.isThere('dead'), takeover.isThere('alive')], [false, true]);
    for (let observation = 2; observation <= 3; observation++) {
      await alive.beat();
      assert.deepEqual(await takeover.abandoned(jobs), [jobs[0]?.job.id]);
    }
    await alive.beat();
    const ids = jobs.slice(0, 3).map(({ job }) => job.id);
    assert.deepEqual(await takeover.abandoned(jobs), ids);
  });

  it('knows at once that a window has unregistered', async () => {
    const [one, other] = [window('one'), window('other')];
    const takeover = new Takeover(one, isInWorkspace);
    await other.register();
    await one.register();
    assert.equal(await takeover.isGone('other'), false);
    other.unregister();
    assert.equal(await takeover.isGone('other'), true);
    const lost = [entry(1, 'one')];
    assert.deepEqual(
      await takeover.abandoned(lost),
      lost.map(({ job }) => job.id),
      'This window may go on with its own job',
    );
    assert.deepEqual(readdirSync(folder), ['one.json']);
    await one.beat();
    one.unregister();
    assert.deepEqual(readdirSync(folder), []);
  });
});
