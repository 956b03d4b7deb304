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

  /** @returns the last packet whose data are there; undefined where there is none */
  async last(): Promise<EncodedPacket | undefined> {
    return (this.later && (await lastOf(this.later))) ?? (await lastOf(this.own)) ?? undefined;
  }
}

/** So many halvings of a recording's length lead to one packet. */
const halvings = 32;

async function lastOf(sink: EncodedPacketSink): Promise<EncodedPacket | null> {
  const last = await sink.getPacket(Infinity);
  const told = last ?? (await sink.getPacket(Infinity, { metadataOnly: true }));
  if (last || !told) {
    return last;
  }
  // The file was cut off.
  let found: EncodedPacket | null = null;
  let low = 0;
  let high = told.timestamp;
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    const packet = await sink.getPacket(middle);
    found = packet ?? found;
    if (packet) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return found;
}
