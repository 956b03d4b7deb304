import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';
import { chunksUpTo, type Chunk } from './chunks';
import { rawSeconds, type RawSound, type SoundHeader } from './rawSound';

/** How the samples are written, and how many each channel has. */
interface Common extends Pick<RawSound, 'format' | 'sampleRate' | 'channels'> {
  readonly samples: number;
}

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

/** IMA ADPCM counts packets of 64 samples. Apple, "QuickTime File Format", "Sound sample descriptions". */
const samplesOfPacket: Readonly<Partial<Record<string, number>>> = { ima4: 64 };

export function isAiff(head: Buffer): boolean {
  return /^FORM....AIF[FC]/s.test(head.toString('latin1', 0, 12));
}

/**
 * Reads the header of an AIFF or AIFF-C file. Apple, "Audio Interchange File Format", 1989 and 1991.
 *
 * @param start where it begins in the file, behind tags
 * @param fileBytes the size of the file
 */
export async function readAiff(file: FileHandle, start: number, fileBytes: number): Promise<SoundHeader> {
  const found = await chunksUpTo(file, start, 'BE', ['COMM', 'SSND']);
  const common = await readCommon(file, found.get('COMM'));
  const data = await readData(file, found.get('SSND'));
  const sound = common && data && { ...common, ...data };
  // A program that writes to a pipe cannot go back to fill in the number of samples.
  const seconds = sound && rawSeconds(sound, fileBytes);
  return { sound, seconds: seconds ?? (common && common.samples / common.sampleRate) };
}

async function readData(
  file: FileHandle,
  chunk: Chunk | undefined,
): Promise<Pick<RawSound, 'start' | 'bytes'> | undefined> {
  if (!chunk) {
    return undefined;
  }
  // The chunk begins with an offset to the sound, which may lie on a boundary, and with the size of blocks.
  const offset = (await readAt(file, chunk.start, 4)).readUInt32BE();
  return { start: chunk.start + 8 + offset, bytes: Math.max(0, chunk.size - 8 - offset) };
}

async function readCommon(file: FileHandle, found: Chunk | undefined): Promise<Common | undefined> {
  const chunk = found && (await readAt(file, found.start, Math.min(found.size, 22)));
  if (!chunk || chunk.length < 18) {
    return undefined;
  }
  const bits = chunk.readUInt16BE(6);
  const coding = chunk.toString('latin1', 18, 22);
  return {
    format: formatOf(coding, bits),
    channels: chunk.readUInt16BE(0),
    samples: chunk.readUInt32BE(2) * (samplesOfPacket[coding] ?? 1),
    sampleRate: Math.round(readExtended(chunk, 8)),
  };
}

/** @param coding four letters in AIFF-C; empty in AIFF */
function formatOf(coding: string, bits: number): string {
  const isPlain = coding === 'NONE' || coding === 'twos' || !/^[\x20-\x7e]{4}$/.test(coding);
  if (!isPlain) {
    return codings[coding] ?? coding;
  }
  return bits <= 8 ? 'pcm-s8' : `pcm-s${Math.ceil(bits / 8) * 8}be`;
}

/** A floating-point number of 80 bits: sign and 15 bits of exponent, then 64 bits of which the first is 1. */
function readExtended(bytes: Buffer, at: number): number {
  const exponent = bytes.readUInt16BE(at) & 0x7fff;
  return Number(bytes.readBigUInt64BE(at + 2)) * 2 ** (exponent - 16_383 - 63);
}
