import { constants } from 'node:fs';
import { copyFile, link, lstat, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Dispatcher } from 'undici';
import { asFailure, Failure, type FailureKind } from '../core/failures/failure';
import { isWebPage } from '../core/failures/errorText';
import { isLoopback, type BaseUrl } from './baseUrl';
import { abortFailure, headerValue, untilAborted } from './httpClient';
import { connectionFailure } from './httpFailures';

/** How files are fetched that lie elsewhere than the service: without its key. */
export interface DownloadOptions {
  readonly baseUrl: BaseUrl;
  readonly dispatcher: Dispatcher;
  readonly userAgent: string;
  /** The way to another host, for which other rules may hold; closed after use. Left out, it is that to the service. */
  readonly dispatcherFor?: (address: BaseUrl) => Dispatcher;
}

const silenceMs = 60_000;
const mostRedirects = 5;

/** What a status means where there is no key that could be wrong. */
function kindOfStatus(status: number): FailureKind {
  if (status >= 500) {
    return 'server';
  }
  return status === 429 ? 'rateLimited' : 'unexpectedAnswer';
}

/** Unencrypted only on this machine, and only if the service is there as well: no other has a say in what is asked here. */
function checkAddress(text: string, base: string | undefined, service: BaseUrl): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  const isHere =
    url?.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(new URL(service.origin).hostname);
  if (url === undefined || (url.protocol !== 'https:' && !isHere)) {
    throw new Failure('unexpectedAnswer', 'The file is at no address that is safe', { host: service.host });
  }
  return url;
}

/** Where else the file is; undefined where it is this answer. @throws Failure where it is neither */
async function elsewhereOrFailure(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  host: string,
): Promise<string | undefined> {
  const isPage = isWebPage(headerValue(headers, 'content-type') ?? '', '');
  if (statusCode === 200 && !isPage) {
    return undefined;
  }
  // What storages say of an error repeats the address, which is as good as a key.
  await body.dump();
  const location = headerValue(headers, 'location');
  if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
    return location;
  }
  const message = isPage ? `HTTP ${statusCode}, a web page` : `HTTP ${statusCode}`;
  throw new Failure(kindOfStatus(statusCode), message, { host, status: statusCode });
}

/** One exchange: the bytes as they come, or where else they are. */
async function* exchange(
  options: DownloadOptions,
  url: URL,
  signal: AbortSignal,
): AsyncGenerator<Buffer, string | undefined, void> {
  const { origin, host, pathname, search } = url;
  const own = options.dispatcherFor?.({ origin, host, path: '' });
  try {
    signal.throwIfAborted();
    const answer = await untilAborted(
      (own ?? options.dispatcher).request({
        origin,
        path: pathname + search,
        method: 'GET',
        signal,
        headers: { accept: '*/*', 'user-agent': options.userAgent },
        headersTimeout: silenceMs,
        bodyTimeout: silenceMs,
      }),
      signal,
    );
    const location = await elsewhereOrFailure(answer, host);
    if (location !== undefined) {
      return location;
    }
    yield* answer.body as AsyncIterable<Buffer>;
    return undefined;
  } catch (thrown) {
    throw signal.aborted
      ? abortFailure(signal)
      : connectionFailure(thrown, { host }, (text) => text.replaceAll(search, ''));
  } finally {
    await own?.destroy();
  }
}

async function* fetchBytes(
  options: DownloadOptions,
  address: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  let url = checkAddress(address, undefined, options.baseUrl);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const location = yield* exchange(options, url, signal);
    if (location === undefined) {
      return;
    }
    url = checkAddress(location, url.href, options.baseUrl);
  }
  throw new Failure('redirected', 'The way to the file has no end', { host: url.host });
}

/** Does something to a file on disk; whatever fails is said of that file. */
async function onDisk<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (thrown) {
    const { message, cause } = asFailure(thrown);
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
    throw new Failure('fileUnwritable', message, { code, subject: basename(file), cause });
  }
}

/** @throws Failure `fileUnwritable` when something, even a dangling link, has that name */
export async function checkNameIsFree(file: string): Promise<void> {
  const isThere = await lstat(file).then(
    () => true,
    () => false,
  );
  if (isThere) {
    const facts = { code: 'EEXIST', subject: basename(file) };
    throw new Failure('fileUnwritable', 'Something has that name', facts);
  }
}

/** Gives a finished file its name, never over another one. */
async function claim(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch {
    // Some file systems (exFAT, some network shares) know no hard links. Where the name is taken, this fails as well.
    await copyFile(temporary, file, constants.COPYFILE_EXCL);
  }
}

/**
 * Downloads a file from wherever it lies; it is there as a whole, or not at all.
 *
 * @param address as the service has told it
 * @param file absolute path; nothing may have that name
 * @param token makes the name of the unfinished file its own: given the same again, what a crash left of it goes
 * @throws Failure
 */
export async function downloadToNewFile(
  options: DownloadOptions,
  address: string,
  file: string,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const temporary = join(dirname(file), `.${token}.steno-tmp`);
  await onDisk(file, () => rm(temporary, { force: true }));
  const handle = await onDisk(file, () => open(temporary, 'wx'));
  try {
    try {
      let bytes = 0;
      for await (const chunk of fetchBytes(options, address, signal)) {
        await onDisk(file, () => handle.appendFile(chunk));
        bytes += chunk.length;
      }
      if (bytes === 0) {
        throw new Failure('unexpectedAnswer', 'The file is empty', { host: options.baseUrl.host });
      }
    } finally {
      await handle.close();
    }
    await onDisk(file, () => claim(temporary, file));
  } finally {
    await rm(temporary, { force: true });
  }
}
