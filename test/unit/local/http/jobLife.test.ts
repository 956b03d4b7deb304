import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { JsonObject } from '../../../../src/core/json';
import { JobQueue } from '../../../../src/local/jobs/jobQueue';
import { FolderInUse } from '../../../../src/local/jobs/lock';
import { RecognitionError } from '../../../../src/local/jobs/recogniser';
import { TranscriptStore } from '../../../../src/local/jobs/transcriptStore';
import { UploadStore } from '../../../../src/local/jobs/uploadStore';
import { FakeRecogniser, finalBody, recognition, speech, Stage, submit, upload } from './stage';

const hourMs = 3_600_000;

describe('Jobs of the local server', () => {
  let stage: Stage;

  beforeEach(() => (stage = new Stage()));
  afterEach(() => stage.close());

  it('go from queued to completed', async () => {
    const { ask, recogniser } = await stage.start();
    const id = await submit(ask, { speaker_labels: true, language_detection: true });
    const running = await recogniser.started(1);
    assert.deepEqual(running.task.speakers, { min: 1, max: 10 });
    assert.equal(await readFile(running.task.path, 'utf8'), 'sound');
    assert.equal((await ask('GET', `/v2/transcript/${id}`)).json['status'], 'processing');
    running.finish(recognition(speech('Did it pass?', 'Yes, twice.')));
    const body = await finalBody(ask, id);
    assert.equal(body['status'], 'completed');
    assert.equal(body['text'], 'Did it pass? Yes, twice.');
    assert.equal(body['language_code'], 'en');
    assert.equal(body['audio_duration'], 5);
    assert.equal('local_progress' in body, false);
    const labels = (body['utterances'] as JsonObject[]).map(({ speaker, text }) => [speaker, text]);
    assert.deepEqual(labels, [
      ['A', 'Did it pass?'],
      ['B', 'Yes, twice.'],
    ]);
  });

  it('tell how far they are', async () => {
    const { ask, recogniser } = await stage.start();
    const id = await submit(ask);
    const running = await recogniser.started(1);
    const progress = async (): Promise<unknown> =>
      (await ask('GET', `/v2/transcript/${id}`)).json['local_progress'];
    assert.deepEqual(await progress(), {});
    running.onProgress({ doneMs: 0, totalMs: 100_000 });
    assert.deepEqual(await progress(), { fraction: 0 });
    stage.clock.advance(60_000);
    running.onProgress({ doneMs: 5000, totalMs: 100_000 });
    assert.deepEqual(await progress(), { fraction: 0.05 }, 'one step says nothing about speed');
    stage.clock.advance(5000);
    running.onProgress({ doneMs: 30_000, totalMs: 100_000 });
    assert.deepEqual(await progress(), { fraction: 0.3, remaining_seconds: 14 });
    running.onProgress({ doneMs: 31_000, totalMs: undefined });
    assert.deepEqual(await progress(), {});
  });

  it('are worked on one at a time, first come first served', async () => {
    const { ask, recogniser } = await stage.start();
    const ids = [await submit(ask), await submit(ask), await submit(ask)];
    for (const [index, id] of ids.entries()) {
      const running = await recogniser.started(index + 1);
      assert.equal(recogniser.tasks.length, index + 1);
      running.finish(recognition(speech(`Number ${index}.`)));
      assert.equal((await finalBody(ask, id))['text'], `Number ${index}.`);
    }
  });

  it('that fail say why, and the line goes on', async () => {
    const { ask, recogniser } = await stage.start();
    const ids = [await submit(ask), await submit(ask)];
    (await recogniser.started(1)).fail(new RecognitionError('Audio duration is too short.'));
    (await recogniser.started(2)).fail(new TypeError('x is not a function'));
    const [first, second] = [await finalBody(ask, ids[0]!), await finalBody(ask, ids[1]!)];
    assert.deepEqual([first['status'], first['error']], ['error', 'Audio duration is too short.']);
    assert.deepEqual(
      [second['status'], second['error']],
      ['error', 'The recording could not be recognised.'],
    );
    assert.match(stage.log.text, /x is not a function/);
  });

  it('leave nothing of the upload behind, unless another waits for it', async () => {
    const { ask, recogniser, dataFolder } = await stage.start();
    const audioUrl = await upload(ask);
    const ids: string[] = [];
    for (let count = 0; count < 2; count++) {
      ids.push(String((await ask('POST', '/v2/transcript', { audio_url: audioUrl })).json['id']));
    }
    (await recogniser.started(1)).finish(recognition(speech('One.')));
    const second = await recogniser.started(2);
    assert.deepEqual(await readdir(join(dataFolder, 'uploads')), [audioUrl.split('/').at(-1)]);
    second.finish(recognition(speech('Two.')));
    assert.equal((await finalBody(ask, ids[1]!))['text'], 'Two.');
    while ((await readdir(join(dataFolder, 'uploads'))).length > 0) {
      // It goes after the answer.
    }
    const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl });
    assert.deepEqual([status, json['error']], [403, 'Cannot access uploaded file']);
  });

  it('that are deleted while they are worked on stop at once', async () => {
    const { ask, recogniser, dataFolder } = await stage.start();
    const [first, second, third] = [await submit(ask), await submit(ask), await submit(ask)];
    const running = await recogniser.started(1);
    assert.equal((await ask('DELETE', `/v2/transcript/${second}`)).status, 200);
    const { status, json } = await ask('DELETE', `/v2/transcript/${first}`);
    assert.deepEqual(
      [status, json['status'], json['text'], json['audio_url']],
      [200, 'error', 'Deleted by user.', 'http://deleted_by_user'],
    );
    assert.equal(running.signal.aborted, true);
    const next = await recogniser.started(2);
    next.finish(recognition(speech('Three.')));
    assert.equal((await finalBody(ask, third))['text'], 'Three.');
    assert.equal(recogniser.tasks.length, 2, 'the second was never begun');
    assert.equal((await ask('GET', `/v2/transcript/${first}`)).json['text'], 'Deleted by user.');
    assert.deepEqual(await readdir(join(dataFolder, 'uploads')), []);
  });

  it('that are deleted later are emptied, once and again', async () => {
    const { ask, recogniser, dataFolder } = await stage.start();
    const id = await submit(ask);
    (await recogniser.started(1)).finish(recognition(speech('A secret.')));
    await finalBody(ask, id);
    for (let count = 0; count < 2; count++) {
      const { status, json } = await ask('DELETE', `/v2/transcript/${id}`);
      assert.deepEqual(
        [status, json['status'], json['text'], json['words']],
        [200, 'completed', 'Deleted by user.', null],
      );
    }
    const file = await readFile(join(dataFolder, 'transcripts', `${id}.json`), 'utf8');
    assert.doesNotMatch(file, /secret/);
  });

  it('survive a restart in good order as often as it takes', async () => {
    const dataFolder = await stage.folder();
    let server = await stage.start({ dataFolder });
    const id = await submit(server.ask);
    const waiting = await submit(server.ask);
    for (let count = 0; count < 4; count++) {
      await server.recogniser.started(1);
      await server.service.close();
      server = await stage.start({ dataFolder });
    }
    (await server.recogniser.started(1)).finish(recognition(speech('At last.')));
    (await server.recogniser.started(2)).finish(recognition(speech('Me too.')));
    assert.equal((await finalBody(server.ask, id))['text'], 'At last.');
    assert.equal((await finalBody(server.ask, waiting))['text'], 'Me too.');
  });

  it('are taken up after the server died, and given up when it dies of them again', async () => {
    const first = await stage.start();
    const id = await submit(first.ask);
    await first.recogniser.started(1);
    const second = await stage.start({ dataFolder: await stage.copyOf(first.dataFolder) });
    await second.recogniser.started(1);
    const third = await stage.start({ dataFolder: await stage.copyOf(second.dataFolder) });
    const { json } = await third.ask('GET', `/v2/transcript/${id}`);
    assert.equal(json['status'], 'error');
    assert.match(String(json['error']), /stopped twice/);
    assert.deepEqual(await readdir(join(third.dataFolder, 'uploads')), []);
    assert.equal(third.recogniser.tasks.length, 0);
  });

  it('whose upload is gone say so', async () => {
    const first = await stage.start();
    const [, id] = [await submit(first.ask), await submit(first.ask)];
    const running = await first.recogniser.started(1);
    const uploads = join(first.dataFolder, 'uploads');
    const other = (await readdir(uploads)).find((name) => !running.task.path.endsWith(name));
    await rm(join(uploads, other!));
    running.finish(recognition(speech('One.')));
    assert.match(
      String((await finalBody(first.ask, id))['error']),
      /^Download error, unable to access file at/,
    );
  });

  it('that somebody removed from the disk are forgotten, and the line goes on', async () => {
    const { ask, recogniser, dataFolder } = await stage.start();
    const [first, second, third] = [await submit(ask), await submit(ask), await submit(ask)];
    const running = await recogniser.started(1);
    const folder = join(dataFolder, 'transcripts');
    await rm(join(folder, `${first}.json`));
    await writeFile(join(folder, `${second}.json`), '{');
    running.finish(recognition(speech('One.')));
    (await recogniser.started(2)).finish(recognition(speech('Three.')));
    assert.equal((await finalBody(ask, third))['text'], 'Three.');
    assert.equal((await ask('GET', `/v2/transcript/${first}`)).status, 400);
    await rm(folder, { recursive: true });
    const audioUrl = await upload(ask);
    const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl });
    assert.deepEqual([status, json['error']], [500, 'Internal Server Error']);
    assert.match(stage.log.text, /ENOENT/);
  });

  it('that the disk refuses are given up, and the line goes on', async () => {
    const { ask, recogniser, dataFolder, service } = await stage.start();
    const [first, second] = [await submit(ask), await submit(ask)];
    const running = await recogniser.started(1);
    // Nothing can be written under this name.
    await mkdir(join(dataFolder, 'transcripts', `.${first}.steno-tmp`));
    running.finish(recognition(speech('One.')));
    (await recogniser.started(2)).finish(recognition(speech('Two.')));
    assert.equal((await finalBody(ask, second))['text'], 'Two.');
    assert.equal((await ask('GET', `/v2/transcript/${first}`)).status, 400);
    assert.equal((await readdir(join(dataFolder, 'uploads'))).includes(basename(running.task.path)), false);
    assert.match(stage.log.text, new RegExp(`${first}: .*(EISDIR|EPERM)`));
    const idleMs: number[] = [];
    void service.untilIdle(1000).then(() => idleMs.push(stage.clock.now()));
    while (idleMs.length === 0) {
      stage.clock.advance(1000);
      await new Promise(setImmediate);
    }
  });

  it('that are deleted while the next server takes them up stay deleted', async () => {
    const first = await stage.start();
    const id = await submit(first.ask);
    await first.recogniser.started(1);
    const folder = await stage.copyOf(first.dataFolder);
    const common = { now: () => stage.clock.now(), newId: randomUUID, log: stage.log };
    const uploads = await UploadStore.open(join(folder, 'uploads'));
    const transcripts = await TranscriptStore.open(join(folder, 'transcripts'));
    const recogniser = new FakeRecogniser();
    const jobs = new JobQueue({ ...common, uploads, transcripts, recogniser });
    await Promise.all([jobs.delete(id), jobs.resume()]);
    await jobs.close();
    assert.equal((await jobs.get(id))?.['status'], 'error');
    assert.equal(recogniser.tasks.length, 0);
  });

  it('leave torn and foreign files alone', async () => {
    const first = await stage.start();
    const id = await submit(first.ask);
    (await first.recogniser.started(1)).finish(recognition(speech('Kept.')));
    await finalBody(first.ask, id);
    await first.service.close();
    const folder = join(first.dataFolder, 'transcripts');
    const text = await readFile(join(folder, `${id}.json`), 'utf8');
    const torn = id.replace(/^......../, '00000000');
    const foreign: Readonly<Record<string, string>> = {
      [`${torn}.json`]: text.slice(0, 100),
      [`${id.replace(/^......../, '00000001')}.json`]: text,
      'notes.txt': 'mine',
      'other.json': '{}',
    };
    await Promise.all(
      Object.entries(foreign).map(([name, content]) => writeFile(join(folder, name), content)),
    );
    // The first version of Steno named its unfinished files so.
    await writeFile(join(folder, `${id}.json.tmp`), 'half');
    await writeFile(join(folder, `.${id}.steno-tmp`), 'half');
    const { ask } = await stage.start({ dataFolder: first.dataFolder });
    const { json } = await ask('GET', '/v2/transcript');
    assert.deepEqual(
      (json['transcripts'] as JsonObject[]).map((row) => row['id']),
      [id],
    );
    assert.equal((await ask('GET', `/v2/transcript/${id}`)).json['text'], 'Kept.');
    assert.equal((await ask('GET', `/v2/transcript/${torn}`)).status, 400);
    assert.deepEqual((await readdir(folder)).sort(), [...Object.keys(foreign), `${id}.json`].sort());
  });

  it('and uploads go when they are old, but not while they are needed', async () => {
    const { ask, recogniser, dataFolder } = await stage.start();
    const old = await submit(ask);
    (await recogniser.started(1)).finish(recognition(speech('Old.')));
    await finalBody(ask, old);
    const waiting = await submit(ask);
    const forgotten = (await upload(ask)).split('/').at(-1)!;
    const uploads = join(dataFolder, 'uploads');
    // The disk has its own clock.
    const age = async (name: string): Promise<void> =>
      utimes(join(uploads, name), 0, stage.clock.now() / 1000);
    await Promise.all((await readdir(uploads)).map(age));
    await recogniser.started(2);
    stage.clock.advance(25 * hourMs);
    while ((await readdir(uploads)).includes(forgotten)) {
      stage.clock.advance(hourMs);
      await ask('GET', '/health');
    }
    assert.equal((await readdir(uploads)).length, 1, 'the one in work is kept');
    assert.equal((await ask('GET', `/v2/transcript/${old}`)).json['text'], 'Old.');
    const neverBegun = await submit(ask);
    stage.clock.advance(30 * 24 * hourMs);
    for (const id of [old, neverBegun]) {
      while ((await ask('GET', `/v2/transcript/${id}`)).status === 200) {
        stage.clock.advance(hourMs);
      }
    }
    assert.equal((await ask('GET', `/v2/transcript/${waiting}`)).json['status'], 'processing');
  });

  it('lie where only their owner can read them', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const { ask, dataFolder, recogniser } = await stage.start();
    const id = await submit(ask);
    await recogniser.started(1);
    const modeOf = async (...path: string[]): Promise<string> =>
      ((await stat(join(dataFolder, ...path))).mode & 0o777).toString(8);
    assert.equal(await modeOf('transcripts'), '700');
    assert.equal(await modeOf('uploads'), '700');
    assert.equal(await modeOf('transcripts', `${id}.json`), '600');
    assert.equal(await modeOf('uploads', (await readdir(join(dataFolder, 'uploads')))[0]!), '600');
  });

  it('have one server at a time', async () => {
    const dataFolder = await stage.folder();
    // The process that started the tests is alive, and has a lower number.
    const lock = join(dataFolder, `lock.${process.ppid}`);
    for (const claim of ['holds', 'wants']) {
      await writeFile(lock, claim);
      await assert.rejects(stage.start({ dataFolder }), FolderInUse);
      assert.deepEqual(await readdir(dataFolder), [`lock.${process.ppid}`]);
    }
  });

  it('wait for a server that came at the same time to give way', async () => {
    const dataFolder = await stage.folder();
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(other, 'spawn');
    await writeFile(join(dataFolder, `lock.${other.pid!}`), 'wants');
    const starting = stage.start({ dataFolder });
    while (!(await readdir(dataFolder)).includes(`lock.${process.pid}`)) {
      // It says first that it wants the folder.
    }
    other.kill();
    await starting;
    assert.deepEqual((await readdir(dataFolder)).sort(), [`lock.${process.pid}`, 'transcripts', 'uploads']);
  });

  it('are taken over from servers that died', async () => {
    const dataFolder = await stage.folder();
    const left = [`lock.${2 ** 22 + 1}`, `lock.${process.pid}`, `lock.${process.ppid}`, 'lock.txt'];
    await Promise.all(left.map((name) => writeFile(join(dataFolder, name), 'holds')));
    // From before the machine was started, whoever has that number now.
    await utimes(join(dataFolder, `lock.${process.ppid}`), 0, 1_000_000_000);
    const { service } = await stage.start({ dataFolder });
    assert.equal(await readFile(join(dataFolder, `lock.${process.pid}`), 'utf8'), 'holds');
    await service.close();
    assert.deepEqual((await readdir(dataFolder)).sort(), ['lock.txt', 'transcripts', 'uploads']);
  });

  it('keep the server from being idle', async () => {
    const { ask, service, recogniser } = await stage.start();
    const idleMs: number[] = [];
    const idle = service.untilIdle(10_000).then(() => idleMs.push(stage.clock.now()));
    const id = await submit(ask);
    const running = await recogniser.started(1);
    stage.clock.advance(10_000);
    await ask('GET', '/health');
    assert.deepEqual(idleMs, [], 'a job is running');
    running.finish(recognition(speech('Done.')));
    await finalBody(ask, id);
    stage.clock.advance(5000);
    await ask('GET', '/health');
    stage.clock.advance(5000);
    await ask('GET', '/health');
    assert.deepEqual(idleMs, [], 'somebody asked not long ago');
    while (idleMs.length === 0) {
      stage.clock.advance(10_000);
      await new Promise(setImmediate);
    }
    await idle;
  });
});
