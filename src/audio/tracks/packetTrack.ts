import type { CodedSound } from '../codecs/codedSound';
import { openDecoder } from '../codecs/codecs';
import { decodePackets, type Packet, type PlacedPacket } from './decodePackets';
import { damaged } from '../sound/soundFailures';
import type { Track } from './track';

/** A sound track as a container holds it. */
interface PacketSource extends PacketReading, Pick<Track, 'durationSeconds' | 'endSeconds' | 'close'> {
  readonly sound: CodedSound;
}

/** How the packets of a track are read. */
export interface PacketReading {
  /**
   * Begins a new reading each time.
   *
   * @param from a second of the file's time. The first packet begins at or before it, unless no packet does. Undefined for the
   *   beginning
   */
  packets(from: number | undefined): AsyncIterable<Packet>;
  /** When a packet's sound begins, as `Piece` has it. */
  place(packet: Packet): number | undefined;
}

/** @throws AudioError when there are no packets, or none that can be decoded */
export async function openPacketTrack(source: PacketSource): Promise<Track> {
  const first = await firstPacket(source.packets(undefined));
  const probe = await openDecoder(source.sound, first.data);
  const { sampleRate, channels, grain } = probe;
  probe.close();
  return {
    sampleRate,
    channels,
    grain,
    durationSeconds: source.durationSeconds,
    endSeconds: source.endSeconds,
    async *decode(from = 0, soundFrom) {
      const decoder = await openDecoder(source.sound, first.data);
      try {
        yield* decodePackets(placed(source, from > 0 ? from : undefined), decoder, soundFrom);
      } finally {
        decoder.close();
      }
    },
    close: () => source.close(),
  };
}

async function* placed(source: PacketSource, from: number | undefined): AsyncGenerator<PlacedPacket> {
  for await (const packet of source.packets(from)) {
    const { data, timestamp, duration } = packet;
    yield { data, timestamp, duration, at: source.place(packet) };
  }
}

async function firstPacket(packets: AsyncIterable<Packet>): Promise<Packet> {
  for await (const packet of packets) {
    return packet;
  }
  throw damaged();
}
