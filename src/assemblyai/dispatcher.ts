import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { BaseUrl } from './baseUrl';
import { trustedContext } from './certificates';
import type { Environment, NetworkSettings } from './networkSettings';
import { chooseProxy } from './proxy';

export type { Dispatcher } from 'undici';

const connectMs = 10_000;

/**
 * Polls are up to 15 s apart, and AssemblyAI keeps idle connections for longer, so one handshake is enough for a whole
 * job. A shorter `Keep-Alive` of the server has priority.
 */
const keepAliveMs = 20_000;

/**
 * Creates the dispatcher of undici for a service: direct, or through the proxy of VS Code's settings or the
 * environment. The caller has to close it.
 *
 * VS Code configures proxy and certificates for Node's own `http` module, but not for undici.
 *
 * @throws Failure `settings` for a proxy that cannot be used
 */
export function createDispatcher(baseUrl: BaseUrl, network: NetworkSettings, env: Environment): Dispatcher {
  const connect = (origin: string, isStrict: boolean): object => ({
    timeout: connectMs,
    ...(isStrict ? {} : { rejectUnauthorized: false }),
    ...(origin.startsWith('https:')
      ? { secureContext: trustedContext(env, network.systemCertificates) }
      : {}),
  });
  const proxy = chooseProxy(baseUrl.origin, network, env);
  if (proxy === undefined) {
    return new Agent({ keepAliveTimeout: keepAliveMs, connect: connect(baseUrl.origin, true) });
  }
  return new ProxyAgent({
    keepAliveTimeout: keepAliveMs,
    uri: proxy.url,
    ...(proxy.authorization === undefined ? {} : { token: proxy.authorization }),
    proxyTls: connect(proxy.url, network.proxyStrictSSL),
    requestTls: connect(baseUrl.origin, network.proxyStrictSSL),
  });
}
