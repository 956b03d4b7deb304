import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Dispatcher } from 'undici';
import { isWebPage } from '../core/failures/errorText';
import { asFailure, Failure, type FailureKind } from '../core/failures/failure';
import { codeOf } from '../node/errorCode';
import { exists, nameOnce, temporarySuffix } from '../node/files';
import { isLoopback, type BaseUrl } from './baseUrl';
import { abortFailure, headerValue, untilAborted } from './httpClient';
import { connectionFailure } from './httpFailures';

/** What a download needs. Files are on other hosts than the service, which do not get the key. */
export interface DownloadOptions {
  /** Of the service. */
  readonly baseUrl: BaseUrl;
  readonly dispatcher: Dispatcher;
  readonly userAgent: string;
  /** Creates a dispatcher for another host, for which other proxy rules may apply; `dispatcher` by default. */
  readonly dispatcherFor?: (address: BaseUrl) => Dispatcher;
  /** The most bytes that a file may have, other than the default. */
  readonly maxDownloadBytes?: number;
}

/** Ten hours of WAV at 48 kHz and 16 bits have 3.5 GB. */
const defaultMostBytes = 4_000_000_000;

const timeoutMs = 60_000;
const maxRedirects = 5;

/** The kind of failure for a status, where no key can be the reason. */
function kindOfStatus(status: number): FailureKind {
  if (status >= 500) {
    return 'server';
  }
  return status === 429 ? 'rateLimited' : 'unexpectedAnswer';
}

/**
 * Parses the address of a file. Unencrypted HTTP is only allowed on this machine, and only for a service on this
 * machine.
 */
function checkAddress(text: string, base: string | undefined, service: BaseUrl): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  const isHere =
    url?.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(new URL(service.origin).hostname);
  if (url === undefined || (url.protocol !== 'https:' && !isHere)) {
    throw new Failure('unexpectedAnswer', 'The file is at no address that is safe', { host: service.host });
  }
  return url;
}

/** The address that a response redirects to; undefined for a response with the file. @throws Failure for any other */
async function redirectOrFailure(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  host: string,
): Promise<string | undefined> {
  const isPage = isWebPage(headerValue(headers, 'content-type') ?? '', '');
  if (statusCode === 200 && !isPage) {
    return undefined;
  }
  // The body may repeat the address, which gives access to the file.
  await body.dump();
  const location = headerValue(headers, 'location');
  if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
    return location;
  }
  const message = isPage ? `HTTP ${statusCode}, a web page` : `HTTP ${statusCode}`;
  throw new Failure(kindOfStatus(statusCode), message, { host, status: statusCode });
}

/** Sends one request. Yields the bytes of the file as they arrive. @returns the address of a redirect */
async function* requestFile(
  options: DownloadOptions,
  url: URL,
  signal: AbortSignal,
): AsyncGenerator<Buffer, string | undefined, void> {
  const { origin, host, pathname, search } = url;
  const own = options.dispatcherFor?.({ origin, host, path: '' });
  try {
    signal.throwIfAborted();
    const response = await untilAborted(
      (own ?? options.dispatcher).request({
        origin,
        path: pathname + search,
        method: 'GET',
        signal,
        headers: { accept: '*/*', 'user-agent': options.userAgent },
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      }),
      signal,
    );
    const location = await redirectOrFailure(response, host);
    if (location === undefined) {
      yield* limited(response, host, options.maxDownloadBytes ?? defaultMostBytes);
    }
    return location;
  } catch (thrown) {
    throw signal.aborted
      ? abortFailure(signal)
      : connectionFailure(thrown, { host }, (text) => text.replaceAll(search, ''));
  } finally {
    await own?.destroy();
  }
}

/** The bytes of a response. @throws Failure `answerTooLarge`, at once where the response tells its length */
async function* limited(
  { headers, body }: Dispatcher.ResponseData,
  host: string,
  maxBytes: number,
): AsyncGenerator<Buffer, void, void> {
  const tooLarge = new Failure('answerTooLarge', `The file has more than ${maxBytes} bytes`, { host });
  if (Number(headerValue(headers, 'content-length') ?? 0) > maxBytes) {
    await body.dump();
    throw tooLarge;
  }
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw tooLarge;
    }
    yield chunk;
  }
}

async function* fetchBytes(
  options: DownloadOptions,
  address: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  let url = checkAddress(address, undefined, options.baseUrl);
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const location = yield* requestFile(options, url, signal);
    if (location === undefined) {
      return;
    }
    url = checkAddress(location, url.href, options.baseUrl);
  }
  throw new Failure('redirected', 'The way to the file has no end', { host: url.host });
}

/** Runs an action on a file; its failure is `fileUnwritable`, with the name of the file. */
async function onDisk<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (thrown) {
    const { message, cause } = asFailure(thrown);
    throw new Failure('fileUnwritable', message, { code: codeOf(thrown), subject: basename(file), cause });
  }
}

/**
 * Checks that a name is free.
 * @throws Failure `fileUnwritable` if there is a file, folder or link, even a broken one
 */
export async function checkNameIsFree(file: string): Promise<void> {
  if (await exists(file)) {
    const facts = { code: 'EEXIST', subject: basename(file) };
    throw new Failure('fileUnwritable', 'Something has that name', facts);
  }
}

/**
 * Downloads a file from another host. The file appears only when it is complete.
 *
 * @param address as the service sent it
 * @param file absolute path that is still free
 * @param token part of the temporary file's name. With the same token, the next download removes what a crash has left.
 * @throws Failure
 */
export async function downloadToNewFile(
  options: DownloadOptions,
  address: string,
  file: string,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const temporary = join(dirname(file), `.${token}${temporarySuffix}`);
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
    await onDisk(file, () => nameOnce(temporary, file));
  } finally {
    await rm(temporary, { force: true });
  }
}
