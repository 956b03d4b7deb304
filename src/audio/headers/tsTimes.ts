import type { BlockReader } from '../frames/blockReader';
import { findTsPackets, tsPacketBytes } from './tsPackets';

/** How many places all over the file are checked. */
const probes = 64;
/** How many bytes are searched for a time: beside a picture of 20 Mbit/s, so many hold the next piece of sound. */
const probeBytes = 2 ** 19;
const ticksPerSecond = 90_000;
/** Where times go back by less, some pieces are in another order. */
const leastRestartSeconds = 1;

/**
 * Checks in some places of an MPEG transport stream whether times grow from place to place. They do not where recordings were
 * joined, or where the clock started anew. The check may miss a part that is shorter than a 64th of the file.
 *
 * @param pid tells the stream from others: ISO/IEC 13818-1, 2.4.3.3
 */
export async function tsTimesGrow(reader: BlockReader, size: number, pid: number): Promise<boolean> {
  let latest = -Infinity;
  for (let probe = 0; probe < probes; probe++) {
    const from = Math.floor((size * probe) / probes);
    const bytes = await reader.read(from, Math.min(probeBytes, Math.ceil(size / probes)));
    const seconds = firstTime(bytes, pid);
    if (seconds !== undefined && seconds < latest - leastRestartSeconds) {
      return false;
    }
    latest = Math.max(latest, seconds ?? latest);
  }
  return true;
}

/** @returns the first time of the stream in some bytes of the file, in seconds; undefined where there is none */
function firstTime(bytes: Uint8Array, pid: number): number | undefined {
  const layout = findTsPackets(bytes);
  if (!layout) {
    return undefined;
  }
  for (let at = layout.start; at + tsPacketBytes <= bytes.length; at += layout.stride) {
    const seconds = timeOf(bytes.subarray(at, at + tsPacketBytes), pid);
    if (seconds !== undefined) {
      return seconds;
    }
  }
  return undefined;
}

/** The time of a piece that begins in this packet. ISO/IEC 13818-1, 2.4.3.2 and 2.4.3.7. */
function timeOf(packet: Uint8Array, pid: number): number | undefined {
  const byte = (at: number): number => packet[at] ?? 0;
  const isStart = (byte(1) & 0x40) !== 0;
  if (!isStart || ((byte(1) & 0x1f) << 8) + byte(2) !== pid) {
    return undefined;
  }
  const hasAdaptation = (byte(3) & 0x20) !== 0;
  const pes = Buffer.from(packet.subarray(4 + (hasAdaptation ? 1 + byte(4) : 0)));
  const hasTime = pes.length >= 14 && pes.readUIntBE(0, 3) === 1 && (pes.readUInt8(7) & 0x80) !== 0;
  return hasTime ? readTicks(pes.subarray(9, 14)) / ticksPerSecond : undefined;
}

/** A number of 33 bits in three parts, with a bit behind each. */
function readTicks(bytes: Buffer): number {
  const top = (bytes.readUInt8(0) >> 1) & 7;
  return top * 2 ** 30 + (bytes.readUInt16BE(1) >> 1) * 2 ** 15 + (bytes.readUInt16BE(3) >> 1);
}
