import { EncodedPacketSink, type EncodedPacket, type InputAudioTrack } from 'mediabunny';
import type { Container } from './container';

/** The packets of a sound track, in the order of their times. */
export class TrackPackets {
  private constructor(
    private readonly own: EncodedPacketSink,
    /** Reads the fragments that `own` leaves out. */
    private readonly later: EncodedPacketSink | undefined,
  ) {}

  static async open({ later }: Container, track: InputAudioTrack): Promise<TrackPackets> {
    const rest = (await later?.getAudioTracks())?.find(({ id }) => id === track.id);
    return new TrackPackets(new EncodedPacketSink(track), rest && new EncodedPacketSink(rest));
  }

  /** @param seconds by the container's clock: the first packet begins then or earlier. Undefined for the beginning */
  async *from(seconds?: number): AsyncGenerator<EncodedPacket> {
    const later = seconds === undefined ? null : await this.later?.getPacket(seconds);
    if (!later) {
      const first = seconds === undefined ? null : await this.own.getPacket(seconds);
      yield* this.own.packets(first ?? undefined);
    }
    if (this.later) {
      yield* this.later.packets(later ?? undefined);
    }
  }

  /** @returns the last packet, without its data where the file is cut off before them; undefined where there is none */
  async last(): Promise<EncodedPacket | undefined> {
    return (this.later && (await lastOf(this.later))) ?? (await lastOf(this.own)) ?? undefined;
  }
}

async function lastOf(sink: EncodedPacketSink): Promise<EncodedPacket | null> {
  return (await sink.getPacket(Infinity)) ?? sink.getPacket(Infinity, { metadataOnly: true });
}
