import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../../src/core/failures/failure';
import { LocalServer } from '../../../../src/host/local/localServer';
import { eventually } from '../../../support/eventually';

/** Stands in for the speech server's program: it starts, reports and ends as that does, but does not listen. */
const standIn = `
  const fs = require('node:fs');
  const folder = process.argv[process.argv.indexOf('--data') + 1];
  const note = (name, text) => fs.writeFileSync(folder + '/' + name, text);
  if (process.argv.includes('--sweep')) { note('swept', ''); process.exit(0); }
  if (fs.existsSync(folder + '/taken')) process.exit(3);
  if (process.env.STAND_IN === 'fails') { console.error('no room'); process.exit(1); }
  if (process.env.STAND_IN === 'throws') throw new RangeError('no such number');
  note('arguments', process.argv.slice(2).join(' '));
  note('environment', JSON.stringify(process.env));
  console.log('listening on http://127.0.0.1:8700');
  process.stdin.resume();
  process.stdin.on('end', () => { note('ended', 'with its input'); process.exit(0); });
  if (process.env.STAND_IN === 'dies') setImmediate(() => process.exit(1));
`;

describe('LocalServer', () => {
  let folder: string;
  let server: LocalServer;
  let secrets: string[];
  let lines: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steno-local-'));
    const program = join(folder, 'program.js');
    await writeFile(program, standIn);
    secrets = [];
    lines = [];
    const log = {
      conceal: (secret: string) => void secrets.push(secret),
      info: (line: string) => void lines.push(line),
    };
    server = new LocalServer({ program, dataRoot: join(folder, 'data'), idleMinutes: () => 7, log });
  });

  afterEach(async () => {
    server.dispose();
    delete process.env['STAND_IN'];
    delete process.env['ASSEMBLYAI_API_KEY'];
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const kept = (number: number, name: string): Promise<string> =>
    readFile(join(folder, 'data', String(number), name), 'utf8');
  const ended = (signal: AbortSignal): Promise<unknown> =>
    new Promise((resolve) => (signal.aborted ? resolve(0) : signal.addEventListener('abort', resolve)));

  it('is started once, however many callers there are', async () => {
    const [one, other] = await Promise.all([server.running(), server.running()]);
    assert.equal(one, other);
    assert.equal(one.baseUrl.origin, 'http://127.0.0.1:8700');
    assert.equal(await server.running(), one);
  });

  it('gets its key where other users of the machine cannot see it, and no other key', async () => {
    process.env['ASSEMBLYAI_API_KEY'] = 'secret-of-the-user';
    const { key } = await server.running();
    assert.match(key, /^[0-9a-f]{64}$/);
    assert.deepEqual(secrets, [key]);
    assert.doesNotMatch(await kept(1, 'arguments'), new RegExp(key));
    const environment = await kept(1, 'environment');
    assert.ok(environment.includes(key) && !environment.includes('secret-of-the-user'));
    assert.equal(
      await kept(1, 'arguments'),
      `--data ${join(folder, 'data', '1')} --idle-minutes 7 --end-with-stdin`,
    );
  });

  it('ends when its input does, as it does when this process is killed', async () => {
    const { ended: signal } = await server.running();
    server.dispose();
    await ended(signal);
    assert.ok(lines.some((line) => line.startsWith('The speech server ended')));
  });

  it('uses the next folder when another window has the first, and sweeps the others', async () => {
    await server.running();
    await writeFile(join(folder, 'data', '1', 'taken'), '');
    server.dispose();
    const { ended: signal } = await server.running();
    await ended(signal);
    await server.running();
    assert.ok(existsSync(join(folder, 'data', '2', 'arguments')));
    await eventually(() => assert.ok(existsSync(join(folder, 'data', '1', 'swept'))));
  });

  it('is started again after it died, with another key', async () => {
    process.env['STAND_IN'] = 'dies';
    const first = await server.running();
    await ended(first.ended);
    delete process.env['STAND_IN'];
    const second = await server.running();
    assert.notEqual(second.key, first.key);
    assert.ok(!second.ended.aborted);
  });

  it('fails when it does not start, and tries again with the next call', async () => {
    process.env['STAND_IN'] = 'fails';
    await assert.rejects(server.running(), (thrown) => {
      assert.ok(thrown instanceof Failure);
      assert.deepEqual(
        [thrown.kind, thrown.code, thrown.message],
        ['localServerFailed', 'exit 1', 'no room'],
      );
      return true;
    });
    assert.ok(lines.includes('Speech server: no room'));
    process.env['STAND_IN'] = 'throws';
    await assert.rejects(server.running(), { message: 'RangeError: no such number' });
    delete process.env['STAND_IN'];
    await server.running();
  });

  it('fails when there is no folder for its data', async () => {
    await writeFile(join(folder, 'data'), 'a file');
    await assert.rejects(
      server.running(),
      (thrown) => thrown instanceof Failure && thrown.kind === 'localServerFailed',
    );
    await rm(join(folder, 'data'));
    await server.running();
  });
});
