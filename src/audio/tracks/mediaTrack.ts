import type { FileHandle } from 'node:fs/promises';
import { OGG, type InputAudioTrack } from 'mediabunny';
import { codecName } from '../codecs/codecName';
import { codedSound, playedTrack, readTiming, type Container, type Timing } from '../containers/container';
import { TrackPackets } from '../containers/trackPackets';
import type { Packet } from './decodePackets';
import { damaged, unsupported, withoutSound } from '../sound/soundFailures';
import { openPacketTrack } from './packetTrack';
import type { Track } from './track';

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
  const sound = await codedSound(track);
  if (!sound) {
    const id = await track.getInternalCodecId();
    throw unsupported(
      codecName(typeof id === 'object' ? Buffer.from(id ?? []).toString('latin1') : String(id)),
    );
  }
  const timing = await readTiming(container, track, sound);
  const packets = await TrackPackets.open(container, track);
  return openPacketTrack({
    sound,
    durationSeconds: length.durationSeconds,
    endSeconds: length.endSeconds,
    packets: () => packets.all(),
    place: (packet, isFirst) => place(timing, packet, isFirst),
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

function place(
  { origin, lead, leadIsKnown }: Timing,
  { timestamp }: Packet,
  isFirst: boolean,
): number | undefined {
  if (isFirst) {
    return timestamp - origin - lead;
  }
  // Ogg's lead-in lies at 0 as a whole.
  if (leadIsKnown && timestamp <= 0) {
    return undefined;
  }
  return timestamp - origin - (leadIsKnown ? 0 : lead);
}
