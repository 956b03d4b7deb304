import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';
import { chunks } from './chunks';
import { rawSeconds, type RawSound, type SoundHeader } from './rawSound';

/** How the samples are written, and how many there are of each channel. */
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
 * @param fileBytes the size of the file
 */
export async function readAiff(file: FileHandle, fileBytes: number): Promise<SoundHeader> {
  let common: Common | undefined;
  let data: Pick<RawSound, 'start' | 'bytes'> | undefined;
  for await (const { name, start, size } of chunks(file, 'BE')) {
    if (name === 'COMM') {
      common = readCommon(await readAt(file, start, Math.min(size, 22)));
    }
    if (name === 'SSND') {
      // The sound may begin later, to lie on a boundary; before it stand that offset and the size of blocks.
      const offset = (await readAt(file, start, 4)).readUInt32BE();
      data = { start: start + 8 + offset, bytes: Math.max(0, size - 8 - offset) };
    }
    if (common && data) {
      break;
    }
  }
  const sound = common && data && { ...common, ...data };
  // Programs that write to a pipe cannot go back and fill in the number of samples.
  const seconds = sound && rawSeconds(sound, fileBytes);
  return { sound, seconds: seconds ?? (common && common.samples / common.sampleRate) };
}

function readCommon(chunk: Buffer): Common | undefined {
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
    samples: chunk.readUInt32BE(2) * (samplesOfPacket[coding] ?? 1),
    sampleRate: Math.round(readExtended(chunk, 8)),
  };
}

/** A floating-point number of 80 bits: sign and 15 bits of exponent, then 64 bits of which the first is 1. */
function readExtended(bytes: Buffer, at: number): number {
  const exponent = bytes.readUInt16BE(at) & 0x7fff;
  return Number(bytes.readBigUInt64BE(at + 2)) * 2 ** (exponent - 16_383 - 63);
}
