import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { BaseUrl } from './baseUrl';
import { trustedContext } from './certificates';
import type { Environment, NetworkSettings } from './networkSettings';
import { chooseProxy } from './proxy';

export type { Dispatcher } from 'undici';

const connectMs = 10_000;

/**
 * Polls come up to 15 s apart, and AssemblyAI's gateway keeps idle connections for longer than that: one
 * handshake serves a whole job. A server that says otherwise is obeyed.
 */
const keepAliveMs = 20_000;

/**
 * The way to one service: direct, or through the proxy of the editor or the environment. To be closed by
 * whoever made it.
 *
 * VS Code prepares Node's own http for extensions, but not this one, so proxy and certificates are set here.
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
