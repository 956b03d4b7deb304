import { Failure } from '../core/failures/failure';
import { trimmedEnd } from '../core/text';

/** The base URLs of AssemblyAI's API by region. A key, its uploads and its transcripts belong to one region. */
export const regionBaseUrls = {
  us: 'https://api.assemblyai.com',
  eu: 'https://api.eu.assemblyai.com',
} as const;

/** Whether a host name stands for this machine: `localhost`, 127.0.0.0/8 or ::1. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/i.test(hostname);
}

/** The base URL of a service, in parts. */
export interface BaseUrl {
  /** Scheme, host and port. Keys, uploads and transcripts belong to an origin. */
  readonly origin: string;
  /** Host and port, to be shown. */
  readonly host: string;
  /** Prefix of the API's paths: '' or `/prefix`, without a slash at the end. */
  readonly path: string;
}

/**
 * Parses the base URL of a service. Unencrypted HTTP is only allowed on this machine, since it would expose the key and
 * recordings on a network.
 *
 * @throws Failure `settings`
 */
export function parseBaseUrl(text: string): BaseUrl {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url === undefined) {
    throw refusal('The address of the service does not look like https://api.assemblyai.com');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw refusal(
      'The address of the service has to begin with https://, or with http:// for a server on this machine',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw refusal('The address of the service must not contain a user name or password');
  }
  if (/[?#]/.test(text)) {
    throw refusal('The address of the service must not contain “?” or “#”');
  }
  return { origin: url.origin, host: url.host, path: trimmedEnd(url.pathname, /\//) };
}

function refusal(reason: string): Failure {
  return new Failure('settings', reason, { subject: 'steno.customBaseUrl' });
}
