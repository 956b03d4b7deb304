import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { apiErrors, errorReply, type Reply } from '../api/replies';

/** Compares two texts in a time that does not depend on where they differ. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/**
 * Refuses requests that do not come from a program on this machine meant for this server. Browsers give themselves away:
 * they send `Origin`, and for a host name that a web page had resolved to this machine, that name in `Host`.
 *
 * @param port the port of this server
 * @returns undefined if the request may pass
 */
export function callerRefusal(headers: IncomingHttpHeaders, port: number): Reply | undefined {
  if (headers.origin !== undefined) {
    return errorReply(403, 'Requests from web pages are not accepted');
  }
  return [`127.0.0.1:${port}`, `localhost:${port}`].includes(headers.host ?? '')
    ? undefined
    : errorReply(403, 'Requests for other hosts are not accepted');
}

/**
 * Refuses requests with a wrong API key, or none.
 *
 * @returns undefined if the key is right
 */
export function keyRefusal(headers: IncomingHttpHeaders, key: string): Reply | undefined {
  return isSame(headers.authorization ?? '', key) ? undefined : apiErrors.badKey;
}
