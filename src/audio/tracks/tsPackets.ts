import type { FileHandle } from 'node:fs/promises';
import { EncodedPacketSink, type EncodedPacket, type InputAudioTrack } from 'mediabunny';
import type { Timing } from '../containers/container';
import { BlockReader } from '../frames/blockReader';
import { tsTimesGrow } from '../headers/tsTimes';
import type { Packet } from './decodePackets';
import type { PacketReading } from './packetTrack';

/** A packet that begins this much before the one before it ends is the first after a restart of the clock. */
const restartSeconds = 1;
/** Between places that are remembered. */
const spacingSeconds = 10;

/** Reads the packets of a track of an MPEG transport stream. */
export function readTs(track: InputAudioTrack, { origin, lead }: Timing, file: FileHandle): PacketReading {
  const sink = new EncodedPacketSink(track);
  const index = new JoinIndex(sink);
  let isJoined: Promise<boolean> | undefined;
  return {
    async *packets(from) {
      if (from === undefined) {
        yield* index.packets();
      } else if (await (isJoined ??= hasRestarts(file, track.id))) {
        yield* index.packets(from + origin);
      } else {
        yield* sink.packets((await sink.getPacket(from + origin)) ?? undefined);
      }
    },
    place: ({ timestamp }) => timestamp - origin - lead,
  };
}

async function hasRestarts(file: FileHandle, pid: number): Promise<boolean> {
  return !(await tsTimesGrow(BlockReader.of(file), (await file.stat()).size, pid));
}

/** A place from which packets can be read on. */
interface JoinPlace {
  readonly packet: EncodedPacket | undefined;
  readonly clock: RunningClock;
}

/**
 * Reads packets whose times start anew, as they do where recordings were joined, and gives them times that go on. Mediabunny
 * searches for a packet in the middle by its time, which is of no use then. So packets are gone over once from the beginning,
 * no further than has been asked for, and places on the way are remembered.
 */
class JoinIndex {
  private readonly places: JoinPlace[] = [{ packet: undefined, clock: new RunningClock() }];
  private walking: Promise<void> = Promise.resolve();

  constructor(private readonly sink: EncodedPacketSink) {}

  /** @param from at or before which the first packet begins */
  async *packets(from = -Infinity): AsyncGenerator<Packet> {
    // One after the other, or two readers would go over the same packets.
    this.walking = this.walking.catch(() => undefined).then(() => this.walk(from));
    await this.walking;
    const place = this.places.findLast(({ clock }) => clock.seconds <= from) ?? this.places[0];
    const clock = place?.clock.copy() ?? new RunningClock();
    for await (const packet of this.sink.packets(place?.packet)) {
      const timestamp = clock.pass(packet);
      yield { data: packet.data, timestamp, duration: packet.duration };
    }
  }

  private async walk(seconds: number): Promise<void> {
    const last = this.places.at(-1);
    if (!last || last.clock.seconds >= seconds) {
      return;
    }
    const clock = last.clock.copy();
    let next = clock.seconds + spacingSeconds;
    for await (const packet of this.sink.packets(last.packet)) {
      const before = clock.copy();
      clock.pass(packet);
      if (clock.seconds >= next) {
        this.places.push({ packet, clock: before });
        next = clock.seconds + spacingSeconds;
      }
      if (clock.seconds > seconds) {
        return;
      }
    }
  }
}

/** Makes times that start anew go on. */
class RunningClock {
  constructor(
    private shift = 0,
    private length = 0,
    /** When the next packet should begin. */
    public seconds = -Infinity,
  ) {}

  copy(): RunningClock {
    return new RunningClock(this.shift, this.length, this.seconds);
  }

  /** @returns when the packet begins */
  pass({ timestamp, duration }: EncodedPacket): number {
    if (timestamp + this.shift < this.seconds - restartSeconds) {
      this.shift = this.seconds - timestamp;
    }
    // The last before a restart does not know how long it is.
    this.length = duration > 0 ? duration : this.length;
    const start = timestamp + this.shift;
    this.seconds = start + this.length;
    return start;
  }
}
