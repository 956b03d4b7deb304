import { stat } from 'node:fs/promises';
import {
  EncodedAudioPacketSource,
  FilePathTarget,
  MkvOutputFormat,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
  type AudioCodec,
  type EncodedPacket,
  type InputAudioTrack,
  type OutputFormat,
} from 'mediabunny';
import type { ExtractedSound } from '../protocol/mediaThread';
import { playedTrack } from './containers/playedTrack';
import { isMatroska, isMp4, type Container } from './containers/container';
import { editsOf } from './containers/editList';
import { TrackPackets } from './containers/trackPackets';
import { openRecording } from './openRecording';

/** Thrown for a file whose sound cannot be copied; the message says why. */
export class Refused extends Error {}

/**
 * Sound that begins later than this after the picture is not copied: services start the clock of a file at its first sample,
 * so the times in the note would not be those of the video.
 */
const latestStartSeconds = 0.1;
/**
 * Where the copy ends this much earlier than the sound, the video was cut off while it was recorded or downloaded. Services
 * hear more of it than can be copied. Headers and the last frames differ by less.
 */
const maxMissingSeconds = 1;
/** Progress is reported about every second of sound, so that it shows even on a slow disk. */
const packetsBetween = 32;
/** Packets are shorter than this in every codec. */
const longestPacketSeconds = 1;

/**
 * Copies the sound of a video into a file in a container of the same family, without decoding it.
 *
 * @param target a file that exists and is overwritten; after a failure its contents are of no use
 * @param onProgress is told how much has been copied, from 0 to 1
 * @throws Refused, or what mediabunny and the disk report
 */
export async function extractSound(
  source: string,
  target: string,
  onProgress: (done: number) => void,
): Promise<ExtractedSound> {
  const recording = await openRecording(source);
  try {
    const { contents, seconds } = recording;
    const container = contents.kind === 'container' ? contents.container : undefined;
    if (!container || !(isMp4(container.format) || isMatroska(container.format))) {
      throw new Refused('It is no video in MP4, QuickTime, WebM or Matroska');
    }
    const track = await videoSound(container);
    if (seconds === undefined) {
      throw new Refused('It is not known how long it is');
    }
    if (isMp4(container.format) && (await editsOf(recording.file, container.size, track.id))) {
      throw new Refused('It was trimmed, and all that was cut away would be copied');
    }
    const end = await copy(container, track, seconds, target, (at) =>
      onProgress(Math.min(1, Math.max(0, at / seconds))),
    );
    if (end < seconds - maxMissingSeconds) {
      throw new Refused(`Its sound ends at ${end.toFixed(3)} s of ${seconds.toFixed(3)} s`);
    }
    onProgress(1);
    const { size: bytes } = await stat(target);
    const tracks = await container.input.getAudioTracks();
    return { bytes, track: tracks.indexOf(track) + 1, tracks: tracks.length };
  } finally {
    await recording.close();
  }
}

async function videoSound({ input }: Container): Promise<InputAudioTrack> {
  if ((await input.getVideoTracks()).length === 0) {
    throw new Refused('There is no picture');
  }
  const track = await playedTrack(input);
  if (!track) {
    throw new Refused('There is no sound');
  }
  return track;
}

async function outputFormat({ format }: Container, track: InputAudioTrack): Promise<OutputFormat> {
  const codec = await codecOf(track);
  const own = isMp4(format) ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat();
  // Matroska takes nearly all that others do not.
  const taking = [own, new MkvOutputFormat()].find((each) => each.getSupportedAudioCodecs().includes(codec));
  if (!taking) {
    throw new Refused(`No container for ${codec}`);
  }
  return taking;
}

async function codecOf(track: InputAudioTrack): Promise<AudioCodec> {
  const codec = await track.getCodec();
  if (codec === null) {
    throw new Refused('Its sound is in a codec that cannot be copied');
  }
  return codec;
}

/**
 * @param seconds how long the sound is
 * @returns when the sound ends, in seconds
 */
async function copy(
  container: Container,
  track: InputAudioTrack,
  seconds: number,
  target: string,
  onPacket: (atSeconds: number) => void,
): Promise<number> {
  const format = await outputFormat(container, track);
  const start = await track.getFirstTimestamp();
  if (start > latestStartSeconds) {
    throw new Refused(`Its sound begins after ${start.toFixed(3)} s`);
  }
  const decoderConfig = await track.getDecoderConfig();
  if (!decoderConfig) {
    throw new Refused('Its sound is not described');
  }
  const output = new Output({ format, target: new FilePathTarget(target) });
  try {
    const sound = new EncodedAudioPacketSource(await codecOf(track));
    output.addAudioTrack(sound);
    await output.start();
    let count = 0;
    let end = 0;
    const packets = (await TrackPackets.open(container, track)).from();
    for await (const packet of completed(packets, seconds)) {
      await sound.add(packet, { decoderConfig });
      end = Math.max(end, packet.timestamp + packet.duration);
      if (++count % packetsBetween === 0) {
        onPacket(packet.timestamp);
      }
    }
    if (count === 0) {
      throw new Refused('There is nothing in its sound track');
    }
    await output.finalize();
    return end;
  } catch (thrown) {
    // Closes the file.
    await output.cancel();
    throw thrown;
  }
}

/**
 * Gives the last packet a length where Matroska does not say it. Otherwise the header of the copy would end the sound where
 * that packet begins.
 *
 * @param seconds how long the sound is
 */
async function* completed(
  packets: AsyncIterable<EncodedPacket>,
  seconds: number,
): AsyncGenerator<EncodedPacket> {
  let last: EncodedPacket | undefined;
  for await (const packet of packets) {
    if (last) {
      yield last;
    }
    last = packet;
  }
  if (last) {
    const duration = Math.min(longestPacketSeconds, Math.max(0, seconds - last.timestamp));
    yield last.duration > 0 ? last : last.clone({ duration });
  }
}
