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
  WAVE,
  WEBM,
  type InputAudioTrack,
  type InputFormat,
} from 'mediabunny';
import { codecName, type CodedSound } from '../codecs/codecs';
import { damaged, isSystemError, unsupported, withoutSound } from '../sound/soundFailures';
import { leadOf, readMedia } from './mediaPackets';
import { readMatroska } from './matroskaPackets';
import { readOgg } from './oggPackets';
import { readTs } from './tsPackets';
import { openPacketTrack, type PacketReading } from './packetTrack';
import type { Track } from './track';

/** Files with a signature. Not HLS, whose files name other files; nor frames in a row, which are read without it. */
const formats = [MP4, QTFF, MATROSKA, WEBM, WAVE, OGG, MPEG_TS];

// What it has to say comes as errors; nobody looks at the console.
Logging.level = LogLevel.Silent;

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
    const durationSeconds = await duration(track, format);
    const reading = await readPackets(format, track, sound, file, durationSeconds);
    return await openPacketTrack({
      ...reading,
      sound,
      durationSeconds,
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

async function readPackets(
  format: InputFormat,
  track: InputAudioTrack,
  sound: CodedSound,
  file: FileHandle,
  durationSeconds: number | undefined,
): Promise<PacketReading> {
  switch (format) {
    case OGG:
      return readOgg(track, sound, file, durationSeconds);
    case MATROSKA:
    case WEBM:
      return readMatroska(track, { origin: 0, lead: leadOf(sound) }, sound, file);
    case MPEG_TS:
      return readTs(track, sound, file);
    default:
      // The edit list of an MP4 file has skipped the lead already.
      return readMedia(track, { origin: 0, lead: 0 }, sound);
  }
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
