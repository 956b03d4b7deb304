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
} from 'mediabunny';
import type { CodedSound } from '../codecs/codedSound';
import { readOpusHead } from '../codecs/opusFormat';
import { isSystemError } from '../sound/soundFailures';
import { laterFragments } from './mp4Fragments';

/** Files with a signature. Not HLS, whose files name other files; nor what `headers` and `frames` read without an index. */
const formats = [MP4, QTFF, MATROSKA, WEBM, OGG, MPEG_TS];

// What it has to say comes as errors; nothing reads the console.
Logging.level = LogLevel.Silent;

/** A file that mediabunny reads. */
export interface Container {
  readonly input: Input;
  readonly format: InputFormat;
  /** The fragments of an MP4 file that `input` leaves out; undefined where it gives all. */
  readonly later: Input | undefined;
  close(): void;
}

/** How the times of packets and those of the file's sound hang together, in seconds. */
export interface Timing {
  /** The container's time at the beginning of the file. */
  readonly origin: number;
  /** Decoded before the sound begins, and not heard: what the codec needs to get going. */
  readonly lead: number;
}

/**
 * @param file the same file, of so many bytes; it has to stay open as long as the container is
 * @returns undefined when the file is no container that mediabunny reads
 */
export async function openContainer(
  path: string,
  file: FileHandle,
  fileBytes: number,
): Promise<Container | undefined> {
  const input = new Input({ source: new FilePathSource(path), formats });
  try {
    const format = await input.getFormat();
    const fragments = isMp4(format) ? await laterFragments(file, fileBytes) : undefined;
    const later = fragments && new Input({ source: fragments, formats });
    return {
      input,
      format,
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

/** The sound track that players play: the one that is marked for it, or else the first; undefined where there is none. */
export async function playedTrack(input: Input): Promise<InputAudioTrack | undefined> {
  const tracks = await input.getAudioTracks();
  const marks = await Promise.all(tracks.map(async (track) => (await track.getDisposition()).default));
  return tracks[Math.max(0, marks.indexOf(true))];
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

/** Broadcasts begin at any time; other containers mean what they say. */
export async function readTiming(
  { input, format }: Container,
  sound: CodedSound | undefined,
): Promise<Timing> {
  return {
    origin: format === MPEG_TS ? await input.getFirstTimestamp() : 0,
    // The edit list of an MP4 file has skipped it already.
    lead: sound && !isMp4(format) ? leadOf(sound) : 0,
  };
}

/** @returns how much of what is decoded is not heard, in seconds */
export function leadOf({ codec, description }: CodedSound): number {
  return codec === 'opus' && description ? readOpusHead(description).preSkipSeconds : 0;
}

export const isMp4 = (format: InputFormat): boolean => format === MP4 || format === QTFF;
export const isMatroska = (format: InputFormat): boolean => format === MATROSKA || format === WEBM;
