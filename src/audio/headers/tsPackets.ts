import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';

/** Where the packets of an MPEG transport stream lie. ISO/IEC 13818-1, section 2.4.3.2. */
export interface TsPackets {
  /** Where the first whole packet begins. */
  readonly start: number;
  /** How far packets lie apart. */
  readonly stride: number;
}

const syncByte = 0x47;
/** As broadcast, with a time before each packet, and with a checksum behind each. */
const strides = [188, 192, 204];
export const tsPacketBytes = 188;
/** So many packets in a row are no coincidence. */
const enough = 5;
/** Something else at the end of a file is skipped up to here. */
const maxBehind = 2 ** 26;
const packetsAtOnce = 2 ** 12;

/** @returns undefined where there are no packets in a row */
export function findTsPackets(bytes: Uint8Array): TsPackets | undefined {
  for (let start = bytes.indexOf(syncByte); start >= 0; start = bytes.indexOf(syncByte, start + 1)) {
    const stride = strides.find((each) => isRow(bytes, start, each));
    if (stride !== undefined) {
      return { start, stride };
    }
  }
  return undefined;
}

function isRow(bytes: Uint8Array, start: number, stride: number): boolean {
  return Array.from({ length: enough }, (_, i) => bytes[start + i * stride]).every(
    (byte) => byte === syncByte,
  );
}

/**
 * @param contentsBytes where the last byte other than 0 ends in the file
 * @returns where the last packet ends that others precede
 */
export async function tsPacketsEnd(
  file: FileHandle,
  { start, stride }: TsPackets,
  fileBytes: number,
  contentsBytes: number,
): Promise<number> {
  const packetsUpTo = (end: number): number => Math.floor((end - start + stride - tsPacketBytes) / stride);
  // A packet may end with zeros, but where more follow, they have taken the place of a part of it.
  const hasZeros = packetsUpTo(fileBytes) > packetsUpTo(contentsBytes + tsPacketBytes - 1);
  const all = packetsUpTo(hasZeros ? contentsBytes : fileBytes);
  const least = Math.max(0, all - Math.ceil(maxBehind / stride));
  for (let to = all; to > least; to -= packetsAtOnce) {
    const from = Math.max(0, to - packetsAtOnce - enough);
    const bytes = await readAt(file, start + from * stride, (to - from) * stride);
    for (let last = to - 1; last >= from + enough - 1; last--) {
      if (isRow(bytes, (last - from - enough + 1) * stride, stride)) {
        return start + last * stride + tsPacketBytes;
      }
    }
  }
  return fileBytes;
}
