import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { defaultDataFolder, readServerOptions, UsageError } from '../../../src/local/serverOptions';

const program = resolve(__dirname, '../../../src/local/main.js');
const key = 'program-key-0123456789';

describe('The program of the speech server', () => {
  let folder: string;
  let running: ChildProcessWithoutNullStreams[];
  let keyInEnvironment: string | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steno-program-'));
    running = [];
    keyInEnvironment = key;
  });
  afterEach(async () => {
    running.forEach((child) => child.kill('SIGKILL'));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  function run(...args: readonly string[]) {
    const child = spawn(process.execPath, [program, '--data', folder, ...args], {
      env: { ...process.env, STENO_LOCAL_KEY: keyInEnvironment },
    });
    running.push(child);
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
    const lines = createInterface(child.stdout);
    const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, errors }));
    return { child, ended, firstLine: once(lines, 'line').then(([line]: unknown[]) => String(line)) };
  }

  const urlIn = (line: string): string => {
    assert.match(line, /^listening on http:\/\/127\.0\.0\.1:\d+$/);
    return line.slice('listening on '.length);
  };

  it('prints its URL, and ends on SIGTERM', async () => {
    const { child, firstLine, ended } = run();
    const url = urlIn(await firstLine);
    const answer = await fetch(`${url}/v2/transcript`, { headers: { authorization: key } });
    assert.equal(answer.status, 200);
    child.kill('SIGTERM');
    const { code, errors } = await ended;
    assert.equal(code, process.platform === 'win32' ? null : 0);
    assert.doesNotMatch(errors, new RegExp(key));
  });

  it('ends when its standard input ends', async () => {
    const { child, firstLine, ended } = run('--end-with-stdin');
    urlIn(await firstLine);
    child.stdin.end();
    assert.equal((await ended).code, 0);
  });

  it('ends when it has been idle', async () => {
    const { firstLine, ended } = run('--idle-minutes', '0.005');
    urlIn(await firstLine);
    assert.equal((await ended).code, 0);
  });

  it('needs a key if its output does not go to a terminal', async () => {
    keyInEnvironment = undefined;
    const { code, errors } = await run().ended;
    assert.equal(code, 2);
    assert.match(errors, /^An API key is needed/);
  });

  it('gives way to another server with the same folder or port', async () => {
    const first = run();
    const url = urlIn(await first.firstLine);
    const second = await run().ended;
    assert.equal(second.code, 3);
    assert.match(
      second.errors,
      new RegExp(`^Another local server \\(process ${first.child.pid}\\) is using`),
    );
    const other = await run('--data', join(folder, 'other'), '--port', new URL(url).port).ended;
    assert.equal(other.code, 4);
  });

  it('takes over the folder of a server that was killed', async () => {
    const first = run();
    await first.firstLine;
    first.child.kill('SIGKILL');
    await first.ended;
    urlIn(await run().firstLine);
  });

  it('only sweeps with --sweep, and only if no server is using the folder', async () => {
    const old = join(folder, 'uploads', '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10');
    await mkdir(join(folder, 'uploads'));
    await writeFile(old, 'sound');
    await utimes(old, 0, 0);
    assert.equal((await run('--sweep').ended).code, 0);
    assert.ok(!existsSync(old));

    const { firstLine } = run();
    urlIn(await firstLine);
    assert.equal((await run('--sweep').ended).code, 3);
  });

  it('explains its options', async () => {
    const { code, errors } = await run('--wrong').ended;
    assert.equal(code, 2);
    assert.match(errors, /--wrong/);
    assert.equal(await run('--help').firstLine, 'Usage: node server.js [options]');
  });
});

describe('readServerOptions', () => {
  it('has defaults', () => {
    assert.deepEqual(readServerOptions(['--data', '/x'], {}), {
      port: 0,
      key: undefined,
      dataFolder: '/x',
      keepUploadsHours: 24,
      keepTranscriptsDays: 30,
      idleMinutes: 0,
      endWithStdin: false,
      isSweep: false,
    });
    assert.equal(readServerOptions(['--help', '--port', 'x'], {}), undefined);
  });

  it('takes the key from the arguments, or else from the environment', () => {
    assert.equal(readServerOptions([], { STENO_LOCAL_KEY: 'env' })?.key, 'env');
    assert.equal(readServerOptions(['--key', 'arg'], { STENO_LOCAL_KEY: 'env' })?.key, 'arg');
  });

  it('refuses wrong options', () => {
    const wrong = [
      ['--port', '65536'],
      ['--port', '1.5'],
      ['--port', ''],
      ['--key', 'with space'],
      ['--key', ''],
      ['--idle-minutes', '-1'],
      ['--idle-minutes', '1e9'],
      ['--keep-uploads', 'x'],
      ['word'],
    ];
    wrong.forEach((args) => assert.throws(() => readServerOptions(args, {}), UsageError, args.join(' ')));
  });

  it('puts the data folder where caches belong on each platform', () => {
    assert.equal(defaultDataFolder('linux', {}, '/h'), join('/h', '.cache', 'steno', 'local-server'));
    const xdg = defaultDataFolder('linux', { XDG_CACHE_HOME: '/c' }, '/h');
    assert.equal(xdg, join('/c', 'steno', 'local-server'));
    assert.equal(
      defaultDataFolder('darwin', {}, '/h'),
      join('/h', 'Library', 'Caches', 'steno', 'local-server'),
    );
    const windows = defaultDataFolder('win32', { LOCALAPPDATA: '/l' }, '/h');
    assert.equal(windows, join('/l', 'steno', 'local-server'));
  });
});
