import { fittingName } from '../fileName';
import { trimmedEnd } from '../text';

/** Short enough for every name that is made of it, whatever the file system and the script. */
const maxBytes = 96;

/** Characters that a file name cannot have on at least one operating system. */
const forbidden = /[\p{Cc}\\/:*?"<>|]+/gu;

/**
 * The name of a recording on the web: the last part of its path, or else its host, as a name that every operating
 * system accepts.
 *
 * @example webRecordingName('https://example.com/talks/one.mp3?x=1') // 'one.mp3'
 */
export function webRecordingName(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const last = url?.pathname.split('/').findLast((part) => part !== '') ?? '';
  const name = fileName(percentDecoded(last)) || fileName(url?.hostname ?? '');
  return name === '' ? 'recording' : name;
}

function fileName(text: string): string {
  const name = fittingName(text.replace(forbidden, '-'), { most: maxBytes, counts: 'bytes' });
  // A file is hidden if its name begins with a dot, and Windows allows no dot at the end.
  return trimmedEnd(name.replace(/^[.\s-]+/, ''), /[.\s]/);
}

/** A part of an address without percent-encoding; unchanged where its encoding is not valid. */
export function percentDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
