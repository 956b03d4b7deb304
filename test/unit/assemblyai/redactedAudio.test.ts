import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import type { BaseUrl } from '../../../src/assemblyai/baseUrl';
import type { AssemblyAiClient } from '../../../src/assemblyai/client';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import { faults } from '../../support/server/faults';
import type { ScriptedServer, ScriptedServerOptions } from '../../support/server/scriptedServer';
import { failureOf, neverAborted, patternedBytes, Stage, testKey } from './stage';

const audio = patternedBytes(200_000);

describe('Redacted audio', () => {
  let stage: Stage;
  let folder: string;
  let file: string;
  /** Another host than the service, since its port is another. */
  let storage: ScriptedServer;

  beforeEach(async () => {
    stage = new Stage();
    folder = await mkdtemp(join(tmpdir(), 'steno-'));
    file = join(folder, 'talk.redacted.mp3');
    storage = await stage.startServer({ redactedAudio: audio });
  });
  afterEach(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  const stored = (id: string): string => `${storage.url}/redacted/${id}.mp3?X-Amz-Signature=s3cr3t`;

  async function start(
    options: ScriptedServerOptions = {},
    parameters: object = { redact_pii_audio: true },
  ): Promise<{ server: ScriptedServer; client: AssemblyAiClient; id: string }> {
    const server = await stage.startServer({ redactedAudioUrl: stored, pace: 'manual', ...options });
    const client = stage.client(server.url);
    const request = {
      audio_url: 'https://example.test/a.mp3',
      speech_models: ['universal-2'],
      redact_pii: true,
      redact_pii_policies: ['person_name'],
      ...parameters,
    };
    const { id } = await client.submit(request, neverAborted);
    return { server, client, id };
  }

  async function finished(
    options?: ScriptedServerOptions,
  ): Promise<{ server: ScriptedServer; client: AssemblyAiClient; id: string }> {
    const started = await start(options);
    started.server.complete(started.id);
    return started;
  }

  const left = (): Promise<string[]> => readdir(folder);

  it('is saved as a whole, and only the service gets the key', async () => {
    const { client, id, server } = await finished();
    await client.saveRedactedAudio(id, file, neverAborted);
    assert.ok((await readFile(file)).equals(audio));
    assert.deepEqual(await left(), ['talk.redacted.mp3']);
    assert.equal(server.requestsOf('redacted-audio')[0]?.headers.authorization, testKey);
    const [request, ...more] = storage.requests;
    assert.equal(more.length, 0);
    assert.equal(request?.status, 200);
    assert.equal(request.headers.authorization, undefined);
    assert.doesNotMatch(JSON.stringify(request.headers), new RegExp(testKey));
    assert.doesNotMatch(stage.log.text, /s3cr3t/);
  });

  it('removes the hidden and perhaps large file that a crash has left', async () => {
    const { client, id } = await finished();
    const cancel = new AbortController();
    storage.fault('redacted-file', faults.silence());
    const saving = client.saveRedactedAudio(id, file, cancel.signal);
    await storage.arrived('redacted-file');
    const unfinished = await left();
    cancel.abort();
    assert.equal((await failureOf(saving)).kind, 'cancelled');
    assert.equal(unfinished.length, 1);
    await Promise.all(unfinished.map((name) => writeFile(join(folder, name), 'cut off')));
    await client.saveRedactedAudio(id, file, neverAborted);
    assert.deepEqual(await left(), ['talk.redacted.mp3']);
  });

  it('is polled at the interval of AssemblyAI’s own SDK', async () => {
    const { client, id, server } = await finished({ redactedAudioLag: 3 });
    server.fault('redacted-audio', faults.serverError());
    await client.saveRedactedAudio(id, file, neverAborted);
    assert.deepEqual(stage.clock.slept, [500, 3000, 3000, 3000]);
    assert.deepEqual(await left(), ['talk.redacted.mp3']);
  });

  it('is not polled for ever', async () => {
    const { client, id, server } = await finished({ redactedAudioLag: Infinity });
    const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
    assert.equal(failure.kind, 'transcriptNotReady');
    assert.equal(server.requestsOf('redacted-audio').length, 200);
    assert.deepEqual(await left(), []);
  });

  it('fails before the transcript is finished', async () => {
    const { client, id } = await start();
    const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
    assert.equal(failure.kind, 'transcriptNotReady');
    assert.match(describeFailure(failure).sentence, /has not finished/);
  });

  it('fails if it was not requested', async () => {
    const { client, id, server } = await start({}, {});
    server.complete(id);
    const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
    assert.equal(failure.kind, 'invalidRequest');
    assert.match(describeFailure(failure).sentence, /saying “A redacted audio file .* doesn't exist\. Try/);
  });

  it('is requested with a valid id only', async () => {
    const { client, server } = await finished();
    const failure = await failureOf(client.saveRedactedAudio('../x', file, neverAborted));
    assert.equal(failure.kind, 'invalidRequest');
    assert.equal(server.requestsOf('redacted-audio').length, 0);
  });

  it('uses its own dispatcher, which is closed again', async () => {
    const { server, id } = await finished();
    const ways: { address: BaseUrl; agent: Agent }[] = [];
    const client = stage.client(server.url, {
      dispatcherFor: (address) => {
        const agent = new Agent();
        ways.push({ address, agent });
        return agent;
      },
    });
    await client.saveRedactedAudio(id, file, neverAborted);
    const { origin, host } = new URL(storage.url);
    assert.deepEqual(
      ways.map(({ address }) => address),
      [{ origin, host, path: '' }],
    );
    assert.ok(ways[0]?.agent.destroyed);
  });

  describe('never overwrites anything', () => {
    it('and makes no request then', async () => {
      const { client, id, server } = await finished();
      await writeFile(file, 'mine');
      const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
      assert.equal(failure.kind, 'fileUnwritable');
      assert.equal(
        describeFailure(failure).sentence,
        '“talk.redacted.mp3” already exists, and Steno does not overwrite files: move it away, then try again.',
      );
      assert.equal(await readFile(file, 'utf8'), 'mine');
      assert.equal(server.requestsOf('redacted-audio').length, 0);
    });

    it('that appeared while it was made', async () => {
      const { client, id } = await finished({
        redactedAudioUrl: (ready) => {
          writeFileSync(file, 'mine');
          return stored(ready);
        },
      });
      const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
      assert.deepEqual([failure.kind, failure.code, failure.transcriptId], ['fileUnwritable', 'EEXIST', id]);
      assert.equal(await readFile(file, 'utf8'), 'mine');
      assert.deepEqual(await left(), ['talk.redacted.mp3']);
    });

    it('even if it is a broken link', async function () {
      const { client, id } = await finished();
      await symlink(join(folder, 'nowhere'), file).catch(() => this.skip());
      const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
      assert.equal(failure.code, 'EEXIST');
      assert.deepEqual(await left(), ['talk.redacted.mp3']);
    });
  });

  it('leaves nothing if it cannot be written', async () => {
    const { client, id } = await finished();
    const missing = await failureOf(
      client.saveRedactedAudio(id, join(folder, 'gone', 'talk.mp3'), neverAborted),
    );
    assert.equal(missing.kind, 'fileUnwritable');
    assert.match(describeFailure(missing).sentence, /“talk\.mp3” could not be written \(ENOENT\)/);
    assert.equal(storage.requests.length, 0);
    assert.deepEqual(await left(), []);
  });

  it('is downloaded again after a failure of the connection', async () => {
    const { client, id } = await finished();
    storage.fault('redacted-file', faults.overloaded());
    storage.fault('redacted-file', faults.dropBeforeEffect());
    storage.fault('redacted-file', faults.garbled());
    storage.fault('redacted-file', faults.rateLimited());
    await client.saveRedactedAudio(id, file, neverAborted);
    assert.equal(storage.requests.length, 5);
    assert.ok((await readFile(file)).equals(audio));
    assert.deepEqual(await left(), ['talk.redacted.mp3']);
  });

  for (const [what, fault, kind] of [
    ['a refusal', faults.answer(403, '<Error>s3cr3t</Error>'), 'unexpectedAnswer'],
    ['a web page', faults.captivePortal(), 'unexpectedAnswer'],
    ['nothing', faults.answer(200, ''), 'unexpectedAnswer'],
    ['half of it', faults.garbled(), 'network'],
    ['a redirect without an address', faults.answer(302, ''), 'unexpectedAnswer'],
  ] as const) {
    it(`leaves nothing if the storage responds with ${what}`, async () => {
      const { client, id } = await finished();
      storage.fault('redacted-file', fault, Infinity);
      const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
      assert.equal(failure.kind, kind);
      assert.equal(failure.transcriptId, id);
      assert.doesNotMatch(JSON.stringify(failure) + failure.message + stage.log.text, /s3cr3t/);
      assert.deepEqual(await left(), []);
    });
  }

  it('leaves nothing of a file that is larger than it may be, whether or not the storage tells its size', async () => {
    const endless = createServer((_, response) => {
      const piece = Buffer.alloc(1 << 16);
      const more = (): void => {
        response.write(piece, (thrown) => thrown ?? more());
      };
      response.writeHead(200, { 'content-type': 'audio/mpeg' });
      more();
    });
    await once(endless.listen(0, '127.0.0.1'), 'listening');
    const { port } = endless.address() as AddressInfo;
    for (const redactedAudioUrl of [stored, () => `http://127.0.0.1:${port}/`]) {
      const { server, id } = await finished({ redactedAudioUrl });
      const client = stage.client(server.url, { maxDownloadBytes: audio.length - 1 });
      const { kind, message } = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
      assert.deepEqual([kind, message], ['answerTooLarge', 'The file has more than 199999 bytes']);
      assert.deepEqual(await left(), []);
    }
    assert.equal(storage.requests.length, 1, 'no retry');
    endless.close();
    endless.closeAllConnections();
  });

  it('ends at once when it is cancelled, with nothing left', async () => {
    const { client, id } = await finished();
    const cancel = new AbortController();
    storage.fault('redacted-file', faults.silence());
    const saving = client.saveRedactedAudio(id, file, cancel.signal);
    const arrived = await storage.arrived('redacted-file');
    cancel.abort();
    assert.equal((await failureOf(saving)).kind, 'cancelled');
    await arrived.closed;
    assert.deepEqual(await left(), []);
    const before = await failureOf(client.saveRedactedAudio(id, file, AbortSignal.abort()));
    assert.equal(before.kind, 'cancelled');
  });

  describe('is downloaded from safe addresses only', () => {
    it('also after redirects', async () => {
      const { client, id } = await finished();
      const last = await stage.startServer({ redactedAudio: audio });
      storage.fault(
        'redacted-file',
        faults.redirect(`${last.url}/redacted/${id}.mp3?X-Amz-Signature=x`, 307),
      );
      storage.fault('redacted-file', faults.redirect(`/redacted/${id}.mp3?X-Amz-Signature=x`));
      await client.saveRedactedAudio(id, file, neverAborted);
      assert.ok((await readFile(file)).equals(audio));
      assert.equal(last.requests.length, 1);
      assert.equal(last.requests[0]?.headers.authorization, undefined);
    });

    it('and redirects have an end', async () => {
      const { client, id } = await finished();
      storage.fault('redacted-file', faults.redirect(stored('round')), Infinity);
      const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
      assert.equal(failure.kind, 'redirected');
      assert.equal(storage.requests.length, 6);
    });

    for (const address of [
      'http://storage.example.com/a.mp3',
      'ftp://127.0.0.1/a.mp3',
      'file:///etc/passwd',
      'http://127.0.0.1.example.com/a.mp3',
      'no address',
    ]) {
      it(`and not from ${address}`, async () => {
        const { client, id } = await finished({ redactedAudioUrl: () => address });
        const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
        assert.equal(failure.kind, 'unexpectedAnswer');
        assert.match(failure.message, /no address that is safe/);

        const other = await finished();
        storage.fault('redacted-file', faults.redirect(address, 302), Infinity);
        const redirected = await failureOf(other.client.saveRedactedAudio(other.id, file, neverAborted));
        const isRelative = address === 'no address';
        assert.equal(redirected.kind, 'unexpectedAnswer');
        assert.equal(redirected.message.includes('no address that is safe'), !isRelative);
        assert.deepEqual(await left(), []);
      });
    }

    it('nor from this machine for a service on another one', async () => {
      const { server, id } = await finished();
      const { origin, host } = new URL('https://api.assemblyai.com');
      // Requests to the service go to the scripted one, as a proxy would do it.
      const dispatcher = new Agent().compose(
        (dispatch) => (options, handler) => dispatch({ ...options, origin: server.url }, handler),
      );
      const client = stage.client(server.url, { baseUrl: { origin, host, path: '' }, dispatcher });
      const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
      assert.equal(failure.kind, 'unexpectedAnswer');
      assert.match(failure.message, /no address that is safe/);
      assert.equal(storage.requests.length, 0);
    });
  });

  for (const answer of ['{"status":"redacted_audio_ready"}', '{"redacted_audio_url":7}', '[]']) {
    it(`has to have an address: ${answer}`, async () => {
      const { client, id, server } = await finished();
      server.fault('redacted-audio', faults.answer(200, answer), Infinity);
      const failure = await failureOf(client.saveRedactedAudio(id, file, neverAborted));
      assert.equal(failure.kind, 'unexpectedAnswer');
      assert.deepEqual(await left(), []);
    });
  }
});
