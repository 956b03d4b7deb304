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

function parseProxy(text: string, source: string, authorization: string | null): Proxy {
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // The text may hold a password, so it is not repeated.
    throw new Failure('settings', 'The address of the proxy has to begin with http:// or https://', {
      subject: source,
    });
  }
  return { url: url.origin, authorization: authorization ?? basicAuthorization(url) };
}

/**
 * The proxy on the way to the service: VS Code's setting, else `HTTPS_PROXY` (`HTTP_PROXY` for http) or
 * `ALL_PROXY`. A server on this machine is always reached directly: a proxy cannot see it, and a key for a
 * local server is nobody else's business.
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
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const found = [name, 'all_proxy'].find((each) => variable(env, each) !== '');
  return found === undefined
    ? undefined
    : parseProxy(variable(env, found), found.toUpperCase(), proxyAuthorization);
}
