import type { FileHandle } from 'node:fs/promises';
import type { RawSound } from './rawTrack';
import { readAt } from '../../node/readRange';

/** AIFF-C names codings by four letters; AIFF itself knows big-endian whole numbers only. */
const codings: Readonly<Partial<Record<string, string>>> = {
  sowt: 'pcm-s16',
  fl32: 'pcm-f32be',
  FL32: 'pcm-f32be',
  fl64: 'pcm-f64be',
  FL64: 'pcm-f64be',
  alaw: 'alaw',
  ALAW: 'alaw',
  ulaw: 'ulaw',
  ULAW: 'ulaw',
  in24: 'pcm-s24be',
  in32: 'pcm-s32be',
  'raw ': 'pcm-u8',
};

/** More chunks than any file has before its sound. */
const mostChunks = 1000;

export function isAiff(head: Uint8Array): boolean {
  return /^FORM....AIF[FC]/s.test(Buffer.from(head.subarray(0, 12)).toString('latin1'));
}

/**
 * Finds the sound of an AIFF or AIFF-C file. Apple, "Audio Interchange File Format", 1989 and 1991.
 *
 * @returns undefined when a part is missing
 */
export async function readAiff(file: FileHandle): Promise<RawSound | undefined> {
  let common: Omit<RawSound, 'start' | 'bytes'> | undefined;
  let data: Pick<RawSound, 'start' | 'bytes'> | undefined;
  let at = 12;
  for (let chunk = 0; chunk < mostChunks && !(common && data); chunk++) {
    const head = await readAt(file, at, 8);
    if (head.length < 8) {
      break;
    }
    const name = head.toString('latin1', 0, 4);
    const size = head.readUInt32BE(4);
    if (name === 'COMM') {
      common = readCommon(await readAt(file, at + 8, Math.min(size, 22)));
    }
    if (name === 'SSND') {
      // The sound may begin later, to lie on a boundary; before it stand that offset and the size of blocks.
      const offset = (await readAt(file, at + 8, 4)).readUInt32BE();
      data = { start: at + 16 + offset, bytes: Math.max(0, size - 8 - offset) };
    }
    at += 8 + size + (size % 2);
  }
  return common && data && { ...common, ...data };
}

function readCommon(chunk: Buffer): Omit<RawSound, 'start' | 'bytes'> | undefined {
  if (chunk.length < 18) {
    return undefined;
  }
  const bits = chunk.readUInt16BE(6);
  const coding = chunk.toString('latin1', 18, 22);
  const isPlain =
    chunk.length < 22 || coding === 'NONE' || coding === 'twos' || !/^[\x20-\x7e]{4}$/.test(coding);
  const wide = bits <= 8 ? 'pcm-s8' : `pcm-s${Math.ceil(bits / 8) * 8}be`;
  return {
    format: isPlain ? wide : (codings[coding] ?? coding),
    channels: chunk.readUInt16BE(0),
    sampleRate: Math.round(readExtended(chunk, 8)),
  };
}

/** A floating-point number of 80 bits: sign and 15 bits of exponent, then 64 bits of which the first is 1. */
function readExtended(bytes: Buffer, at: number): number {
  const exponent = bytes.readUInt16BE(at) & 0x7fff;
  return Number(bytes.readBigUInt64BE(at + 2)) * 2 ** (exponent - 16_383 - 63);
}
