import type { CodedSound } from '../codecs/codedSound';
import { openDecoder } from '../codecs/codecs';
import { decodePackets, type Packet } from './decodePackets';
import { damaged } from '../sound/soundFailures';
import type { Track } from './track';

/** A sound track as a container holds it. */
interface PacketSource extends Pick<Track, 'durationSeconds' | 'endSeconds' | 'close'> {
  readonly sound: CodedSound;
  /** From the beginning, each time. */
  packets(): AsyncIterable<Packet>;
  /** When a packet's sound begins, as `Piece` has it. */
  place(packet: Packet, isFirst: boolean): number | undefined;
}

/** @throws AudioError when there are no packets, or none that can be decoded */
export async function openPacketTrack(source: PacketSource): Promise<Track> {
  const first = await firstPacket(source.packets());
  const probe = await openDecoder(source.sound, first.data);
  const { sampleRate, channels } = probe;
  probe.close();
  return {
    sampleRate,
    channels,
    durationSeconds: source.durationSeconds,
    endSeconds: source.endSeconds,
    async *decode() {
      const decoder = await openDecoder(source.sound, first.data);
      try {
        yield* decodePackets(source.packets(), decoder, (packet, isFirst) => source.place(packet, isFirst));
      } finally {
        decoder.close();
      }
    },
    close: () => source.close(),
  };
}

async function firstPacket(packets: AsyncIterable<Packet>): Promise<Packet> {
  for await (const packet of packets) {
    return packet;
  }
  throw damaged();
}
