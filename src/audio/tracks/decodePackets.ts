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
const mostDamaged = 0.1;

/**
 * Decodes what can be decoded: a damaged packet becomes silence of its length, and where the file itself cannot be read
 * on, the sound ends.
 *
 * @param place when a packet's sound begins
 * @throws AudioError when more than a tenth is damaged
 */
export async function* decodePackets(
  packets: AsyncIterable<Packet>,
  decoder: PacketDecoder,
  place: (packet: Packet, isFirst: boolean) => number | undefined,
): AsyncGenerator<Piece> {
  let count = 0;
  let bad = 0;
  let usualLength = 0;
  for await (const { packet, isLast } of readOn(packets)) {
    const at = place(packet, count === 0);
    count++;
    let channels = tryDecode(decoder, packet.data);
    if (channels) {
      usualLength = Math.max(usualLength, channels[0]?.length ?? 0);
    } else {
      bad++;
      channels = silence(decoder, packet, usualLength);
    }
    if (isLast) {
      channels = trim(channels, Math.round(packet.duration * decoder.sampleRate));
    }
    if (channels.some((samples) => samples.length > 0)) {
      yield { at, channels };
    }
  }
  if (bad > count * mostDamaged || count === 0) {
    throw damaged();
  }
}

/** Tells which packet is the last; a file that cannot be read on ends there. */
async function* readOn(packets: AsyncIterable<Packet>): AsyncGenerator<{ packet: Packet; isLast: boolean }> {
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

async function next(iterator: AsyncIterator<Packet>): Promise<Packet | undefined> {
  try {
    const result = await iterator.next();
    if (result.done === true) {
      return undefined;
    }
    return result.value;
  } catch (thrown) {
    if (isSystemError(thrown)) {
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
  const length = usualLength || Math.min(longest, Math.round(duration * decoder.sampleRate));
  return Array.from({ length: decoder.channels }, () => new Float32Array(Math.max(0, length)));
}

/** Encoders fill up the last packet, and containers say how much of it counts. */
function trim(channels: Float32Array[], length: number): Float32Array[] {
  return length > 0 ? channels.map((samples) => samples.subarray(0, length)) : channels;
}
