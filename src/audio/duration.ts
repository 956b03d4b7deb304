import { open, type FileHandle } from 'node:fs/promises';
import {
  FilePathSource,
  FLAC,
  Input,
  MATROSKA,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WEBM,
  type InputFormat,
  type InputTrack,
} from 'mediabunny';
import { bareFramesSeconds } from './frames/bareFrames';
import { aiff } from './headers/aiff';
import { asf } from './headers/asf';
import { au } from './headers/au';
import { flv } from './headers/flv';
import { lastBlockSeconds } from './headers/matroskaEnd';
import { wav } from './headers/wav';
import { readAt } from '../node/readRange';

/** What mediabunny reads, except for what it has to read from end to end, or only in some codecs. */
const formats = [MP4, QTFF, MATROSKA, WEBM, OGG, FLAC, MPEG_TS];
const headerReaders = [wav, aiff, au, asf, flv];

/** Enough for all headers that are looked at as a whole. */
const headBytes = 2 ** 15;
/** Files that were cut out of others begin in the middle of a frame, and some have a tag that is longer than it says. */
const mostBeforeFrames = 2 ** 16;

/**
 * How many seconds a recording takes, by what is in it, whatever its name says. Only its beginning, its end and some places
 * between are read. Null where it does not say, and for whatever is no recording.
 */
export async function durationOf(path: string): Promise<number | null> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const seconds = await secondsOf(file, path, size);
    return seconds !== null && Number.isFinite(seconds) && seconds > 0 ? seconds : null;
  } catch {
    // Damaged, or no longer there: whoever sends it will find out, and say so.
    return null;
  } finally {
    await file.close();
  }
}

async function secondsOf(file: FileHandle, path: string, size: number): Promise<number | null> {
  const head = await readAt(file, 0, headBytes);
  const reader = headerReaders.find((each) => each.claims(head));
  if (reader) {
    return reader.seconds(file, size, head);
  }
  const frames = await bareFramesSeconds(file, size, 0);
  if (frames !== undefined) {
    return frames;
  }
  const input = new Input({ source: new FilePathSource(path), formats });
  try {
    if (await input.canRead()) {
      return await containerSeconds(input, file, size, head);
    }
  } finally {
    input.dispose();
  }
  return (await bareFramesSeconds(file, size, mostBeforeFrames)) ?? null;
}

async function containerSeconds(
  input: Input,
  file: FileHandle,
  size: number,
  head: Buffer,
): Promise<number | null> {
  const format = await input.getFormat();
  const tracks = await soundOrAll(input);
  const seconds = await input.getDurationFromMetadata(tracks);
  if (seconds !== null) {
    return seconds;
  }
  if (isMatroska(format)) {
    const last = await lastBlockSeconds(file, size, head);
    if (last !== undefined) {
      return last;
    }
  }
  // Broadcasts begin at any time.
  const origin = format === MPEG_TS ? await input.getFirstTimestamp() : 0;
  return (await input.computeDuration(tracks, { metadataOnly: true })) - origin;
}

const isMatroska = (format: InputFormat): boolean => format === MATROSKA || format === WEBM;

/** What is transcribed is the sound; a picture may go on without it. */
async function soundOrAll(input: Input): Promise<InputTrack[]> {
  const sound = await input.getAudioTracks();
  return sound.length > 0 ? sound : input.getTracks();
}
