import { oneLine } from '../text';
import { isDeletedUrl } from '../transcript/parseTranscript';
import { percentDecoded } from './webRecordingName';

// Reads the address that a transcript was made from. It is not parsed by `URL`, which would change how it is written.

interface WebAddress {
  /** Host, with port, user name and password where the address has them. */
  readonly authority: string;
  readonly path: string;
  /** Query and fragment, with `?` and `#`. */
  readonly rest: string;
}

function parseWeb(url: string): WebAddress | undefined {
  if (!/^https?:\/\//i.test(url) || /\s/.test(url)) {
    return undefined;
  }
  const whole = url.slice(url.indexOf('//') + 2);
  const [beforeQuery = ''] = whole.split(/[?#]/, 1);
  const [authority = ''] = beforeQuery.split('/', 1);
  return authority === ''
    ? undefined
    : { authority, path: beforeQuery.slice(authority.length), rest: whole.slice(beforeQuery.length) };
}

/** The service gives uploads a random name, and only the service can read them. */
const uploadPath = /\/upload\/[\w-]+$/;

/** Parts of names of parameters that give access, such as tokens and signatures. */
const secretName =
  /token|secret|signature|credential|passw|auth(?!or)|jwt|hmac|session|key(?:[-_]?pair)?[-_]?id$|key$|^x-(?:amz|goog)-/i;
/** Short names of such parameters. */
const secretNames = /^(?:sig|sign|pwd|sas|hash|expires|policy|se|st|hdnea|hdnts|verify)$/i;

/** Whether a query contains a parameter that gives access. Each host has its own names for these. */
function isSecret(query: string): boolean {
  const names = query.split(/[?&;#]/).flatMap((part) => /^([^=]+)=/.exec(part)?.[1] ?? []);
  return names.map(percentDecoded).some((name) => secretName.test(name) || secretNames.test(name));
}

/** The address, if it can be shared: undefined for uploads, and for addresses with a password or signature. */
export function publicUrlOf(url: string): string | undefined {
  const web = parseWeb(url);
  if (web === undefined || isDeletedUrl(url)) {
    return undefined;
  }
  const isOpen = !web.authority.includes('@') && !isSecret(web.rest);
  return isOpen && !uploadPath.test(web.path) ? url : undefined;
}

/**
 * Name of the file at an address, or else of its host; undefined for uploads and for texts that are not web addresses.
 */
export function fileOrHostOf(url: string): string | undefined {
  const web = webOf(url);
  return web && (fileNameOf(url) ?? hostOf(web));
}

/** Name of the file at an address; undefined where the address has none. */
export function fileNameOf(url: string): string | undefined {
  const last = webOf(url)?.path.split('/').at(-1) ?? '';
  return oneLine(percentDecoded(last)) || undefined;
}

/**
 * Host and path of a web address, which are never secret; undefined for uploads and for texts that are not web
 * addresses.
 */
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
