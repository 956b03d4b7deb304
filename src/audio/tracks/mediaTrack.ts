import type { FileHandle } from 'node:fs/promises';
import {
  EncodedPacketSink,
  FilePathSource,
  FLAC,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
  type InputAudioTrack,
  type InputFormat,
} from 'mediabunny';
import { codecName, type CodedSound } from '../codecs/codecs';
import type { Packet } from './decodePackets';
import { damaged, isSystemError, unsupported, withoutSound } from '../sound/soundFailures';
import { readOpusHead } from '../codecs/opus';
import { openPacketTrack } from './packetTrack';
import type { Track } from './track';

/** Files with a signature. Not HLS, whose files name other files; nor bare frames, which are read without an index. */
const formats = [MP4, QTFF, MATROSKA, WEBM, WAVE, OGG, FLAC, MPEG_TS];

// What it has to say comes as errors; nobody looks at the console.
Logging.level = LogLevel.Silent;

/** How the times of packets and those of the file's sound hang together, in seconds. */
interface Timing {
  /** The container's time at the beginning of the file. */
  readonly origin: number;
  /** Decoded before the sound begins, and not heard: what the codec needs to get going. */
  readonly lead: number;
  /** Whether the times of all packets but the first are free of the lead. */
  readonly leadIsKnown: boolean;
}

/**
 * Opens the first sound track of a file that mediabunny reads.
 *
 * @param file the same file; closed with the track
 * @returns undefined when the file is none of these
 * @throws AudioError
 */
export async function openMediaTrack(path: string, file: FileHandle): Promise<Track | undefined> {
  const input = new Input({ source: new FilePathSource(path), formats });
  try {
    const format = await recognise(input);
    if (!format) {
      input.dispose();
      return undefined;
    }
    const track = await soundTrack(input, format);
    const sound = await describe(track);
    const timing = await readTiming(input, format, track, sound);
    return await openPacketTrack({
      sound,
      durationSeconds: await duration(track, format),
      endSeconds: undefined,
      packets: (from) => packetsOf(track, from === undefined ? undefined : from + timing.origin),
      place: (packet, isFirst) => place(timing, packet, isFirst),
      timesGrow: () => Promise.resolve(true),
      async close() {
        input.dispose();
        await file.close();
      },
    });
  } catch (thrown) {
    input.dispose();
    throw thrown;
  }
}

/** @param from of the container's time */
async function* packetsOf(track: InputAudioTrack, from: number | undefined): AsyncGenerator<Packet> {
  const sink = new EncodedPacketSink(track);
  const first = from === undefined ? undefined : await sink.getPacket(from);
  yield* sink.packets(first ?? undefined);
}

async function recognise(input: Input): Promise<InputFormat | undefined> {
  try {
    return await input.getFormat();
  } catch (thrown) {
    if (isSystemError(thrown)) {
      throw thrown;
    }
    return undefined;
  }
}

async function soundTrack(input: Input, format: InputFormat): Promise<InputAudioTrack> {
  const [track] = await input.getAudioTracks();
  if (track) {
    return track;
  }
  if ((await input.getVideoTracks()).length > 0) {
    throw withoutSound();
  }
  // In Ogg, tracks in other codecs are as if they were not there.
  throw format === OGG ? unsupported('The sound of this Ogg file') : damaged();
}

async function describe(track: InputAudioTrack): Promise<CodedSound> {
  const codec = await track.getCodec();
  if (codec === null) {
    const id = await track.getInternalCodecId();
    throw unsupported(
      codecName(typeof id === 'object' ? Buffer.from(id ?? []).toString('latin1') : String(id)),
    );
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

async function readTiming(
  input: Input,
  format: InputFormat,
  track: InputAudioTrack,
  sound: CodedSound,
): Promise<Timing> {
  return {
    origin: await originOf(input, format, track),
    lead: preSkip(format, sound) ?? 0,
    leadIsKnown: format === OGG,
  };
}

/** Broadcasts and streams that were cut begin at any time; other containers mean what they say. */
async function originOf(input: Input, format: InputFormat, track: InputAudioTrack): Promise<number> {
  if (format === MPEG_TS) {
    return input.getFirstTimestamp();
  }
  return format === OGG ? track.getFirstTimestamp() : 0;
}

function preSkip(format: InputFormat, { codec, description }: CodedSound): number | undefined {
  // The edit list of an MP4 file has skipped it already.
  if (codec !== 'opus' || !description || format === MP4 || format === QTFF) {
    return undefined;
  }
  return readOpusHead(description).preSkipSeconds;
}

function place(
  { origin, lead, leadIsKnown }: Timing,
  { timestamp }: Packet,
  isFirst: boolean,
): number | undefined {
  if (timestamp === undefined) {
    return undefined;
  }
  if (isFirst) {
    return timestamp - origin - lead;
  }
  // Ogg's lead-in lies at 0 as a whole.
  if (timestamp <= 0) {
    return undefined;
  }
  return timestamp - origin - (leadIsKnown ? 0 : lead);
}

/** @returns undefined where the whole file would have to be read, or its end cannot be */
async function duration(track: InputAudioTrack, format: InputFormat): Promise<number | undefined> {
  if (format !== OGG) {
    return (await track.getDurationFromMetadata()) ?? undefined;
  }
  try {
    return await track.computeDuration();
  } catch (thrown) {
    if (isSystemError(thrown)) {
      throw thrown;
    }
    return undefined;
  }
}
