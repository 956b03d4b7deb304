import type { FileHandle } from 'node:fs/promises';
import { codecName } from './codecs/codecName';
import { openContainer, type Container } from './containers/container';
import { containerLength } from './containers/containerLength';
import { ac3Seconds } from './frames/ac3';
import { amrSeconds } from './frames/amr';
import { findFlac, type FlacFile } from './frames/flacFile';
import { BlockReader } from './frames/blockReader';
import { skipTags } from './frames/tags';
import { findFrames, type FrameFile } from './frames/frameFile';
import { contentsEnd } from './frames/trailingZeros';
import { isAiff, readAiff } from './headers/aiff';
import { asfSeconds, isAsf } from './headers/asf';
import { isAu, readAu } from './headers/au';
import { fileType, unreadableSound } from './headers/fileType';
import { flvSeconds, isFlv } from './headers/flv';
import type { RawSound } from './headers/rawSound';
import { isWav, readWav } from './headers/wav';
import { openFile } from '../node/openFile';
import { readAt } from '../node/readRange';

/** What is in a recording, as far as its beginning tells. */
type Contents =
  /** Uncompressed samples; undefined where a part of their header is missing. */
  | { readonly kind: 'raw'; readonly sound: RawSound | undefined }
  | { readonly kind: 'frames'; readonly frames: FrameFile }
  | { readonly kind: 'flac'; readonly flac: FlacFile }
  | {
      readonly kind: 'container';
      readonly container: Container;
      /** When the sound ends and an encoder's padding follows, in seconds; undefined where all of it is sound. */
      readonly endSeconds: number | undefined;
    }
  /** Sound that is not decoded here; the name is the one people know. */
  | { readonly kind: 'unsupported'; readonly name: string }
  /** Something else: its media type, or `unknown`. */
  | { readonly kind: 'notSound'; readonly fileType: string };

/** What a file turned out to be. */
interface Found {
  readonly contents: Contents;
  /** As the file says, which may be nonsense. */
  readonly seconds: number | undefined;
}

/** A recording that is open. */
export interface Recording {
  readonly file: FileHandle;
  readonly contents: Contents;
  /** How long its sound is or, where it has none, its picture; undefined where the file does not tell. */
  readonly seconds: number | undefined;
  /** No recording of that size is longer. */
  readonly maxSeconds: number;
  close(): Promise<void>;
}

/** A file whose contents are to be recognised. */
interface Opened {
  readonly path: string;
  readonly file: FileHandle;
  readonly bytes: number;
  /** Where its last byte other than 0 ends. */
  readonly contentsBytes: number;
  readonly head: Buffer;
}

/** Headers that are read as a whole are shorter than this. */
const headBytes = 2 ** 15;
/**
 * How many bytes a second of any compressed recording has at least: Opus needs 20 for silence in WebM, where it sends a packet of
 * some bytes every 400 ms (RFC 7587, section 3.1.3).
 */
const leastBytes = 16;
/** FLAC needs about 15 bytes for the silence of a block, which has up to 65,535 samples: RFC 9639, sections 9.1 and 9.2.3. */
const leastFlacBytes = 1;
/** A file that was cut out of another begins in the middle of a frame, and some tags are longer than they say. */
const maxBeforeFrames = 2 ** 16;

/**
 * Opens a recording by its contents; its name does not count. Reads its beginning, its end with the zeros there, and some places
 * between. Only in frames without a table, it counts headers up to 64 MB.
 *
 * @throws what the disk reports; AudioError when the file is damaged
 */
export async function openRecording(path: string): Promise<Recording> {
  const { handle: file, sizeBytes: bytes } = await openFile(path);
  try {
    const head = await readAt(file, 0, headBytes);
    const { contents, seconds = NaN } = await identify({
      path,
      file,
      bytes,
      contentsBytes: await contentsEnd(file, bytes),
      head,
    });
    const maxSeconds = bytes / (contents.kind === 'flac' ? leastFlacBytes : leastBytes);
    return {
      file,
      contents,
      seconds: seconds > 0 && seconds <= maxSeconds ? seconds : undefined,
      maxSeconds,
      async close() {
        if (contents.kind === 'container') {
          contents.container.close();
        }
        await file.close();
      },
    };
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

async function identify(opened: Opened): Promise<Found> {
  const { head } = opened;
  const raw = await readRaw(opened);
  if (raw) {
    return raw;
  }
  const name = unreadableSound(head);
  if (name !== undefined) {
    return { contents: { kind: 'unsupported', name }, seconds: await unsupportedSeconds(opened) };
  }
  // A file that begins with frames is nothing else, but elsewhere frames may be a part of other files.
  const found = (await readFrameFile(opened, 0)) ?? (await readFlac(opened)) ?? (await readContainer(opened));
  if (found) {
    return found;
  }
  const type = fileType(head);
  const cut = type === 'unknown' ? await readFrameFile(opened, maxBeforeFrames) : undefined;
  return cut ?? { contents: { kind: 'notSound', fileType: type }, seconds: undefined };
}

async function readRaw({ file, bytes, head: first }: Opened): Promise<Found | undefined> {
  const start = await skipTags(BlockReader.of(file), 0);
  const head = start === 0 ? first : await readAt(file, start, headBytes);
  if (isWav(head)) {
    const { codec, sound, seconds } = await readWav(file, start, head, bytes);
    if (codec !== undefined) {
      return { contents: { kind: 'unsupported', name: codecName(`WAV ${codec}`) }, seconds };
    }
    return { contents: { kind: 'raw', sound }, seconds };
  }
  const header = isAiff(head)
    ? await readAiff(file, start, bytes)
    : isAu(first)
      ? readAu(head, bytes)
      : undefined;
  return header && { contents: { kind: 'raw', sound: header.sound }, seconds: header.seconds };
}

async function unsupportedSeconds({ file, contentsBytes, head }: Opened): Promise<number | undefined> {
  if (isAsf(head)) {
    return asfSeconds(head);
  }
  if (isFlv(head)) {
    return flvSeconds(file, contentsBytes);
  }
  return (await amrSeconds(file, head, contentsBytes)) ?? (await ac3Seconds(file, contentsBytes));
}

async function readFrameFile(
  { file, bytes, contentsBytes }: Opened,
  maxBefore: number,
): Promise<Found | undefined> {
  const frames = await findFrames(file, bytes, contentsBytes, maxBefore);
  if (frames === 'freeFormat') {
    return { contents: { kind: 'unsupported', name: 'MP3 in the free format' }, seconds: undefined };
  }
  return frames && { contents: { kind: 'frames', frames }, seconds: frames.seconds };
}

async function readFlac({ file, bytes, contentsBytes }: Opened): Promise<Found | undefined> {
  const flac = await findFlac(file, bytes, contentsBytes);
  return flac && { contents: { kind: 'flac', flac }, seconds: flac.seconds };
}

async function readContainer(opened: Opened): Promise<Found | undefined> {
  const { path, file, bytes, contentsBytes } = opened;
  const container = await openContainer(path, file, bytes, contentsBytes);
  if (!container) {
    return undefined;
  }
  try {
    const { seconds, endSeconds } = await containerLength(container, file);
    return { contents: { kind: 'container', container, endSeconds }, seconds };
  } catch (thrown) {
    container.close();
    throw thrown;
  }
}
