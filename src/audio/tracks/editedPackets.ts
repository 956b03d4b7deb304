import type { CodedSound } from '../codecs/codedSound';
import type { Edit } from '../containers/editList';
import type { TrackPackets } from '../containers/trackPackets';
import type { Packet } from './decodePackets';
import type { PacketReading } from './packetTrack';
import { shortened } from './pcmPackets';

/** Reads the packets of the parts that are heard, one part after the other, and gives them their times in the sound. */
export function readEdited(packets: TrackPackets, sound: CodedSound, edits: readonly Edit[]): PacketReading {
  return {
    async *packets(from) {
      for (const edit of edits) {
        const end = edit.start + edit.to - edit.from;
        if (from === undefined || from < end) {
          yield* packetsOf(packets, sound, edit, Math.max(0, (from ?? 0) - edit.start));
        }
      }
    },
    place: ({ timestamp }) => timestamp,
  };
}

/** @param skipped how much of the part is not read, in seconds */
async function* packetsOf(
  packets: TrackPackets,
  sound: CodedSound,
  { start, from, to }: Edit,
  skipped: number,
): AsyncGenerator<Packet> {
  for await (const packet of shortened(packets.from(from + skipped), sound)) {
    const { data, timestamp, duration } = packet;
    if (timestamp >= to) {
      return;
    }
    yield { data, timestamp: timestamp - from + start, duration };
  }
}
