import type { Timing } from '../containers/container';
import type { TrackPackets } from '../containers/trackPackets';
import type { PacketReading } from './packetTrack';

/** Reads the packets of a track by mediabunny, which finds those in the middle by the container's index or by a search. */
export function readMedia(packets: TrackPackets, { origin, lead }: Timing): PacketReading {
  return {
    packets: (from) => packets.from(from === undefined ? undefined : from + origin),
    place: ({ timestamp }) => timestamp - origin - lead,
    timesGrow: () => Promise.resolve(true),
  };
}
