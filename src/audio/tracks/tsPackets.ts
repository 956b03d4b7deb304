import type { FileHandle } from 'node:fs/promises';
import { EncodedPacketSink, type EncodedPacket, type InputAudioTrack } from 'mediabunny';
import type { Timing } from '../containers/container';
import { BlockReader } from '../frames/blockReader';
import { tsTimesGrow } from '../headers/tsTimes';
import type { Packet } from './decodePackets';
import type { PacketReading } from './packetTrack';

/** Where a packet begins this much before the end of the one before it, the clock has started anew. */
const restartSeconds = 1;
/** How far places that are remembered lie apart. */
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
 * Reads packets whose times start anew where recordings were joined, and gives them times that go on. Mediabunny cannot find such
 * a packet by its time. So the packets are read once from the beginning, as far as a search needs, and places on the way are
 * remembered for the next one.
 */
class JoinIndex {
  private readonly places: JoinPlace[] = [{ packet: undefined, clock: new RunningClock() }];
  private walking: Promise<void> = Promise.resolve();

  constructor(private readonly sink: EncodedPacketSink) {}

  /** @param from a second by the container's clock; the first packet begins then or earlier */
  async *packets(from = -Infinity): AsyncGenerator<Packet> {
    // One search after the other, or two of them would read the same packets.
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

/** A clock that goes on where the times of packets start anew. */
class RunningClock {
  constructor(
    private shift = 0,
    private length = 0,
    /** When the last packet ends, and the next one is expected to begin. */
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
    // Mediabunny does not know how long the last packet before a restart is.
    this.length = duration > 0 ? duration : this.length;
    const start = timestamp + this.shift;
    this.seconds = start + this.length;
    return start;
  }
}
