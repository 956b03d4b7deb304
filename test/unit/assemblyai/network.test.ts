import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseBaseUrl } from '../../../src/assemblyai/baseUrl';
import { unusableAuthorities } from '../../../src/assemblyai/certificates';
import { createDispatcher } from '../../../src/assemblyai/dispatcher';
import type { Environment, NetworkSettings } from '../../../src/assemblyai/networkSettings';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import type { Failure } from '../../../src/core/failures/failure';
import { fixturePath } from '../../support/fixtures';
import { startForwardProxy, type ForwardProxy, type ForwardProxyOptions } from '../../support/forwardProxy';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { failureOf, neverAborted, plainNetwork, Stage, until } from './stage';

const authority = fixturePath('tls', 'ca.pem');
/** A name that only the proxy can resolve. */
const distantUrl = 'https://api.steno.test';
const trusting: Environment = { NODE_EXTRA_CA_CERTS: authority };

describe('The connection to the service', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let proxies: ForwardProxy[];

  beforeEach(async () => {
    proxies = [];
    stage = new Stage();
    const [key, cert] = await Promise.all(
      ['server-key.pem', 'server.pem'].map((name) => readFile(fixturePath('tls', name))),
    );
    server = await stage.startServer({ tls: { key: key!, cert: cert! } });
  });
  afterEach(async () => {
    await stage.close();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  });

  async function startProxy(options: Partial<ForwardProxyOptions> = {}): Promise<ForwardProxy> {
    const port = Number(new URL(server.url).port);
    const proxy = await startForwardProxy({ hosts: { 'api.steno.test:443': port }, ...options });
    proxies.push(proxy);
    return proxy;
  }

  function check(url: string, network: Partial<NetworkSettings>, env: Environment): Promise<void> {
    const dispatcher = createDispatcher(parseBaseUrl(url), { ...plainNetwork, ...network }, env);
    return stage.client(url, { dispatcher }).checkKey(neverAborted);
  }

  async function refusal(url: string, network: Partial<NetworkSettings>, env: Environment): Promise<Failure> {
    return failureOf(check(url, network, env));
  }

  describe('with certificates', () => {
    it('trusts an authority named in NODE_EXTRA_CA_CERTS, even if the process was started without it', async () => {
      await check(server.url, {}, trusting);
      await check(server.url, { systemCertificates: false }, trusting);
    });

    it('trusts the system’s authorities, unless the setting is off', async () => {
      const env = { SSL_CERT_FILE: authority };
      await check(server.url, {}, env);
      assert.equal((await refusal(server.url, { systemCertificates: false }, env)).kind, 'certificate');
    });

    it('refuses an unknown authority at once, with a sentence', async () => {
      const failure = await refusal(server.url, {}, {});
      assert.equal(failure.kind, 'certificate');
      assert.match(
        describeFailure(failure).sentence,
        /^The certificate of localhost:\d+ is not trusted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\).*NODE_EXTRA_CA_CERTS/,
      );
      assert.deepEqual(stage.clock.slept, []);
      assert.equal(server.requests.length, 0);
    });

    it('refuses a name that the certificate is not for', async () => {
      const proxy = await startProxy({ hosts: { 'other.test:443': Number(new URL(server.url).port) } });
      const failure = await refusal('https://other.test', { proxy: proxy.url }, trusting);
      assert.equal(failure.kind, 'certificate');
      assert.equal(failure.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
    });

    it('ignores files that do not exist', async () => {
      const env = { NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem', SSL_CERT_FILE: '/nowhere/bundle.pem' };
      assert.equal((await refusal(server.url, {}, env)).kind, 'certificate');
    });

    it('trusts an authority in a file in DER, as Windows exports it', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'steno-authority-'));
      try {
        const der = join(folder, 'ca.cer');
        await writeFile(der, new X509Certificate(await readFile(authority)).raw);
        await check(server.url, {}, { NODE_EXTRA_CA_CERTS: der });
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('names the variables whose files have no certificates', () => {
      const text = fixturePath('tls', 'server-key.pem').replace('server-key.pem', 'README.md');
      assert.deepEqual(unusableAuthorities({}), []);
      assert.deepEqual(unusableAuthorities(trusting), []);
      assert.deepEqual(unusableAuthorities({ NODE_EXTRA_CA_CERTS: text, SSL_CERT_FILE: '/nowhere/x.pem' }), [
        'NODE_EXTRA_CA_CERTS',
        'SSL_CERT_FILE',
      ]);
    });

    it('trusts any certificate only if the setting is off and there is a proxy', async () => {
      const network = { proxyStrictSSL: false };
      assert.equal((await refusal(server.url, network, {})).kind, 'certificate');
      const proxy = await startProxy();
      await check(distantUrl, { ...network, proxy: proxy.url }, {});
    });
  });

  describe('through a proxy', () => {
    const credentials = 'maria:p@ss:w%rd ü';
    const [user, ...rest] = credentials.split(':');
    const password = rest.join(':');

    function withPassword(url: string, secret = password): string {
      return url.replace('://', `://${encodeURIComponent(user!)}:${encodeURIComponent(secret)}@`);
    }

    it('of the setting', async () => {
      const proxy = await startProxy();
      await check(distantUrl, { proxy: proxy.url }, trusting);
      assert.deepEqual(proxy.tunnels, ['api.steno.test:443']);
      assert.equal(server.requests.length, 1);
      assert.equal(server.requests[0]?.headers['proxy-authorization'], undefined);
    });

    it('with the password in its address, of the setting or of the environment', async () => {
      const proxy = await startProxy({ credentials });
      const address = withPassword(proxy.url);
      await check(distantUrl, { proxy: address }, trusting);
      for (const name of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) {
        await check(distantUrl, {}, { ...trusting, [name]: address });
      }
      assert.equal(proxy.tunnels.length, 5);
      assert.equal(proxy.refused, 0);
    });

    it('with the setting http.proxyAuthorization', async () => {
      const proxy = await startProxy({ credentials });
      const proxyAuthorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
      await check(distantUrl, { proxy: proxy.url, proxyAuthorization }, trusting);
      assert.equal(proxy.tunnels.length, 1);
    });

    for (const secret of ['wrong', '']) {
      it(`says what to do where the password is ${secret === '' ? 'missing' : secret}`, async () => {
        const proxy = await startProxy({ credentials });
        const address = secret === '' ? proxy.url : withPassword(proxy.url, secret);
        const failure = await refusal(distantUrl, { proxy: address }, trusting);
        assert.equal(failure.kind, 'proxyAuthentication');
        const { sentence } = describeFailure(failure);
        assert.match(sentence, /proxy asks for another user name or password \(HTTP 407\).*http\.proxy/);
        assert.doesNotMatch(JSON.stringify(failure) + failure.message + stage.log.text, /wrong|maria/);
        assert.equal(proxy.refused, 1, 'asked once');
        assert.equal(server.requests.length, 0);
      });
    }

    it('that refuses connections', async () => {
      const proxy = await startProxy({ hosts: {} });
      const failure = await refusal(distantUrl, { proxy: proxy.url }, trusting);
      assert.equal(failure.kind, 'blocked');
      assert.match(describeFailure(failure).sentence, /blocks access to api\.steno\.test \(HTTP 403\)/);
    });

    it('that never answers is given up after the time for connecting', async () => {
      const silent = createServer();
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const sockets: Socket[] = [];
      silent.on('connection', (socket) => void sockets.push(socket.on('error', () => undefined)));
      const network = {
        ...plainNetwork,
        proxy: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      };
      const times = { connectMs: 50, addressMs: 50 };
      const dispatcher = createDispatcher(parseBaseUrl(distantUrl), network, trusting, times);
      try {
        const client = stage.client(distantUrl, { dispatcher });
        const failure = await failureOf(client.checkKey(neverAborted));
        assert.equal(failure.kind, 'timeout');
      } finally {
        sockets.forEach((socket) => socket.destroy());
        silent.close();
      }
    });

    it('that does not exist', async () => {
      const proxy = await startProxy();
      await proxy.close();
      const failure = await refusal(distantUrl, { proxy: proxy.url }, trusting);
      assert.equal(failure.kind, 'network');
      assert.match(describeFailure(failure).sentence, /check your network or proxy/);
    });

    it('uploads are the same bytes', async () => {
      const proxy = await startProxy({ credentials });
      const network = { ...plainNetwork, proxy: withPassword(proxy.url) };
      const dispatcher = createDispatcher(parseBaseUrl(distantUrl), network, trusting);
      const recording = await stage.recording(10_000_000);
      const upload = await stage
        .client(distantUrl, { dispatcher })
        .upload(recording, { signal: neverAborted });
      assert.equal(server.requestsOf('upload')[0]?.sha256, upload.sha256);
      assert.equal(server.requestsOf('upload')[0]?.bytes, 10_000_000);
    });
  });

  it('ends at once when it is cancelled, even during a handshake without an answer', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const baseUrl = parseBaseUrl(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`);
      const dispatcher = createDispatcher(baseUrl, plainNetwork, {});
      const controller = new AbortController();
      const client = stage.client(baseUrl.origin, { dispatcher });
      let failure: Failure | undefined;
      void failureOf(client.checkKey(controller.signal)).then((found) => (failure = found));
      await until(() => sockets.length === 1);
      controller.abort();
      // A few turns of the event loop take far less than the connection timeout of ten seconds.
      await until(() => failure !== undefined, 10);
      assert.equal(failure?.kind, 'cancelled');
      assert.equal(sockets[0]?.destroyed, false);
    } finally {
      sockets.forEach((socket) => socket.destroy());
      silent.close();
    }
  });

  it('never uses a proxy to this machine itself', async () => {
    const proxy = await startProxy();
    await check(server.url, { proxy: proxy.url }, { ...trusting, HTTPS_PROXY: proxy.url });
    assert.equal(proxy.tunnels.length, 0);
    assert.equal(server.requests.length, 1);
  });
});
