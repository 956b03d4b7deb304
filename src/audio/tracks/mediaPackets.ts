import type { CodedSound } from '../codecs/codedSound';
import type { Timing } from '../containers/container';
import type { TrackPackets } from '../containers/trackPackets';
import type { PacketReading } from './packetTrack';
import { shortened } from './pcmPackets';

/** Reads the packets of a track by mediabunny, which finds those in the middle by the container's index or by a search. */
export function readMedia(packets: TrackPackets, { origin, lead }: Timing, sound: CodedSound): PacketReading {
  return {
    packets: (from) => shortened(packets.from(from === undefined ? undefined : from + origin), sound),
    place: ({ timestamp }) => timestamp - origin - lead,
  };
}
