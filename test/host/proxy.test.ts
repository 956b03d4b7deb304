import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, Uri } from 'vscode';
import { fixturePath } from '../support/fixtures';
import { startForwardProxy, type ForwardProxy } from '../support/forwardProxy';
import { startScriptedServer, type ScriptedServer } from '../support/server/scriptedServer';
import { sampleRecording } from '../support/vscode/workspace';
import { configure } from './configure';

const key = 'proxied-key';
/** Stands in for AssemblyAI. Only the proxy resolves the name of AssemblyAI to it. */
let server: ScriptedServer;
let proxy: ForwardProxy;
let folder: string;

describe('Behind a proxy with a password and the certificates of a company', () => {
  before(async () => {
    const [serverKey, cert] = await Promise.all([
      readFile(fixturePath('tls/server-key.pem')),
      readFile(fixturePath('tls/server.pem')),
    ]);
    server = await startScriptedServer({ keys: [key], tls: { key: serverKey, cert } });
    const port = Number(new URL(server.url).port);
    proxy = await startForwardProxy({
      credentials: 'anna:p@ss word',
      hosts: { 'api.assemblyai.com:443': port },
    });
    folder = await mkdtemp(join(tmpdir(), 'steno-proxy-'));
    Object.assign(process.env, { ASSEMBLYAI_API_KEY: key, NODE_EXTRA_CA_CERTS: fixturePath('tls/ca.pem') });
    await configure({ 'http.proxy': proxy.url.replace('//', '//anna:p%40ss%20word@') });
  });

  after(async () => {
    delete process.env['ASSEMBLYAI_API_KEY'];
    delete process.env['NODE_EXTRA_CA_CERTS'];
    await configure({ 'http.proxy': undefined });
    await Promise.all([server.close(), proxy.close(), rm(folder, { recursive: true })]);
  });

  it('a recording is transcribed, with every request through the tunnel', async () => {
    const recording = join(folder, 'talk.mp3');
    await copyFile(sampleRecording, recording);
    await commands.executeCommand('steno.transcribe', Uri.file(recording));
    match(await readFile(join(folder, 'talk.transcript.md'), 'utf8'), /^## Speaker A$/m);
    ok(proxy.tunnels.length > 0);
    deepStrictEqual([...new Set(proxy.tunnels)], ['api.assemblyai.com:443']);
    strictEqual(proxy.refused, 0);
    strictEqual(server.requestsOf('submit').at(-1)?.headers.authorization, key);
  });
});
