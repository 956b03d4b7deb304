import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { readBytesSync } from '../node/readFiles';
import type { Environment } from './networkSettings';

/**
 * Files in which Linux distributions and OpenSSL keep the certificate authorities of the system. The first that exists
 * is used.
 */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** The variables that name files with certificates. */
const variables = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const;

/** A bundle of all authorities has a few hundred kilobytes. */
const bundleBytes = 16 * 1024 * 1024;

/** The certificates in a file, in PEM; undefined where there are none. Windows exports single ones in DER. */
function readCertificates(path: string | undefined): string | undefined {
  if (path === undefined || path === '') {
    return undefined;
  }
  try {
    const content = readBytesSync(path, bundleBytes);
    return content.includes('-----BEGIN')
      ? content.toString('latin1')
      : new X509Certificate(content).toString();
  } catch {
    return undefined;
  }
}

/** The variables that name a file without certificates in it, or none that can be read. Node ignores such files. */
export function unusableAuthorities(env: Environment): readonly string[] {
  return variables.filter((name) => {
    const path = env[name] ?? '';
    return path !== '' && readCertificates(path) === undefined;
  });
}

function systemAuthorities(env: Environment): readonly string[] {
  // Node 22.15 and later can ask the system, which is the only way on Windows and macOS.
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => readonly string[] };
  if (getCACertificates !== undefined && env['SSL_CERT_FILE'] === undefined) {
    return getCACertificates('system');
  }
  for (const path of [env['SSL_CERT_FILE'], ...systemBundles]) {
    const bundle = readCertificates(path);
    if (bundle !== undefined) {
      return [bundle];
    }
  }
  return [];
}

let cached: { readonly key: string; readonly context: tls.SecureContext } | undefined;

/**
 * The certificate authorities to trust: Node's own, the system's, and those of `NODE_EXTRA_CA_CERTS`. Node itself reads
 * that variable only when it starts, which may be too early in an extension host. The result is cached, since parsing a
 * few hundred certificates for each connection would be slow.
 *
 * @param withSystem whether to trust the system's authorities
 */
export function trustedContext(env: Environment, withSystem: boolean): tls.SecureContext {
  const key = JSON.stringify([withSystem, env['SSL_CERT_FILE'], env['NODE_EXTRA_CA_CERTS']]);
  if (cached?.key !== key) {
    const extra = readCertificates(env['NODE_EXTRA_CA_CERTS']);
    const ca = [
      ...tls.rootCertificates,
      ...(withSystem ? systemAuthorities(env) : []),
      ...(extra === undefined ? [] : [extra]),
    ];
    cached = { key, context: tls.createSecureContext({ ca }) };
  }
  return cached.context;
}
