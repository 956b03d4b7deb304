import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { parseBaseUrl } from '../../../../src/assemblyai/baseUrl';
import { AssemblyAiClient } from '../../../../src/assemblyai/client';
import { systemClock } from '../../../../src/node/systemClock';
import { Failure, speechServerHost } from '../../../../src/core/failures/failure';
import { requestFor } from '../../../../src/core/request/request';
import { LocalApi } from '../../../../src/host/local/localApi';
import type { RunningServer } from '../../../../src/host/local/localServer';
import { silentLog } from '../../../support/fakeJobs';
import { faults } from '../../../support/server/faults';
import { startScriptedServer, type ScriptedServer } from '../../../support/server/scriptedServer';

const key = 'key-of-this-start';
const never = new AbortController().signal;

/** A server whose jobs stay over its starts, as those of the real one do. */
class Starts {
  count = 0;
  private end = new AbortController();

  constructor(private readonly url: string) {}

  running(): Promise<RunningServer> {
    this.count++;
    this.end = new AbortController();
    return Promise.resolve({ baseUrl: parseBaseUrl(this.url), key, ended: this.end.signal });
  }

  /** Ends the process. */
  die(): void {
    this.end.abort();
  }
}

describe('LocalApi', () => {
  let service: ScriptedServer;
  let starts: Starts;
  let api: LocalApi;
  let folder: string;

  beforeEach(async () => {
    service = await startScriptedServer({ keys: [key] });
    starts = new Starts(service.url);
    const connect = ({ baseUrl }: RunningServer) => {
      const dispatcher = new Agent();
      const options = {
        baseUrl,
        apiKey: key,
        dispatcher,
        clock: systemClock,
        random: () => 0,
        log: silentLog,
      };
      const client = new AssemblyAiClient({ ...options, userAgent: 'test', submitGraceMs: 1 });
      return { client, close: () => dispatcher.destroy() };
    };
    api = new LocalApi(starts, connect, systemClock, silentLog);
    folder = await mkdtemp(join(tmpdir(), 'steno-api-'));
  });

  afterEach(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  async function upload(): Promise<string> {
    const path = join(folder, 'talk.mp3');
    await writeFile(path, 'sound');
    const { size, mtimeMs } = await stat(path);
    const recording = { path, name: 'talk.mp3', sizeBytes: size, modifiedMs: mtimeMs };
    return (await api.upload(recording, { signal: never })).url;
  }

  it('uploads, submits, polls and discards', async () => {
    const url = await upload();
    const { id } = await api.submit(requestFor(url), never);
    assert.equal((await api.get(id, never)).id, id);
    service.complete(id);
    await api.local.discard(id);
    assert.equal(service.requestsOf('delete').length, 1);
    assert.equal(api.origin, 'steno:local', 'the same for every port');
  });

  it('polls again when the server ended before it answered', async () => {
    const { id } = await api.submit(requestFor(await upload()), never);
    service.fault('get', faults.silence());
    const asking = api.get(id, never);
    await service.arrived('get');
    const before = starts.count;
    starts.die();
    assert.equal((await asking).id, id);
    assert.equal(starts.count, before + 1);
  });

  it('does not submit a job again that the server accepted before it ended', async () => {
    const url = await upload();
    service.fault('submit', { ...faults.silence(), takesEffect: true });
    const submitting = api.submit(requestFor(url), never);
    await service.arrived('submit');
    starts.die();
    const { id } = await submitting;
    assert.deepEqual(
      service.jobs.map((job) => job.id),
      [id],
    );
  });

  it('submits a job again that the server did not accept before it ended', async () => {
    const url = await upload();
    service.fault('submit', faults.silence());
    const submitting = api.submit(requestFor(url), never);
    await service.arrived('submit');
    starts.die();
    await submitting;
    assert.equal(service.jobs.length, 1);
  });

  it('gives up on a server that keeps stopping', async () => {
    service.fault('list', faults.silence(), 9);
    const finding = api.find('http://127.0.0.1/upload/1', 0, never);
    finding.catch(() => undefined);
    for (const count of [1, 2, 3]) {
      await service.arrived('list', count);
      starts.die();
    }
    await assert.rejects(
      finding,
      (thrown) => thrown instanceof Failure && thrown.kind === 'localServerFailed',
    );
  });

  it('passes on failures of the server, and a cancellation', async () => {
    await assert.rejects(
      api.get('3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10', never),
      (thrown) => thrown instanceof Failure && thrown.kind === 'notFound',
    );
    service.fault('list', faults.silence());
    const controller = new AbortController();
    const finding = api.find('http://127.0.0.1/upload/1', 0, controller.signal);
    await service.arrived('list');
    controller.abort();
    await assert.rejects(finding, (thrown) => thrown instanceof Failure && thrown.kind === 'cancelled');
    assert.equal(starts.count, 2);
  });

  it('names the server in every failure, and not its address', async () => {
    service.fault('list', faults.error(400, 'No.'));
    await assert.rejects(api.find('http://127.0.0.1/upload/1', 0, never), { host: speechServerHost });
    starts.running = () => Promise.reject(new Failure('localServerFailed', 'no room'));
    await assert.rejects(api.get('3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10', never), {
      kind: 'localServerFailed',
      host: speechServerHost,
    });
  });

  it('does not wait for a server that does not start when it is cancelled', async () => {
    const asked = new Promise<void>((resolve) => {
      starts.running = () => {
        resolve();
        return new Promise(() => undefined);
      };
    });
    const controller = new AbortController();
    const getting = api.get('3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10', controller.signal);
    getting.catch(() => undefined);
    await asked;
    controller.abort();
    await assert.rejects(getting, { kind: 'cancelled' });
  });
});
