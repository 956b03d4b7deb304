import { DamagedPacket } from '../coding/damaged';

/** What the identification header says. RFC 7845, section 5.1. */
export interface OpusHead {
  readonly channels: number;
  /** How much of the beginning is the decoder's lead-in, in seconds. */
  readonly preSkipSeconds: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMapping: readonly number[];
}

/** @throws DamagedPacket */
export function readOpusHead(description: Uint8Array): OpusHead {
  const head = Buffer.from(description);
  if (head.length < 19 || head.toString('latin1', 0, 8) !== 'OpusHead') {
    throw new DamagedPacket('no OpusHead');
  }
  const channels = head.readUInt8(9);
  const family = head.readUInt8(18);
  const hasMapping = family !== 0;
  if (channels === 0 || (hasMapping ? head.length < 21 + channels : channels > 2)) {
    throw new DamagedPacket('the channels make no sense');
  }
  return {
    channels,
    preSkipSeconds: head.readUInt16LE(10) / 48_000,
    streamCount: hasMapping ? head.readUInt8(19) : 1,
    coupledStreamCount: hasMapping ? head.readUInt8(20) : channels - 1,
    channelMapping: hasMapping ? [...head.subarray(21, 21 + channels)] : [0, 1].slice(0, channels),
  };
}

/** Of frames, in ms, by the mode of the coder. RFC 6716, table 2. */
const frameMs = { silk: [10, 20, 40, 60], hybrid: [10, 20], celt: [2.5, 5, 10, 20] };

/**
 * How many samples a packet has, as its first byte says and, where it has any number of frames, its second.
 * RFC 6716, section 3.1.
 *
 * @param sampleRate at which it is decoded
 * @throws DamagedPacket
 */
export function packetSamples(packet: Uint8Array, sampleRate: number): number {
  const [contents, count = 0] = packet;
  if (contents === undefined) {
    throw new DamagedPacket('an empty packet');
  }
  const configuration = contents >> 3;
  const lengths = configuration < 12 ? frameMs.silk : configuration < 16 ? frameMs.hybrid : frameMs.celt;
  const frames = [1, 2, 2, count & 63][contents & 3] ?? 1;
  return (frames * (lengths[configuration % lengths.length] ?? 0) * sampleRate) / 1000;
}
