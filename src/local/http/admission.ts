import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { apiErrors, errorReply, type Reply } from '../api/replies';

/** In a time that tells nothing about the key. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/**
 * Whether a request comes from a program on this machine that means this server, and not from a web page: browsers
 * send `Origin`, and the name of a host that was made to resolve to this machine in `Host`. Undefined if so.
 *
 * @param port that this server listens to
 */
export function callerRefusal(headers: IncomingHttpHeaders, port: number): Reply | undefined {
  if (headers.origin !== undefined) {
    return errorReply(403, 'Requests of web pages are not accepted');
  }
  return [`127.0.0.1:${port}`, `localhost:${port}`].includes(headers.host ?? '')
    ? undefined
    : errorReply(403, 'Requests for other hosts are not accepted');
}

/** Undefined where the key is right. */
export function keyRefusal(headers: IncomingHttpHeaders, key: string): Reply | undefined {
  return isSame(headers.authorization ?? '', key) ? undefined : apiErrors.badKey;
}
