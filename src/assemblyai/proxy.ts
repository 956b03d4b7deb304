import { Failure } from '../core/failures/failure';
import { isLoopback } from './baseUrl';
import type { Environment, NetworkSettings } from './networkSettings';

/** A proxy to go through. */
export interface Proxy {
  /** Without user name and password. */
  readonly url: string;
  /** `Proxy-Authorization`. */
  readonly authorization: string | undefined;
}

/** Lower case first, as curl does; a proxy's variable may be spelled either way. */
function variable(env: Environment, name: string): string {
  return (
    [env[name.toLowerCase()], env[name.toUpperCase()]].find((value) => value !== undefined && value !== '') ??
    ''
  );
}

/** One entry of NO_PROXY: `*`, `host`, `.domain`, `*.domain`, each with or without `:port`. */
function isExcepted(url: URL, entry: string): boolean {
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.trim().toLowerCase()) ?? [];
  const suffix = name.replace(/^\*?\./, '');
  const portMatches = port === undefined || port === (url.port === '' ? '443' : url.port);
  const hostMatches = name === '*' || url.hostname === suffix || url.hostname.endsWith(`.${suffix}`);
  return suffix !== '' && portMatches && hostMatches;
}

/** A lone `%` is taken as it stands: passwords are typed by hand. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function basicAuthorization(url: URL): string | undefined {
  if (url.username === '') {
    return undefined;
  }
  const plain = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
  return `Basic ${Buffer.from(plain, 'utf8').toString('base64')}`;
}

/** `socks5`, `https` and so on; a proxy without a scheme speaks http. */
function schemeOf(proxy: string): string {
  return (/^([a-z][a-z\d+.-]*):\/\//i.exec(proxy)?.[1] ?? 'http').toLowerCase();
}

function isHttp(proxy: string): boolean {
  return ['http', 'https'].includes(schemeOf(proxy));
}

/** Failures do not repeat the text, which may hold a password. */
function parseProxy(text: string, source: string, authorization: string | null): Proxy {
  if (!isHttp(text)) {
    throw new Failure('settings', 'Steno can use only http and https proxies', { subject: source });
  }
  const address = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(address)) {
    const message = 'The address of the proxy is not one such as http://proxy.example.com:8080';
    throw new Failure('settings', message, { subject: source });
  }
  const url = new URL(address);
  if (url.pathname !== '/') {
    // The address of a script (PAC), say; its host is hardly a proxy itself.
    throw new Failure('settings', 'The address of a proxy has no path', { subject: source });
  }
  return { url: url.origin, authorization: authorization ?? basicAuthorization(url) };
}

/**
 * The proxy on the way to the service: VS Code's setting, else `HTTPS_PROXY`, or `ALL_PROXY`
 * where that is one for http. (`HTTP_PROXY` is not for https, and http is for this machine only.) A server on this machine is always reached directly: a proxy cannot
 * see it, and a key for a local server is nobody else's business.
 *
 * @param origin of the service
 * @throws Failure `settings`
 */
export function chooseProxy(origin: string, network: NetworkSettings, env: Environment): Proxy | undefined {
  const url = new URL(origin);
  if (network.proxySupport === 'off' || isLoopback(url.hostname)) {
    return undefined;
  }
  const exceptions = network.noProxy.length > 0 ? network.noProxy : variable(env, 'no_proxy').split(/[\s,]+/);
  if (exceptions.some((entry) => isExcepted(url, entry))) {
    return undefined;
  }
  const { proxyAuthorization } = network;
  if (network.proxy !== '') {
    return parseProxy(network.proxy, 'http.proxy', proxyAuthorization);
  }
  const ownProxy = variable(env, 'https_proxy');
  if (ownProxy !== '') {
    return parseProxy(ownProxy, 'HTTPS_PROXY', proxyAuthorization);
  }
  const anyProxy = variable(env, 'all_proxy');
  // This one is for all programs and protocols: a SOCKS proxy in it was not meant for Steno.
  return anyProxy === '' || !isHttp(anyProxy)
    ? undefined
    : parseProxy(anyProxy, 'ALL_PROXY', proxyAuthorization);
}
