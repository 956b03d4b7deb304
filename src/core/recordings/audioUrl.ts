import { isDeletedUrl } from '../transcript/parseTranscript';
import { percentDecoded } from './webRecordingName';
import { oneLine } from '../text';

// What the address that a transcript was made from tells. It is taken apart as it was written, which `URL` would change.

interface WebAddress {
  /** With the port, and with the name and password that may stand before it. */
  readonly authority: string;
  readonly path: string;
  /** With `?` and `#`. */
  readonly rest: string;
}

function parseWeb(url: string): WebAddress | undefined {
  const [, authority, path = '', rest = ''] = /^https?:\/\/([^/?#\s]+)([^?#\s]*)(\S*)$/i.exec(url) ?? [];
  return authority === undefined ? undefined : { authority, path, rest };
}

/** Uploads lie under names that the service made up, and only it can read them. */
const uploadPath = /\/upload\/[\w-]+$/;

/** What is in the name of a parameter that lets whoever has it in. */
const secretName =
  /token|secret|signature|credential|passw|auth(?!or)|jwt|hmac|session|key(?:[-_]?pair)?[-_]?id$|key$|^x-(?:amz|goog)-/i;
const secretNames = /^(?:sig|sign|pwd|sas|hash|expires|policy|se|st|hdnea|hdnts|verify)$/i;

/** Whether a query lets whoever has it in: every host has names of its own for that. */
function isSecret(query: string): boolean {
  const names = query.split(/[?&;#]/).flatMap((part) => /^([^=]+)=/.exec(part)?.[1] ?? []);
  return names.map(percentDecoded).some((name) => secretName.test(name) || secretNames.test(name));
}

/** The address, if anybody may use it: not that of an upload, and without a password or signature. */
export function publicUrlOf(url: string): string | undefined {
  const web = parseWeb(url);
  if (web === undefined || isDeletedUrl(url)) {
    return undefined;
  }
  const isOpen = !web.authority.includes('@') && !isSecret(web.rest);
  return isOpen && !uploadPath.test(web.path) ? url : undefined;
}

/** Name of the file that an address leads to, or else of its host; undefined for uploads and what is no address. */
export function fileOrHostOf(url: string): string | undefined {
  const web = webOf(url);
  return web && (fileNameOf(url) ?? hostOf(web));
}

/** Name of the file that an address leads to; undefined where it tells none. */
export function fileNameOf(url: string): string | undefined {
  const last = webOf(url)?.path.split('/').at(-1) ?? '';
  return oneLine(percentDecoded(last)) || undefined;
}

/** Host and path of an address on the web, without what may be secret; undefined for uploads and what is no address. */
export function hostAndPathOf(url: string): string | undefined {
  const web = webOf(url);
  return web && oneLine(hostOf(web) + percentDecoded(web.path));
}

function webOf(url: string): WebAddress | undefined {
  const web = isDeletedUrl(url) ? undefined : parseWeb(url);
  return web === undefined || uploadPath.test(web.path) ? undefined : web;
}

function hostOf({ authority }: WebAddress): string {
  return authority.slice(authority.lastIndexOf('@') + 1);
}
