import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import type { Environment } from './networkSettings';

/** Where Linux distributions and OpenSSL keep the system's authorities in one file; the first that is there counts. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

function readIfThere(path: string | undefined): string | undefined {
  if (path === undefined || path === '') {
    return undefined;
  }
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function systemAuthorities(env: Environment): readonly string[] {
  // From Node 22.15 on it can ask the system itself, which Windows and macOS need.
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => readonly string[] };
  if (getCACertificates !== undefined && env['SSL_CERT_FILE'] === undefined) {
    return getCACertificates('system');
  }
  for (const path of [env['SSL_CERT_FILE'], ...systemBundles]) {
    const bundle = readIfThere(path);
    if (bundle !== undefined) {
      return [bundle];
    }
  }
  return [];
}

let remembered: { readonly key: string; readonly context: tls.SecureContext } | undefined;

/**
 * Whom to trust: Node's own authorities, the system's, and those of `NODE_EXTRA_CA_CERTS`. The last are read
 * here because Node reads that variable when it starts, and an editor's extension host has often started by
 * then. Made at its first use and kept: parsing a few hundred certificates for each connection would be slow.
 *
 * @param withSystem whether the system's authorities count
 */
export function trustedContext(env: Environment, withSystem: boolean): tls.SecureContext {
  const key = JSON.stringify([withSystem, env['SSL_CERT_FILE'], env['NODE_EXTRA_CA_CERTS']]);
  if (remembered?.key !== key) {
    const extra = readIfThere(env['NODE_EXTRA_CA_CERTS']);
    const ca = [
      ...tls.rootCertificates,
      ...(withSystem ? systemAuthorities(env) : []),
      ...(extra === undefined ? [] : [extra]),
    ];
    remembered = { key, context: tls.createSecureContext({ ca }) };
  }
  return remembered.context;
}
