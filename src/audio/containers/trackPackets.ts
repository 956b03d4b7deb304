import { EncodedPacketSink, type EncodedPacket, type InputAudioTrack } from 'mediabunny';
import type { Container } from './container';

/** The packets of a sound track, in the order of their times. */
export class TrackPackets {
  private constructor(
    private readonly own: EncodedPacketSink,
    /** Of fragments that mediabunny does not read with the others. */
    private readonly later: EncodedPacketSink | undefined,
  ) {}

  static async open({ later }: Container, track: InputAudioTrack): Promise<TrackPackets> {
    const rest = (await later?.getAudioTracks())?.find(({ id }) => id === track.id);
    return new TrackPackets(new EncodedPacketSink(track), rest && new EncodedPacketSink(rest));
  }

  /** Reads from the beginning each time. */
  async *all(): AsyncGenerator<EncodedPacket> {
    yield* this.own.packets();
    if (this.later) {
      yield* this.later.packets();
    }
  }

  /** @returns without its data where the file was cut off in front of that; undefined where there are no packets */
  async last(): Promise<EncodedPacket | undefined> {
    return (this.later && (await lastOf(this.later))) ?? (await lastOf(this.own)) ?? undefined;
  }
}

async function lastOf(sink: EncodedPacketSink): Promise<EncodedPacket | null> {
  return (await sink.getPacket(Infinity)) ?? sink.getPacket(Infinity, { metadataOnly: true });
}
