import type { FileHandle } from 'node:fs/promises';
import {
  FilePathSource,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WEBM,
  type InputAudioTrack,
  type InputFormat,
  type Source,
} from 'mediabunny';
import type { CodedSound } from '../codecs/codedSound';
import { readOpusHead } from '../codecs/opusFormat';
import { oggEnd } from '../frames/oggEnd';
import { findTsPackets } from '../headers/tsPackets';
import { isSystemError } from '../sound/soundFailures';
import { matroskaView, shortenedView, sourceOf, tsView, type FileView } from './fileView';
import { laterFragments } from './mp4Fragments';
import { readAt } from '../../node/readRange';

/** HLS is not among them: its files name other files. What has no index is read by `headers` and `frames`. */
const formats = [MP4, QTFF, MATROSKA, WEBM, OGG, MPEG_TS];

/** In seconds: what begins later has another clock. */
const maxFirstSilence = 10;
/** In so many bytes, some packets of a transport stream begin. */
const tsHeadBytes = 2 ** 11;

// Everything of interest arrives as an error; nothing reads the console.
Logging.level = LogLevel.Silent;

/** A file that mediabunny reads. */
export interface Container {
  readonly input: Input;
  readonly format: InputFormat;
  /** How many bytes of the file are read: not the zeros at its end, where they cannot be sound. */
  readonly size: number;
  /** Reads the fragments of an MP4 file that `input` leaves out; undefined where it leaves out none. */
  readonly later: Input | undefined;
  close(): void;
}

/** How to get from the time of a packet to its time in the sound, in seconds. */
export interface Timing {
  /** What the container's clock shows at the beginning of the file. */
  readonly origin: number;
  /** How much the codec decodes before the sound begins; it is not heard. */
  readonly lead: number;
}

/**
 * Opens a file with mediabunny.
 *
 * @param file the same file; it has to stay open as long as the container
 * @param fileBytes its size
 * @param contentsBytes where its last byte other than 0 ends
 * @returns undefined when mediabunny does not know the format
 * @throws what the disk reports
 */
export async function openContainer(
  path: string,
  file: FileHandle,
  fileBytes: number,
  contentsBytes: number,
): Promise<Container | undefined> {
  const packets = findTsPackets(await readAt(file, 0, tsHeadBytes));
  const ts = packets && (await tsView(file, packets, fileBytes, contentsBytes));
  let input = new Input<Source>({ source: ts ? sourceOf(ts) : new FilePathSource(path), formats });
  try {
    const format = await input.getFormat();
    const view = await viewOf(format, file, fileBytes, contentsBytes);
    if (view) {
      input.dispose();
      input = new Input({ source: sourceOf(view), formats });
    }
    const fragments = isMp4(format) ? await laterFragments(file, fileBytes) : undefined;
    const later = fragments && new Input({ source: fragments, formats });
    return {
      input,
      format,
      size: Math.min(fileBytes, view?.size ?? fileBytes),
      later,
      close() {
        input.dispose();
        later?.dispose();
      },
    };
  } catch (thrown) {
    input.dispose();
    if (isSystemError(thrown)) {
      throw thrown;
    }
    return undefined;
  }
}

/** @returns what mediabunny can read of a file that it cannot read as it is; undefined for others */
async function viewOf(
  format: InputFormat,
  file: FileHandle,
  fileBytes: number,
  contentsBytes: number,
): Promise<FileView | undefined> {
  if (isMatroska(format)) {
    return matroskaView(file, fileBytes, contentsBytes);
  }
  // In other formats, zeros may be sound.
  const end = format === OGG ? await oggEnd(file, fileBytes, contentsBytes) : fileBytes;
  return end < fileBytes ? shortenedView(file, end) : undefined;
}

/** What the container says of a track; undefined where its codec has no name. */
export async function codedSound(track: InputAudioTrack): Promise<CodedSound | undefined> {
  const codec = await track.getCodec();
  if (codec === null) {
    return undefined;
  }
  // The type is that of browsers.
  const config: { readonly description?: ArrayBuffer | ArrayBufferView } | null =
    await track.getDecoderConfig();
  const description = config?.description;
  return {
    codec,
    sampleRate: await track.getSampleRate(),
    channels: await track.getNumberOfChannels(),
    description: description && bytesOf(description),
  };
}

function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

/**
 * The clock of a broadcast shows any time at its beginning, as does that of a recording that was cut out of a longer one or written
 * by a browser. Where others begin a little later than at 0, that is silence.
 */
export async function readTiming(
  { input, format }: Container,
  sound: CodedSound | undefined,
): Promise<Timing> {
  const first = await input.getFirstTimestamp();
  return {
    origin: format === MPEG_TS || first > maxFirstSilence ? first : 0,
    // In MP4 the edit list has already left it out.
    lead: sound && !isMp4(format) ? leadOf(sound) : 0,
  };
}

/** How much of the beginning of what is decoded is not heard, in seconds. */
export function leadOf({ codec, description }: CodedSound): number {
  return codec === 'opus' && description ? readOpusHead(description).preSkipSeconds : 0;
}

export const isMp4 = (format: InputFormat): boolean => format === MP4 || format === QTFF;
export const isMatroska = (format: InputFormat): boolean => format === MATROSKA || format === WEBM;
