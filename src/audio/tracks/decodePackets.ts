import { InputDisposedError } from 'mediabunny';
import { damaged, isSystemError } from '../sound/soundFailures';
import type { PacketDecoder } from '../coding/packetDecoder';
import type { Piece } from './track';

/** A packet as a container gives it; times in seconds. */
export interface Packet {
  readonly data: Uint8Array;
  readonly timestamp: number;
  /** 0 where the container does not say. */
  readonly duration: number;
}

/** No packet of any codec here is longer; what the file says of a damaged one is not to be trusted. */
const longestPacketSeconds = 1;

/** At most so much of a recording may be damaged, that is, replaced by silence. */
const maxDamaged = 0.1;

/** A packet, and when its sound begins, as `Piece` has it. */
export interface PlacedPacket extends Packet {
  readonly at: number | undefined;
}

/**
 * Decodes what can be decoded: a damaged packet becomes silence of its length, and where the file itself cannot be read
 * on, the sound ends.
 *
 * @param soundFrom see `Track`. Packets that end before it are not decoded, except those that the decoder needs to settle
 * @throws AudioError when more than a tenth of the packets is damaged, and there is no `soundFrom`
 */
export async function* decodePackets(
  packets: AsyncIterable<PlacedPacket>,
  decoder: PacketDecoder,
  soundFrom = -Infinity,
): AsyncGenerator<Piece> {
  const repair = new RepairingDecoder(decoder);
  for await (const { packet, isLast, isNeeded } of settle(readOn(packets), decoder, soundFrom)) {
    let channels = isNeeded ? repair.decode(packet) : repair.skip(packet);
    if (isLast) {
      channels = trim(channels, Math.round(packet.duration * decoder.sampleRate));
    }
    if (channels.some((samples) => samples.length > 0)) {
      yield { at: packet.at, channels };
    }
  }
  if (soundFrom === -Infinity && repair.isTooMuchDamaged) {
    throw damaged();
  }
}

interface OrderedPacket {
  readonly packet: PlacedPacket;
  readonly isLast: boolean;
}

/** Tells which packets need to be decoded. It holds early ones back until it knows how many lie between them and the sound. */
async function* settle(
  packets: AsyncIterable<OrderedPacket>,
  { settlingPackets }: PacketDecoder,
  soundFrom: number,
): AsyncGenerator<OrderedPacket & { readonly isNeeded: boolean }> {
  const early: OrderedPacket[] = [];
  let isNeeded = false;
  for await (const { packet, isLast } of packets) {
    isNeeded ||= packet.at === undefined || packet.at > soundFrom;
    early.push({ packet, isLast });
    // The one before the first that begins late enough may end late enough, so one more is held back.
    while (early.length > (isNeeded ? 0 : settlingPackets + 1)) {
      const next = early.shift();
      if (next) {
        yield { packet: next.packet, isLast: next.isLast, isNeeded };
      }
    }
  }
  for (const { packet, isLast } of early) {
    yield { packet, isLast, isNeeded: true };
  }
}

/** Replaces damaged packets by silence. */
class RepairingDecoder {
  private count = 0;
  private bad = 0;
  private usualLength = 0;

  constructor(private readonly decoder: PacketDecoder) {}

  get isTooMuchDamaged(): boolean {
    return this.count === 0 || this.bad > this.count * maxDamaged;
  }

  decode(packet: PlacedPacket): Float32Array[] {
    return this.orSilence(packet, tryDecode(this.decoder, packet.data));
  }

  /** @returns silence as long as the sound would be */
  skip(packet: PlacedPacket): Float32Array[] {
    return this.orSilence(packet, trySkip(this.decoder, packet.data));
  }

  private orSilence(packet: PlacedPacket, channels: Float32Array[] | undefined): Float32Array[] {
    this.count++;
    if (!channels) {
      this.bad++;
      this.decoder.forget();
      return silence(this.decoder, packet, this.usualLength);
    }
    this.usualLength = Math.max(this.usualLength, channels[0]?.length ?? 0);
    return channels;
  }
}

/** Tells which packet is the last; a file that cannot be read on ends there. */
async function* readOn(packets: AsyncIterable<PlacedPacket>): AsyncGenerator<OrderedPacket> {
  const iterator = packets[Symbol.asyncIterator]();
  try {
    let packet = await next(iterator);
    while (packet) {
      const following = await next(iterator);
      yield { packet, isLast: following === undefined };
      packet = following;
    }
  } finally {
    await iterator.return?.();
  }
}

async function next(iterator: AsyncIterator<PlacedPacket>): Promise<PlacedPacket | undefined> {
  try {
    const result = await iterator.next();
    if (result.done === true) {
      return undefined;
    }
    return result.value;
  } catch (thrown) {
    // Nor does the sound end where it is closed while it is read.
    if (isSystemError(thrown) || thrown instanceof InputDisposedError) {
      throw thrown;
    }
    return undefined;
  }
}

/** @returns undefined when the packet is damaged, whatever the decoder stumbled over */
function tryDecode(decoder: PacketDecoder, data: Uint8Array): Float32Array[] | undefined {
  try {
    const channels = decoder.decode(data);
    return channels.every(isFinite) ? channels : undefined;
  } catch {
    return undefined;
  }
}

/** @returns silence as long as what is not decoded; undefined when the packet is damaged */
function trySkip(decoder: PacketDecoder, data: Uint8Array): Float32Array[] | undefined {
  try {
    return silenceOf(decoder, decoder.skip(data));
  } catch {
    return undefined;
  }
}

/** One sample that is no number would spread, through the filters that follow, over all that comes after it. */
function isFinite(samples: Float32Array): boolean {
  let sum = 0;
  for (const sample of samples) {
    sum += sample;
  }
  return Number.isFinite(sum);
}

function silence(decoder: PacketDecoder, { duration }: Packet, usualLength: number): Float32Array[] {
  const longest = longestPacketSeconds * decoder.sampleRate;
  return silenceOf(decoder, usualLength || Math.min(longest, Math.round(duration * decoder.sampleRate)));
}

function silenceOf({ channels }: PacketDecoder, length: number): Float32Array[] {
  return Array.from({ length: channels }, () => new Float32Array(Math.max(0, length)));
}

/** Encoders fill up the last packet, and containers say how much of it counts. */
function trim(channels: Float32Array[], length: number): Float32Array[] {
  return length > 0 ? channels.map((samples) => samples.subarray(0, length)) : channels;
}
