import type { FileHandle } from 'node:fs/promises';
import { MPEG_TS, OGG, type InputAudioTrack } from 'mediabunny';
import { codecName } from '../codecs/codecName';
import type { CodedSound } from '../codecs/codedSound';
import { codedSound, isMatroska, isMp4, readTiming, type Container } from '../containers/container';
import { editsOf } from '../containers/editList';
import { OggTrack } from '../containers/oggTrack';
import { playedTrack } from '../containers/playedTrack';
import { TrackPackets } from '../containers/trackPackets';
import { damaged, unsupported, withoutSound } from '../sound/soundFailures';
import { readEdited } from './editedPackets';
import { readMatroska } from './matroskaPackets';
import { readMedia } from './mediaPackets';
import { openPacketTrack, type PacketReading } from './packetTrack';
import type { Track } from './track';
import { readTs } from './tsPackets';

/** How long the sound of a container is, as `Track` has it. */
type Length = Pick<Track, 'durationSeconds' | 'endSeconds'>;

/**
 * Opens the sound track of a container that is played.
 *
 * @param file the same file; closed with the track
 * @throws AudioError
 */
export async function openMediaTrack(container: Container, file: FileHandle, length: Length): Promise<Track> {
  const track = await requireTrack(container);
  const sound = await requireSound(track);
  const { durationSeconds, endSeconds } = length;
  return openPacketTrack({
    ...(await readPackets(container, track, sound, file)),
    sound,
    durationSeconds,
    endSeconds,
    async close() {
      container.close();
      await file.close();
    },
  });
}

async function requireTrack({ input, format }: Container): Promise<InputAudioTrack> {
  const track = await playedTrack(input);
  if (track) {
    return track;
  }
  if ((await input.getVideoTracks()).length > 0) {
    throw withoutSound();
  }
  // In Ogg, tracks in other codecs are as if they were not there.
  throw format === OGG ? unsupported('The sound of this Ogg file') : damaged();
}

async function requireSound(track: InputAudioTrack): Promise<CodedSound> {
  const sound = await codedSound(track);
  if (sound) {
    return sound;
  }
  const id = await track.getInternalCodecId();
  throw unsupported(
    codecName(typeof id === 'object' ? Buffer.from(id ?? []).toString('latin1') : String(id)),
  );
}

async function readPackets(
  container: Container,
  track: InputAudioTrack,
  sound: CodedSound,
  file: FileHandle,
): Promise<PacketReading> {
  if (container.format === OGG) {
    const ogg = await OggTrack.open(track, sound, file, container.size);
    return {
      packets: (from) => ogg.packets(from),
      place: ({ timestamp }) => timestamp,
    };
  }
  const timing = await readTiming(container, sound);
  if (container.format === MPEG_TS) {
    return readTs(track, timing, file);
  }
  const packets = await TrackPackets.open(container, track);
  const edits = isMp4(container.format) ? await editsOf(file, container.size, track.id) : undefined;
  if (edits) {
    return readEdited(packets, sound, edits);
  }
  return isMatroska(container.format)
    ? readMatroska(track, packets, timing, sound, file)
    : readMedia(packets, timing, sound);
}
