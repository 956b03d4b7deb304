import { fileNameOf } from '../recordings/audioUrl';
import { firstCharacters } from '../fileName';
import { cleanText, trimmedEnd } from '../text';

/** Names for the note of a transcript without a recording on this machine. */
export interface NoteName {
  /** File name that every operating system accepts. */
  readonly fileName: string;
  /** Heading of the note. */
  readonly title: string;
}

/** Short enough for every name that is made of it, whatever the file system. */
const maxBytes = 96;

/** Names that Windows reserves for devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * Names a note after the recording on the web, or else after the time: `transcript-2026-11-22-0930.transcript.md`.
 *
 * @param audioUrl address that the transcript was made from
 * @param created when the transcript was made; names have the local time
 */
export function noteNameFor(audioUrl: string, created: Date): NoteName {
  const name = cleanText(fileNameOf(audioUrl) ?? '').replace(/(?<=.)\.[a-z0-9]{1,5}$/i, '');
  const stem = safeStem(name);
  const { day, hours, minutes } = partsOf(created);
  return stem === ''
    ? {
        fileName: `transcript-${day}-${hours}${minutes}.transcript.md`,
        title: `Transcript of ${day}, ${hours}:${minutes}`,
      }
    : { fileName: `${stem}.transcript.md`, title: name };
}

function safeStem(name: string): string {
  const allowed = name.replace(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Surrogate}]/gu, '-');
  const short = firstCharacters(allowed, maxBytes, { counts: 'bytes' }).replace(/^[\s.-]+/, '');
  const safe = trimmedEnd(short, /[\s.-]/);
  return reserved.test(safe) ? safe.replace(reserved, '$&_') : safe;
}

function partsOf(date: Date): { readonly day: string; readonly hours: string; readonly minutes: string } {
  const two = (part: number): string => String(part).padStart(2, '0');
  return {
    day: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    hours: two(date.getHours()),
    minutes: two(date.getMinutes()),
  };
}
