import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { JsonObject } from '../../../../src/core/json';
import { JobQueue } from '../../../../src/local/jobs/jobQueue';
import { FolderInUse } from '../../../../src/local/jobs/lock';
import { RecognitionError } from '../../../../src/local/recognition/recogniser';
import { TranscriptStore } from '../../../../src/local/jobs/transcriptStore';
import { UploadStore } from '../../../../src/local/jobs/uploadStore';
import {
  FakeRecogniser,
  finalBody,
  recordingOf,
  channelOf,
  ServerFixture,
  submit,
  upload,
} from './serverFixture';

const hourMs = 3_600_000;

describe('Jobs of the speech server', () => {
  let fixture: ServerFixture;

  beforeEach(() => (fixture = new ServerFixture()));
  afterEach(() => fixture.close());

  it('go from queued to completed', async () => {
    const { ask, recogniser } = await fixture.start();
    const id = await submit(ask, { speaker_labels: true, language_detection: true });
    const running = await recogniser.started(1);
    assert.deepEqual(running.task.speakers, { min: 1, max: 10 });
    assert.equal(await readFile(running.task.path, 'utf8'), 'sound');
    assert.equal((await ask('GET', `/v2/transcript/${id}`)).json['status'], 'processing');
    running.finish(recordingOf(channelOf('Did it pass?', 'Yes, twice.')));
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

  it('report their progress', async () => {
    const { ask, recogniser } = await fixture.start();
    const id = await submit(ask);
    const running = await recogniser.started(1);
    const progress = async (): Promise<unknown> =>
      (await ask('GET', `/v2/transcript/${id}`)).json['local_progress'];
    assert.deepEqual(await progress(), {});
    running.onProgress({ doneMs: 0, totalMs: 100_000 });
    assert.deepEqual(await progress(), { fraction: 0 });
    fixture.clock.advance(60_000);
    running.onProgress({ doneMs: 5000, totalMs: 100_000 });
    assert.deepEqual(await progress(), { fraction: 0.05 }, 'one report tells nothing about the speed');
    fixture.clock.advance(5000);
    running.onProgress({ doneMs: 30_000, totalMs: 100_000 });
    assert.deepEqual(await progress(), { fraction: 0.3, remaining_seconds: 14 });
    running.onProgress({ doneMs: 31_000, totalMs: undefined });
    assert.deepEqual(await progress(), {});
  });

  it('run one at a time, in the order of their submits', async () => {
    const { ask, recogniser } = await fixture.start();
    const ids = [await submit(ask), await submit(ask), await submit(ask)];
    for (const [index, id] of ids.entries()) {
      const running = await recogniser.started(index + 1);
      assert.equal(recogniser.tasks.length, index + 1);
      running.finish(recordingOf(channelOf(`Number ${index}.`)));
      assert.equal((await finalBody(ask, id))['text'], `Number ${index}.`);
    }
  });

  it('say why they failed, and the next one starts', async () => {
    const { ask, recogniser } = await fixture.start();
    const ids = [await submit(ask), await submit(ask)];
    (await recogniser.started(1)).fail(new RecognitionError('Audio duration is too short.'));
    (await recogniser.started(2)).fail(new TypeError('x is not a function'));
    const [first, second] = [await finalBody(ask, ids[0]!), await finalBody(ask, ids[1]!)];
    assert.deepEqual([first['status'], first['error']], ['error', 'Audio duration is too short.']);
    assert.deepEqual(
      [second['status'], second['error']],
      ['error', 'The recording could not be recognized.'],
    );
    assert.match(fixture.log.text, /x is not a function/);
  });

  it('remove their upload, unless another job needs it', async () => {
    const { ask, recogniser, dataFolder } = await fixture.start();
    const audioUrl = await upload(ask);
    const ids: string[] = [];
    for (let count = 0; count < 2; count++) {
      ids.push(String((await ask('POST', '/v2/transcript', { audio_url: audioUrl })).json['id']));
    }
    (await recogniser.started(1)).finish(recordingOf(channelOf('One.')));
    const second = await recogniser.started(2);
    assert.deepEqual(await readdir(join(dataFolder, 'uploads')), [audioUrl.split('/').at(-1)]);
    second.finish(recordingOf(channelOf('Two.')));
    assert.equal((await finalBody(ask, ids[1]!))['text'], 'Two.');
    while ((await readdir(join(dataFolder, 'uploads'))).length > 0) {
      // The upload is removed after the transcript is final.
    }
    const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl });
    assert.deepEqual([status, json['error']], [403, 'Cannot access uploaded file']);
  });

  it('stop at once when they are deleted', async () => {
    const { ask, recogniser, dataFolder } = await fixture.start();
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
    next.finish(recordingOf(channelOf('Three.')));
    assert.equal((await finalBody(ask, third))['text'], 'Three.');
    assert.equal(recogniser.tasks.length, 2, 'the second was never started');
    assert.equal((await ask('GET', `/v2/transcript/${first}`)).json['text'], 'Deleted by user.');
    assert.deepEqual(await readdir(join(dataFolder, 'uploads')), []);
  });

  it('lose their results when they are deleted, however often', async () => {
    const { ask, recogniser, dataFolder } = await fixture.start();
    const id = await submit(ask);
    (await recogniser.started(1)).finish(recordingOf(channelOf('A secret.')));
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

  it('survive any number of orderly restarts', async () => {
    const dataFolder = await fixture.folder();
    let started = await fixture.start({ dataFolder });
    const id = await submit(started.ask);
    const waiting = await submit(started.ask);
    for (let count = 0; count < 4; count++) {
      await started.recogniser.started(1);
      await started.server.close();
      started = await fixture.start({ dataFolder });
    }
    (await started.recogniser.started(1)).finish(recordingOf(channelOf('At last.')));
    (await started.recogniser.started(2)).finish(recordingOf(channelOf('Me too.')));
    assert.equal((await finalBody(started.ask, id))['text'], 'At last.');
    assert.equal((await finalBody(started.ask, waiting))['text'], 'Me too.');
  });

  it('restart after a crash of the server, and fail after the second crash', async () => {
    const first = await fixture.start();
    const id = await submit(first.ask);
    await first.recogniser.started(1);
    const second = await fixture.start({ dataFolder: await fixture.copyOf(first.dataFolder) });
    await second.recogniser.started(1);
    const third = await fixture.start({ dataFolder: await fixture.copyOf(second.dataFolder) });
    const { json } = await third.ask('GET', `/v2/transcript/${id}`);
    assert.equal(json['status'], 'error');
    assert.match(String(json['error']), /stopped twice/);
    assert.deepEqual(await readdir(join(third.dataFolder, 'uploads')), []);
    assert.equal(third.recogniser.tasks.length, 0);
  });

  it('fail if their upload is gone', async () => {
    const first = await fixture.start();
    const [, id] = [await submit(first.ask), await submit(first.ask)];
    const running = await first.recogniser.started(1);
    const uploads = join(first.dataFolder, 'uploads');
    const other = (await readdir(uploads)).find((name) => !running.task.path.endsWith(name));
    await rm(join(uploads, other!));
    running.finish(recordingOf(channelOf('One.')));
    assert.match(
      String((await finalBody(first.ask, id))['error']),
      /^Download error, unable to access file at/,
    );
  });

  it('are forgotten if their files were removed or damaged, and the next one starts', async () => {
    const { ask, recogniser, dataFolder } = await fixture.start();
    const [first, second, third] = [await submit(ask), await submit(ask), await submit(ask)];
    const running = await recogniser.started(1);
    const folder = join(dataFolder, 'transcripts');
    await rm(join(folder, `${first}.json`));
    await writeFile(join(folder, `${second}.json`), '{');
    running.finish(recordingOf(channelOf('One.')));
    (await recogniser.started(2)).finish(recordingOf(channelOf('Three.')));
    assert.equal((await finalBody(ask, third))['text'], 'Three.');
    assert.equal((await ask('GET', `/v2/transcript/${first}`)).status, 400);
    await rm(folder, { recursive: true });
    const audioUrl = await upload(ask);
    const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl });
    assert.deepEqual([status, json['error']], [500, 'Internal Server Error']);
    assert.match(fixture.log.text, /ENOENT/);
  });

  it('are abandoned if they cannot be written to the disk, and the next one starts', async () => {
    const { ask, recogniser, dataFolder, server } = await fixture.start();
    const [first, second] = [await submit(ask), await submit(ask)];
    const running = await recogniser.started(1);
    // A folder of this name makes writing the file fail.
    await mkdir(join(dataFolder, 'transcripts', `.${first}.steno-tmp`));
    running.finish(recordingOf(channelOf('One.')));
    (await recogniser.started(2)).finish(recordingOf(channelOf('Two.')));
    assert.equal((await finalBody(ask, second))['text'], 'Two.');
    assert.equal((await ask('GET', `/v2/transcript/${first}`)).status, 400);
    assert.equal((await readdir(join(dataFolder, 'uploads'))).includes(basename(running.task.path)), false);
    assert.match(fixture.log.text, new RegExp(`${first}: .*(EEXIST|EPERM)`));
    const idleMs: number[] = [];
    void server.untilIdle(1000).then(() => idleMs.push(fixture.clock.now()));
    while (idleMs.length === 0) {
      fixture.clock.advance(1000);
      await new Promise(setImmediate);
    }
  });

  it('wait for the next server if they cannot be written while the server closes', async () => {
    const dataFolder = await fixture.folder();
    const first = await fixture.start({ dataFolder });
    const id = await submit(first.ask);
    await first.recogniser.started(1);
    // A folder of this name makes writing the file fail.
    const obstacle = join(dataFolder, 'transcripts', `.${id}.steno-tmp`);
    await mkdir(obstacle);
    await first.server.close();
    assert.match(fixture.log.text, new RegExp(`${id}: .*(EEXIST|EPERM)`));
    await rm(obstacle, { recursive: true, force: true });
    const second = await fixture.start({ dataFolder });
    (await second.recogniser.started(1)).finish(recordingOf(channelOf('At last.')));
    assert.equal((await finalBody(second.ask, id))['text'], 'At last.');
  });

  it('stay deleted if they are deleted while the next server recovers them', async () => {
    const first = await fixture.start();
    const id = await submit(first.ask);
    await first.recogniser.started(1);
    const folder = await fixture.copyOf(first.dataFolder);
    const common = { now: () => fixture.clock.now(), newId: randomUUID, log: fixture.log };
    const uploads = await UploadStore.open(join(folder, 'uploads'));
    const transcripts = await TranscriptStore.open(join(folder, 'transcripts'));
    const recogniser = new FakeRecogniser();
    const jobs = new JobQueue({ ...common, uploads, transcripts, recogniser });
    await Promise.all([jobs.delete(id), jobs.resume()]);
    await jobs.close();
    assert.equal((await jobs.get(id))?.['status'], 'error');
    assert.equal(recogniser.tasks.length, 0);
  });

  it('ignore damaged and unrelated files', async () => {
    const first = await fixture.start();
    const id = await submit(first.ask);
    (await first.recogniser.started(1)).finish(recordingOf(channelOf('Kept.')));
    await finalBody(first.ask, id);
    await first.server.close();
    const folder = join(first.dataFolder, 'transcripts');
    const text = await readFile(join(folder, `${id}.json`), 'utf8');
    const damaged = id.replace(/^......../, '00000000');
    const unrelated: Readonly<Record<string, string>> = {
      [`${damaged}.json`]: text.slice(0, 100),
      [`${id.replace(/^......../, '00000001')}.json`]: text,
      'notes.txt': 'mine',
      'other.json': '{}',
    };
    await Promise.all(
      Object.entries(unrelated).map(([name, content]) => writeFile(join(folder, name), content)),
    );
    // The first version of Steno named its unfinished files so.
    await writeFile(join(folder, `${id}.json.tmp`), 'half');
    await writeFile(join(folder, `.${id}.steno-tmp`), 'half');
    const { ask } = await fixture.start({ dataFolder: first.dataFolder });
    const { json } = await ask('GET', '/v2/transcript');
    assert.deepEqual(
      (json['transcripts'] as JsonObject[]).map((row) => row['id']),
      [id],
    );
    assert.equal((await ask('GET', `/v2/transcript/${id}`)).json['text'], 'Kept.');
    assert.equal((await ask('GET', `/v2/transcript/${damaged}`)).status, 400);
    assert.deepEqual((await readdir(folder)).sort(), [...Object.keys(unrelated), `${id}.json`].sort());
  });

  it('are removed with their uploads when they are old, but not while they are needed', async () => {
    const { ask, recogniser, dataFolder } = await fixture.start();
    const old = await submit(ask);
    (await recogniser.started(1)).finish(recordingOf(channelOf('Old.')));
    await finalBody(ask, old);
    const waiting = await submit(ask);
    const forgotten = (await upload(ask)).split('/').at(-1)!;
    const uploads = join(dataFolder, 'uploads');
    // Files on the disk have real times, so the test sets them.
    const age = async (name: string): Promise<void> =>
      utimes(join(uploads, name), 0, fixture.clock.now() / 1000);
    await Promise.all((await readdir(uploads)).map(age));
    await recogniser.started(2);
    fixture.clock.advance(25 * hourMs);
    while ((await readdir(uploads)).includes(forgotten)) {
      fixture.clock.advance(hourMs);
      await ask('GET', '/health');
    }
    assert.equal((await readdir(uploads)).length, 1, 'the upload of the running job is kept');
    assert.equal((await ask('GET', `/v2/transcript/${old}`)).json['text'], 'Old.');
    const neverStarted = await submit(ask);
    fixture.clock.advance(30 * 24 * hourMs);
    for (const id of [old, neverStarted]) {
      while ((await ask('GET', `/v2/transcript/${id}`)).status === 200) {
        fixture.clock.advance(hourMs);
      }
    }
    assert.equal((await ask('GET', `/v2/transcript/${waiting}`)).json['status'], 'processing');
  });

  it('are readable only by the user', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const { ask, dataFolder, recogniser } = await fixture.start();
    const id = await submit(ask);
    await recogniser.started(1);
    const modeOf = async (...path: string[]): Promise<string> =>
      ((await stat(join(dataFolder, ...path))).mode & 0o777).toString(8);
    assert.equal(await modeOf('transcripts'), '700');
    assert.equal(await modeOf('uploads'), '700');
    assert.equal(await modeOf('transcripts', `${id}.json`), '600');
    assert.equal(await modeOf('uploads', (await readdir(join(dataFolder, 'uploads')))[0]!), '600');
  });

  it('belong to one server at a time', async () => {
    const dataFolder = await fixture.folder();
    // The parent process of the tests is alive.
    const lock = join(dataFolder, `lock.${process.ppid}`);
    await writeFile(lock, 'holds');
    await assert.rejects(fixture.start({ dataFolder }), FolderInUse);
    assert.deepEqual(await readdir(dataFolder), [`lock.${process.ppid}`]);
  });

  it('are taken over from servers that crashed', async () => {
    const dataFolder = await fixture.folder();
    const locks = [`lock.${2 ** 22 + 1}`, `lock.${process.pid}`, `lock.${process.ppid}`, 'lock.txt'];
    await Promise.all(locks.map((name) => writeFile(join(dataFolder, name), 'holds')));
    // A lock from before the machine started, whose process id now belongs to another process.
    await utimes(join(dataFolder, `lock.${process.ppid}`), 0, 1_000_000_000);
    const { server } = await fixture.start({ dataFolder });
    assert.equal(await readFile(join(dataFolder, `lock.${process.pid}`), 'utf8'), 'holds');
    await server.close();
    assert.deepEqual((await readdir(dataFolder)).sort(), ['lock.txt', 'transcripts', 'uploads']);
  });

  it('keep the server from being idle', async () => {
    const { ask, server, recogniser } = await fixture.start();
    const idleMs: number[] = [];
    const idle = server.untilIdle(10_000).then(() => idleMs.push(fixture.clock.now()));
    const id = await submit(ask);
    const running = await recogniser.started(1);
    fixture.clock.advance(10_000);
    await ask('GET', '/v2/transcript');
    assert.deepEqual(idleMs, [], 'a job is running');
    running.finish(recordingOf(channelOf('Done.')));
    await finalBody(ask, id);
    fixture.clock.advance(5000);
    await ask('GET', '/v2/transcript');
    fixture.clock.advance(5000);
    await ask('GET', '/v2/transcript');
    assert.deepEqual(idleMs, [], 'there was a request not long ago');
    while (idleMs.length === 0) {
      fixture.clock.advance(10_000);
      await new Promise(setImmediate);
    }
    await idle;
  });

  it('let the server become idle while others only knock at it', async () => {
    const { ask, server } = await fixture.start();
    const idle: true[] = [];
    void server.untilIdle(10_000).then(() => idle.push(true));
    for (let knocks = 0; idle.length === 0; knocks++) {
      assert.ok(knocks < 100, 'it never becomes idle');
      await ask('GET', '/health');
      await ask('GET', '/v2/transcript', undefined, { authorization: 'wrong' });
      await ask('GET', '/v2/transcript', undefined, { origin: 'https://example.com' });
      fixture.clock.advance(1000);
      await new Promise(setImmediate);
    }
  });
});
