import { EncodedPacketSink, type InputAudioTrack } from 'mediabunny';
import type { CodedSound } from '../codecs/codecs';
import { readOpusHead } from '../codecs/opus';
import type { Packet } from './decodePackets';
import type { PacketReading } from './packetTrack';
import { shortened } from './pcmPackets';

/** How the times of packets and those of the file's sound hang together, in seconds. */
export interface Timing {
  /** The container's time at the beginning of the file. */
  readonly origin: number;
  /** Decoded before the sound begins, and not heard: what the codec needs to get going. */
  readonly lead: number;
}

/** Reads the packets of a track by mediabunny, which finds those in the middle by the container's index or by a search. */
export function readMedia(track: InputAudioTrack, timing: Timing, sound: CodedSound): PacketReading {
  const sink = new EncodedPacketSink(track);
  return {
    endSeconds: undefined,
    async *packets(from) {
      const first = from === undefined ? undefined : await sink.getPacket(from + timing.origin);
      yield* shortened(sink.packets(first ?? undefined), sound);
    },
    place: (packet, isFirst) => place(timing, packet, isFirst),
  };
}

/** @returns how much of what is decoded is not heard, in seconds */
export function leadOf({ codec, description }: CodedSound): number {
  return codec === 'opus' && description ? readOpusHead(description).preSkipSeconds : 0;
}

/** @returns when a packet begins in the time of the file */
export function place({ origin, lead }: Timing, { timestamp }: Packet, isFirst: boolean): number | undefined {
  // What lies before the beginning as a whole follows on.
  if (timestamp <= 0 && !isFirst) {
    return undefined;
  }
  return timestamp - origin - lead;
}
