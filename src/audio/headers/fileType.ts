/** What tells a kind of file: bytes (as Latin-1) at a place near its beginning. */
interface Signature {
  readonly at?: number;
  readonly bytes: string;
  readonly name: string;
}

/** Files with sound that are not read here; names as people know them. */
const unreadable: readonly Signature[] = [
  { bytes: '\x30\x26\xb2\x75\x8e\x66\xcf\x11', name: 'Windows Media (WMA)' },
  { at: 8, bytes: 'AVI ', name: 'AVI video' },
  { bytes: '#!AMR', name: 'AMR' },
  { bytes: 'caff', name: 'Core Audio (CAF)' },
  { bytes: 'riff\x2e\x91\xcf\x11', name: 'Wave64' },
  { bytes: 'MAC ', name: "Monkey's Audio (APE)" },
  { bytes: 'wvpk', name: 'WavPack' },
  { bytes: 'TTA', name: 'True Audio (TTA)' },
  { bytes: 'FLV\x01', name: 'Flash video' },
  { bytes: '.RMF', name: 'RealMedia' },
  { bytes: '.ra\xfd', name: 'RealAudio' },
  { bytes: '\x0b\x77', name: 'Dolby Digital (AC-3)' },
  { bytes: '\x02dss', name: 'Digital Speech Standard (DSS)' },
  { bytes: '\x03ds2', name: 'Digital Speech Standard (DSS)' },
  { bytes: 'FORM', name: 'IFF' },
  { bytes: 'Creative Voice File', name: 'Creative Voice (VOC)' },
  { bytes: '\x06\x0e\x2b\x34', name: 'MXF video' },
  { bytes: '\0\0\x01\xba', name: 'MPEG program stream' },
  { bytes: 'MThd', name: 'MIDI' },
];

const others: readonly Signature[] = [
  { bytes: '%PDF', name: 'application/pdf' },
  { bytes: 'PK\x03\x04', name: 'application/zip' },
  { bytes: '\x1f\x8b', name: 'application/gzip' },
  { bytes: '\x89PNG', name: 'image/png' },
  { bytes: '\xff\xd8\xff', name: 'image/jpeg' },
  { bytes: 'GIF8', name: 'image/gif' },
  { at: 8, bytes: 'WEBP', name: 'image/webp' },
  { at: 4, bytes: 'ftyphei', name: 'image/heic' },
  { at: 4, bytes: 'ftypavif', name: 'image/avif' },
  { bytes: '\x7fELF', name: 'application/x-executable' },
  { bytes: 'SQLite format 3', name: 'application/vnd.sqlite3' },
];

/** The name of a kind of sound file that is known, but not read. */
export function unreadableSound(head: Uint8Array): string | undefined {
  return find(unreadable, latin1(head));
}

/** What a file that has no sound seems to be, as a media type, or `unknown`. */
export function fileType(head: Uint8Array): string {
  const text = latin1(head);
  return find(others, text) ?? textType(head, text) ?? 'unknown';
}

function find(signatures: readonly Signature[], text: string): string | undefined {
  return signatures.find(({ at = 0, bytes }) => text.startsWith(bytes, at))?.name;
}

function textType(head: Uint8Array, text: string): string | undefined {
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^(<!doctype html|<html|<head|<body)/i.test(start)) {
    return 'text/html';
  }
  if (start.startsWith('<?xml') || start.startsWith('<svg')) {
    return 'text/xml';
  }
  if (head.length === 0 || head.some((byte) => byte < 9 || (byte > 13 && byte < 27))) {
    return undefined;
  }
  return /^[[{]\s*["[{\d\]}]/.test(start) ? 'application/json' : 'text/plain';
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
