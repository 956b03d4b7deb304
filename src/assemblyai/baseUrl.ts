import { Failure } from '../core/failures/failure';

/** Where AssemblyAI keeps its API; a key, its uploads and its transcripts belong to one of the two. */
export const regionBaseUrls = {
  us: 'https://api.assemblyai.com',
  eu: 'https://api.eu.assemblyai.com',
} as const;

/** Whether a host name means this machine itself: `localhost`, 127.0.0.0/8 or ::1. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/i.test(hostname);
}

/** A service's address. */
export interface BaseUrl {
  /** Scheme, host and port: what keys, uploads and transcripts belong to. */
  readonly origin: string;
  /** Host and port, for people. */
  readonly host: string;
  /** What comes before the paths of the API: '' or `/prefix`, without a slash at its end. */
  readonly path: string;
}

/**
 * Reads a service's address. Unencrypted HTTP would show the key and the recording to everyone on the way, so it
 * is only taken where there is no way: on this machine.
 *
 * @throws Failure `settings`
 */
export function parseBaseUrl(text: string): BaseUrl {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url === undefined) {
    throw refusal('The address of the service is not one such as https://api.assemblyai.com');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw refusal(
      'The address of the service has to begin with https://, or with http:// for a server on this machine',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw refusal('The address of the service may hold no user name and no password');
  }
  if (/[?#]/.test(text)) {
    throw refusal('The address of the service may hold no “?” and no “#”');
  }
  return { origin: url.origin, host: url.host, path: url.pathname.replace(/\/+$/, '') };
}

function refusal(reason: string): Failure {
  return new Failure('settings', reason, { subject: 'steno.customBaseUrl' });
}
