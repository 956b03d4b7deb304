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
