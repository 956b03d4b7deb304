import { Failure } from '../core/failures/failure';
import { isLoopback } from './baseUrl';
import type { Environment, NetworkSettings } from './networkSettings';

/** A proxy to use. */
export interface Proxy {
  /** Address without user name and password. */
  readonly url: string;
  /** Value of the `Proxy-Authorization` header. */
  readonly authorization: string | undefined;
}

/** The value of an environment variable in lower or upper case, lower case first, as in curl; '' for none. */
function variable(env: Environment, name: string): string {
  return (
    [env[name.toLowerCase()], env[name.toUpperCase()]].find((value) => value !== undefined && value !== '') ??
    ''
  );
}

/** Whether an entry of NO_PROXY applies: `*`, `host`, `.domain` or `*.domain`, each with or without `:port`. */
function isExcepted(url: URL, entry: string): boolean {
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.trim().toLowerCase()) ?? [];
  const suffix = name.replace(/^\*?\./, '');
  const portMatches = port === undefined || port === (url.port === '' ? '443' : url.port);
  const hostMatches = name === '*' || url.hostname === suffix || url.hostname.endsWith(`.${suffix}`);
  return suffix !== '' && portMatches && hostMatches;
}

/** The text without percent-encoding. With a lone `%`, as in a password that was typed, it stays as it is. */
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

/** The scheme of a proxy's address, such as `https` or `socks5`; `http` without one. */
function schemeOf(proxy: string): string {
  return (/^([a-z][a-z\d+.-]*):\/\//i.exec(proxy)?.[1] ?? 'http').toLowerCase();
}

function isHttp(proxy: string): boolean {
  return ['http', 'https'].includes(schemeOf(proxy));
}

/**
 * The address with the characters of its user name and password encoded that would end them: people type `CORP\\user` and
 * passwords as they are.
 */
function withEncodedUser(address: string): string {
  const [, scheme = '', user, rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)(.*)@([^@]*)$/i.exec(address) ?? [];
  return user === undefined
    ? address
    : `${scheme}${user.replaceAll(/[\\/?#@[\]]/g, (each) => encodeURIComponent(each))}@${rest}`;
}

/**
 * Parses the address of a proxy. Failures do not contain it, since it may contain a password.
 * @param source its setting or variable
 */
function parseProxy(text: string, source: string, authorization: string | null): Proxy {
  if (!isHttp(text)) {
    throw new Failure('settings', 'Steno can use only http and https proxies', { subject: source });
  }
  const address = withEncodedUser(text.includes('://') ? text : `http://${text}`);
  if (!URL.canParse(address)) {
    const message = 'The address of the proxy does not look like http://proxy.example.com:8080';
    throw new Failure('settings', message, { subject: source });
  }
  const url = new URL(address);
  if (url.pathname !== '/') {
    // It may be the address of a script (PAC), whose host is not the proxy.
    throw new Failure('settings', 'The address of a proxy has no path', { subject: source });
  }
  return { url: url.origin, authorization: authorization ?? basicAuthorization(url) };
}

/**
 * The proxy for a service; undefined for a direct connection. It is that of VS Code's setting, otherwise of
 * `HTTPS_PROXY`, otherwise of `HTTP_PROXY`, which VS Code takes for HTTPS, too
 * (https://code.visualstudio.com/docs/setup/network), otherwise of `ALL_PROXY` if that is an HTTP proxy. Services on this
 * machine are always reached directly: a proxy cannot reach them, and must not get their keys.
 *
 * @param origin of the service
 * @throws Failure `settings` for a proxy that cannot be used
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
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY']) {
    const address = variable(env, name);
    if (address !== '') {
      return parseProxy(address, name, proxyAuthorization);
    }
  }
  const allProxy = variable(env, 'all_proxy');
  // This variable is for all protocols, so a SOCKS proxy in it is ignored and not an error.
  return allProxy === '' || !isHttp(allProxy)
    ? undefined
    : parseProxy(allProxy, 'ALL_PROXY', proxyAuthorization);
}
