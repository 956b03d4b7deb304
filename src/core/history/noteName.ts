import { fileNameOf } from '../recordings/audioUrl';
import { cleanText } from '../text';

/** How the note of a transcript is called that was not made from a recording on this machine. */
export interface NoteName {
  /** Of the file, which every system takes. */
  readonly fileName: string;
  /** Heading of the note. */
  readonly title: string;
}

/** Long enough for names, and short enough for every file system, whatever the script. */
const longestStem = 60;

/** Names that Windows keeps for devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * Named after the recording on the web, or else after the moment: `transcript-2026-11-22-0930.transcript.md`.
 *
 * @param created when the transcript was made; the parts of its name are those of the local time
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
  const safe = name
    .replace(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Surrogate}]/gu, '-')
    .slice(0, longestStem)
    .replace(/\p{Surrogate}$/u, '')
    .replace(/^[\s.-]+|[\s.-]+$/g, '');
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
