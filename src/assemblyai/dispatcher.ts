import { Agent, Pool, ProxyAgent, type Dispatcher } from 'undici';
import type { BaseUrl } from './baseUrl';
import { trustedContext } from './certificates';
import type { Environment, NetworkSettings } from './networkSettings';
import { chooseProxy } from './proxy';

export type { Dispatcher } from 'undici';

/** How long connecting may take, in ms. */
export interface ConnectTimes {
  /** From the lookup of the name to the end of the handshakes, and with a proxy, until it has opened the tunnel. */
  readonly connectMs: number;
  /**
   * At one of several addresses of a host, before the next is tried. Node gives up each after 250 ms, which is less than a
   * handshake takes over a satellite, a VPN or a hotel's network: where IPv6 leads nowhere either, no address is ever reached.
   * This is enough for 400 ms each way, even if the first packet is lost and sent again after a second.
   */
  readonly addressMs: number;
}

/** undici's own limit for connecting is 10 s, its limit for a proxy's answer 5 min. */
const defaultTimes: ConnectTimes = { connectMs: 20_000, addressMs: 2500 };

/**
 * Polls are up to 15 s apart, and AssemblyAI keeps idle connections for longer, so one handshake is enough for a whole
 * job. A shorter `Keep-Alive` of the server has priority.
 */
const keepAliveMs = 20_000;

/**
 * Creates the dispatcher of undici for a service: direct, or through the proxy of VS Code's settings or the
 * environment. The caller has to close it.
 *
 * VS Code configures proxy and certificates for Node's own `http` module, but not for undici. Every time limit is chosen here
 * or with the request: undici's own are for servers in one data centre.
 *
 * @throws Failure `settings` for a proxy that cannot be used
 */
export function createDispatcher(
  baseUrl: BaseUrl,
  network: NetworkSettings,
  env: Environment,
  { connectMs, addressMs }: ConnectTimes = defaultTimes,
): Dispatcher {
  const connect = (origin: string, isStrict: boolean): object => ({
    timeout: connectMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressMs,
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
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: connectMs }),
  });
}
