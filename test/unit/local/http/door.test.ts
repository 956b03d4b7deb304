import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { JsonObject } from '../../../../src/core/json';
import { Stage, submit, testKey, upload } from './stage';

const unknownId = '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10';

describe('The door of the local server', () => {
  let stage: Stage;

  beforeEach(() => (stage = new Stage()));
  afterEach(() => stage.close());

  /** A connection on which a test writes what it wants; `text` is all that came back when it was closed. */
  async function rawConnection(url: string): Promise<{ socket: Socket; text: Promise<string> }> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
    const text = once(socket, 'close').then(() => Buffer.concat(chunks).toString('utf8'));
    return { socket, text };
  }

  const head = (url: string, method: string, path: string, ...lines: readonly string[]): string =>
    [`${method} ${path} HTTP/1.1`, `host: ${new URL(url).host}`, ...lines, '', ''].join('\r\n');

  it('lets nobody in without the key', async () => {
    const { ask } = await stage.start();
    const routes = [
      ['POST', '/v2/upload'],
      ['POST', '/v2/transcript'],
      ['GET', '/v2/transcript'],
      ['GET', `/v2/transcript/${unknownId}`],
      ['DELETE', `/v2/transcript/${unknownId}`],
      ['GET', `/v2/transcript/${unknownId}/srt`],
      ['GET', '/other'],
    ] as const;
    for (const key of ['', 'wrong', `Bearer ${testKey}`, `${testKey}0`]) {
      for (const [method, path] of routes) {
        const { status, json } = await ask(method, path, undefined, { authorization: key });
        assert.equal(status, 401, `${method} ${path}`);
        assert.equal(json['error'], 'Authentication error, API token missing/invalid');
      }
    }
    assert.doesNotMatch(stage.log.text, new RegExp(testKey));
  });

  it('refuses before the body is there', async () => {
    const { service, dataFolder } = await stage.start({ limits: { lingerMs: 50 } });
    const { socket, text } = await rawConnection(service.url);
    socket.write(head(service.url, 'POST', '/v2/upload', 'authorization: wrong', 'content-length: 1000000'));
    assert.match(await text, /^HTTP\/1\.1 401 /, 'and cuts the connection when the body does not come');
    assert.deepEqual(await readdir(join(dataFolder, 'uploads')), []);
  });

  it('asks for a body only when it wants it', async () => {
    const { service } = await stage.start();
    const expecting = (key: string): string =>
      head(
        service.url,
        'POST',
        '/v2/upload',
        `authorization: ${key}`,
        'content-length: 5',
        'expect: 100-continue',
        'connection: close',
      );
    const welcome = await rawConnection(service.url);
    welcome.socket.write(expecting(testKey));
    await once(welcome.socket, 'data');
    welcome.socket.write('sound');
    assert.match(await welcome.text, /^HTTP\/1\.1 100 Continue[^]*HTTP\/1\.1 200 OK/);
    const unwelcome = await rawConnection(service.url);
    unwelcome.socket.write(expecting('wrong'));
    assert.match(await unwelcome.text, /^HTTP\/1\.1 401 /);
  });

  it('lets no web page in, whatever it knows', async () => {
    const { ask, service } = await stage.start();
    const { port } = new URL(service.url);
    for (const origin of ['https://example.test', 'null', service.url]) {
      assert.equal((await ask('GET', '/v2/transcript', undefined, { origin })).status, 403);
      assert.equal((await ask('GET', '/health', undefined, { origin })).status, 403);
    }
    for (const host of [
      'example.test',
      `example.test:${port}`,
      '127.0.0.1',
      `127.0.0.1:1`,
      `[::1]:${port}`,
    ]) {
      assert.equal((await ask('GET', '/v2/transcript', undefined, { host })).status, 403, host);
    }
    assert.equal((await ask('GET', '/v2/transcript', undefined, { host: `localhost:${port}` })).status, 200);
  });

  it('says that it is well to anybody on the machine', async () => {
    const { ask } = await stage.start();
    const { status, text } = await ask('GET', '/health', undefined, { authorization: '' });
    assert.deepEqual([status, text], [200, '{"status":"ok"}']);
  });

  it('knows no other paths and no other ids', async () => {
    const { ask } = await stage.start();
    const strange = [
      '/',
      '/v3/transcript',
      '/v2/upload',
      '/v2/transcript/a/b/c',
      '//v2/transcript',
      '/upload/x',
    ];
    for (const path of strange) {
      const { status, json } = await ask('GET', path);
      assert.deepEqual([status, json['error']], [404, 'Not found'], path);
    }
    assert.equal((await ask('PUT', '/v2/transcript')).status, 404);
    for (const id of [unknownId, 'nobody', '..%2f..%2flock', '__proto__', 'lock']) {
      for (const method of ['GET', 'DELETE']) {
        const { status, json } = await ask(method, `/v2/transcript/${id}`);
        assert.equal(status, 400);
        assert.equal(json['error'], 'Transcript lookup error, transcript id not found');
      }
    }
  });

  it('limits what it is sent', async () => {
    const { ask, service, dataFolder } = await stage.start({ limits: { uploadBytes: 10, jsonBytes: 100 } });
    assert.equal((await ask('POST', '/v2/upload', '0123456789')).status, 200);
    assert.equal((await ask('POST', '/v2/upload', '0123456789x')).status, 413, 'by its length');
    const chunked = { 'transfer-encoding': 'chunked' };
    assert.equal((await ask('POST', '/v2/upload', '0123456789x', chunked)).status, 413, 'by its bytes');
    assert.deepEqual(
      (await ask('POST', '/v2/upload', '')).json['error'],
      'The uploaded file is empty',
      'and nothing is too little',
    );
    assert.equal((await ask('POST', '/v2/transcript', { audio_url: 'x'.repeat(100) })).status, 413);
    assert.equal((await ask('GET', `/v2/transcript?${'x'.repeat(20_000)}`)).status, 431);
    assert.equal((await readdir(join(dataFolder, 'uploads'))).length, 1);
    assert.equal((await ask('GET', '/health')).status, 200, service.url);
  });

  it('gives up those who stall', async () => {
    const { service, dataFolder } = await stage.start({ limits: { stallMs: 50, jsonMs: 50 } });
    for (const path of ['/v2/upload', '/v2/transcript']) {
      const { socket, text } = await rawConnection(service.url);
      const lines = [`authorization: ${testKey}`, 'content-length: 1000'];
      socket.write(`${head(service.url, 'POST', path, ...lines)}{"audio`);
      assert.doesNotMatch(await text, /HTTP\/1\.1 200/);
    }
    while ((await readdir(join(dataFolder, 'uploads'))).length > 0) {
      // The part goes after the connection.
    }
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const { service, dataFolder, ask } = await stage.start();
    const { socket, text } = await rawConnection(service.url);
    const uploads = join(dataFolder, 'uploads');
    socket.write(
      `${head(service.url, 'POST', '/v2/upload', `authorization: ${testKey}`, 'content-length: 1000')}half`,
    );
    while ((await readdir(uploads)).length === 0) {
      await ask('GET', '/health');
    }
    assert.match((await readdir(uploads))[0]!, /\.part$/);
    socket.destroy();
    await text;
    while ((await readdir(uploads)).length > 0) {
      await ask('GET', '/health');
    }
  });

  describe('refuses a submit', () => {
    it('that the API refuses', async () => {
      const { ask } = await stage.start();
      const audioUrl = await upload(ask);
      const refusals: readonly (readonly [body: unknown, error: RegExp])[] = [
        ['{', /Invalid JSON body/],
        ['[]', /Invalid JSON body/],
        [{}, /audio_url is required/],
        [{ audio_url: audioUrl, moonlight: true }, /moonlight is not a known parameter/],
        [{ audio_url: audioUrl, language_code: 'en', language_detection: true }, /language_detection is not/],
        [{ audio_url: audioUrl, punctuate: 1 }, /punctuate must be a Boolean/],
      ];
      for (const [body, error] of refusals) {
        const { status, json } = await ask('POST', '/v2/transcript', body);
        assert.equal(status, 400);
        assert.match(String(json['error']), error);
      }
    });

    it('of what only AssemblyAI can do', async () => {
      const { ask } = await stage.start();
      const audioUrl = await upload(ask);
      const errorOf = async (parameters: JsonObject): Promise<unknown> =>
        (await ask('POST', '/v2/transcript', { audio_url: audioUrl, ...parameters })).json['error'];
      assert.equal(
        await errorOf({ summarization: true }),
        'summarization is not available on this machine. Use AssemblyAI for it.',
      );
      assert.equal(
        await errorOf({ language_code: 'de' }),
        'The following languages are not available on this machine: de. Use AssemblyAI for them.',
      );
    });

    it('of audio that is not here', async () => {
      const { ask, service } = await stage.start();
      for (const audioUrl of ['https://example.test/a.mp3', 'http://127.0.0.1:80/a.mp3', '/upload/x', 'x']) {
        const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl });
        assert.equal(status, 400);
        assert.match(String(json['error']), /fetches nothing from the network.*upload/is, audioUrl);
      }
      const { status, json } = await ask('POST', '/v2/transcript', {
        audio_url: `${service.url}/upload/${unknownId}`,
      });
      assert.deepEqual([status, json['error']], [403, 'Cannot access uploaded file']);
    });
  });

  it('takes an upload that was sent to a former port', async () => {
    const { ask } = await stage.start();
    const audioUrl = (await upload(ask)).replace(/:\d+/, ':1');
    const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl });
    assert.deepEqual([status, json['audio_url']], [200, audioUrl]);
  });

  it('lists newest first, with addresses of its own', async () => {
    const { ask, service } = await stage.start();
    const ids = [await submit(ask), await submit(ask), await submit(ask)];
    const { json } = await ask('GET', '/v2/transcript?limit=2');
    const rows = json['transcripts'] as JsonObject[];
    assert.deepEqual(
      rows.map((row) => row['id']),
      [ids[2], ids[1]],
    );
    assert.equal(rows[0]!['resource_url'], `${service.url}/v2/transcript/${ids[2]!}`);
    const details = json['page_details'] as JsonObject;
    assert.equal(details['prev_url'], `${service.url}/v2/transcript?limit=2&before_id=${ids[1]!}`);
    assert.equal((await ask('GET', '/v2/transcript?limit=0')).status, 400);
  });

  it('is closed to a second one on its port', async () => {
    const { service } = await stage.start();
    const port = Number(new URL(service.url).port);
    await assert.rejects(stage.start({ port }), { code: 'EADDRINUSE' });
  });
});
