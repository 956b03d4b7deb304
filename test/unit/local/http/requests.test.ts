import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { JsonObject } from '../../../../src/core/json';
import { ServerFixture, submit, testKey, upload } from './serverFixture';

const unknownId = '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10';

describe('Requests to the speech server', () => {
  let fixture: ServerFixture;

  beforeEach(() => (fixture = new ServerFixture()));
  afterEach(() => fixture.close());

  /** Opens a connection for writing raw bytes. `text` is everything that the server sent until the connection was closed. */
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

  it('need the key', async () => {
    const { ask } = await fixture.start();
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
    assert.doesNotMatch(fixture.log.text, new RegExp(testKey));
  });

  it('are refused before their body has arrived', async () => {
    const { server, dataFolder } = await fixture.start({ limits: { lingerMs: 50 } });
    const { socket, text } = await rawConnection(server.url);
    socket.write(head(server.url, 'POST', '/v2/upload', 'authorization: wrong', 'content-length: 1000000'));
    assert.match(await text, /^HTTP\/1\.1 401 /, 'and the connection is cut if the body does not arrive');
    assert.deepEqual(await readdir(join(dataFolder, 'uploads')), []);
  });

  it('are asked for their body only if they are admitted', async () => {
    const { server } = await fixture.start();
    const expecting = (key: string): string =>
      head(
        server.url,
        'POST',
        '/v2/upload',
        `authorization: ${key}`,
        'content-length: 5',
        'expect: 100-continue',
        'connection: close',
      );
    const admitted = await rawConnection(server.url);
    admitted.socket.write(expecting(testKey));
    await once(admitted.socket, 'data');
    admitted.socket.write('sound');
    assert.match(await admitted.text, /^HTTP\/1\.1 100 Continue[^]*HTTP\/1\.1 200 OK/);
    const refused = await rawConnection(server.url);
    refused.socket.write(expecting('wrong'));
    assert.match(await refused.text, /^HTTP\/1\.1 401 /);
  });

  it('are refused if they come from web pages, even with the key', async () => {
    const { ask, server } = await fixture.start();
    const { port } = new URL(server.url);
    for (const origin of ['https://example.test', 'null', server.url]) {
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

  it('for the health of the server need no key', async () => {
    const { ask } = await fixture.start();
    const { status, text } = await ask('GET', '/health', undefined, { authorization: '' });
    assert.deepEqual([status, text], [200, '{"status":"ok"}']);
  });

  it('fail for unknown paths and ids', async () => {
    const { ask } = await fixture.start();
    const unknownPaths = [
      '/',
      '/v3/transcript',
      '/v2/upload',
      '/v2/transcript/a/b/c',
      '//v2/transcript',
      '/upload/x',
    ];
    for (const path of unknownPaths) {
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

  it('are limited in size', async () => {
    const { ask, server, dataFolder } = await fixture.start({ limits: { uploadBytes: 10, jsonBytes: 100 } });
    assert.equal((await ask('POST', '/v2/upload', '0123456789')).status, 200);
    assert.equal((await ask('POST', '/v2/upload', '0123456789x')).status, 413, 'refused by its length');
    const chunked = { 'transfer-encoding': 'chunked' };
    assert.equal(
      (await ask('POST', '/v2/upload', '0123456789x', chunked)).status,
      413,
      'refused by its bytes',
    );
    assert.deepEqual(
      (await ask('POST', '/v2/upload', '')).json['error'],
      'The uploaded file is empty',
      'an empty upload is refused, too',
    );
    assert.equal((await ask('POST', '/v2/transcript', { audio_url: 'x'.repeat(100) })).status, 413);
    assert.equal((await ask('GET', `/v2/transcript?${'x'.repeat(20_000)}`)).status, 431);
    assert.equal((await readdir(join(dataFolder, 'uploads'))).length, 1);
    assert.equal((await ask('GET', '/health')).status, 200, server.url);
  });

  it('are cut when they stall', async () => {
    const { server, dataFolder } = await fixture.start({ limits: { stallMs: 50, jsonMs: 50 } });
    for (const path of ['/v2/upload', '/v2/transcript']) {
      const { socket, text } = await rawConnection(server.url);
      const lines = [`authorization: ${testKey}`, 'content-length: 1000'];
      socket.write(`${head(server.url, 'POST', path, ...lines)}{"audio`);
      assert.doesNotMatch(await text, /HTTP\/1\.1 200/);
    }
    while ((await readdir(join(dataFolder, 'uploads'))).length > 0) {
      // The incomplete upload is removed after the connection is cut.
    }
  });

  it('are not answered beyond the most connections, until one of them is closed', async () => {
    const { server, ask } = await fixture.start({ limits: { connections: 2 } });
    const held = [await rawConnection(server.url), await rawConnection(server.url)];
    for (const { socket } of held) {
      socket.write(head(server.url, 'GET', '/health'));
      await once(socket, 'data');
    }
    await assert.rejects(ask('GET', '/health'));
    held[0]!.socket.destroy();
    let status: number | undefined;
    while (status === undefined) {
      status = await ask('GET', '/health').then(
        (reply) => reply.status,
        () => undefined,
      );
    }
    assert.equal(status, 200);
    held[1]!.socket.destroy();
  });

  it('leave nothing of an upload that breaks off', async () => {
    const { server, dataFolder, ask } = await fixture.start();
    const { socket, text } = await rawConnection(server.url);
    const uploads = join(dataFolder, 'uploads');
    socket.write(
      `${head(server.url, 'POST', '/v2/upload', `authorization: ${testKey}`, 'content-length: 1000')}half`,
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

  describe('to submit a job are refused', () => {
    it('if the API refuses them', async () => {
      const { ask } = await fixture.start();
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

    it('if only AssemblyAI can do the job', async () => {
      const { ask } = await fixture.start();
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

    it('if the audio is not an upload of this server', async () => {
      const { ask, server } = await fixture.start();
      for (const audioUrl of ['https://example.test/a.mp3', 'http://127.0.0.1:80/a.mp3', '/upload/x', 'x']) {
        const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl });
        assert.equal(status, 400);
        assert.match(String(json['error']), /fetches nothing from the network.*upload/is, audioUrl);
      }
      const { status, json } = await ask('POST', '/v2/transcript', {
        audio_url: `${server.url}/upload/${unknownId}`,
      });
      assert.deepEqual([status, json['error']], [403, 'Cannot access uploaded file']);
    });
  });

  it('may name an upload that was sent to another port', async () => {
    const { ask } = await fixture.start();
    const audioUrl = (await upload(ask)).replace(/:\d+/, ':1');
    const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl });
    assert.deepEqual([status, json['audio_url']], [200, audioUrl]);
  });

  it('for the list return the newest transcripts first, with URLs of this server', async () => {
    const { ask, server } = await fixture.start();
    const ids = [await submit(ask), await submit(ask), await submit(ask)];
    const { json } = await ask('GET', '/v2/transcript?limit=2');
    const rows = json['transcripts'] as JsonObject[];
    assert.deepEqual(
      rows.map((row) => row['id']),
      [ids[2], ids[1]],
    );
    assert.equal(rows[0]!['resource_url'], `${server.url}/v2/transcript/${ids[2]!}`);
    const details = json['page_details'] as JsonObject;
    assert.equal(details['prev_url'], `${server.url}/v2/transcript?limit=2&before_id=${ids[1]!}`);
    assert.equal((await ask('GET', '/v2/transcript?limit=0')).status, 400);
  });

  it('for the list must name transcripts that exist, in the right order', async () => {
    const { ask } = await fixture.start();
    const [older, newer] = [await submit(ask), await submit(ask)];
    for (const query of [`after_id=${unknownId}`, `before_id=${unknownId}`]) {
      const { status, json } = await ask('GET', `/v2/transcript?${query}`);
      assert.deepEqual([status, json['error']], [400, 'Transcript lookup error, transcript id not found']);
    }
    const { status, json } = await ask('GET', `/v2/transcript?after_id=${newer}&before_id=${older}`);
    assert.equal(status, 400);
    assert.equal(json['error'], "'after_id' must be a newer transcript than 'before_id'");
  });

  it('cannot go to two servers on one port', async () => {
    const { server } = await fixture.start();
    const port = Number(new URL(server.url).port);
    await assert.rejects(fixture.start({ port }), { code: 'EADDRINUSE' });
  });
});
