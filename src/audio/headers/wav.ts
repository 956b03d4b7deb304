import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../../node/readRange';
import { chunksUpTo, type ByteOrder, type Chunk } from './chunks';
import { rawSeconds, type RawSound, type SoundHeader } from './rawSound';

/** What the header of a WAV file says. */
export interface WavHeader extends SoundHeader {
  /** The number of the codec (RFC 2361), unless the sound is uncompressed. */
  readonly codec: number | undefined;
}

/** What stands in the chunk `fmt `. */
interface Format {
  readonly codec: number;
  readonly order: ByteOrder;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerSecond: number;
  /** Of all channels together. */
  readonly sampleBytes: number;
}

/** Sizes that programs write if they do not know how much will follow, or cannot say it in 32 bits. */
const unknownSizes: readonly number[] = [0, 0xffff_ffff];

/** Stands for the codec that the chunk names further on, in the first bytes of a GUID. */
const extensible = 0xfffe;
const subFormatAt = 24;

/** What codecs need for a sample: speech at 8 kHz takes 1 bit and more, and no format has longer samples than of 64 bits. */
const leastSampleBits = 0.05;
const maxSampleBits = 64;

/** By codec: the names of `pcmFormats` for samples of one byte, two bytes, and so on. */
const codings: Readonly<Partial<Record<number, readonly (string | undefined)[]>>> = {
  1: ['pcm-u8', 'pcm-s16', 'pcm-s24', 'pcm-s32'],
  3: [undefined, undefined, undefined, 'pcm-f32', undefined, undefined, undefined, 'pcm-f64'],
  6: ['alaw'],
  7: ['ulaw'],
};

/** Whether this is a WAV file: RIFF, its big-endian twin RIFX, or RF64 and BW64, which have sizes of 64 bits. */
export function isWav(head: Buffer): boolean {
  return /^(RIFF|RIFX|RF64|BW64)....WAVE/s.test(head.toString('latin1', 0, 12));
}

/**
 * Reads the header of a WAV file. Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0";
 * EBU Tech 3306 for RF64.
 *
 * @param start where it begins in the file, behind tags
 * @param head its first bytes
 * @param fileBytes the size of the file
 */
export async function readWav(
  file: FileHandle,
  start: number,
  head: Buffer,
  fileBytes: number,
): Promise<WavHeader> {
  const order = head.toString('latin1', 0, 4) === 'RIFX' ? 'BE' : 'LE';
  const found = await chunksUpTo(file, start, order, ['fmt ', 'data']);
  const format = await readFormat(file, found.get('fmt '), order);
  const data = await readData(file, found.get('data'), found.get('ds64'));
  if (!format || !data) {
    return { codec: undefined, sound: undefined, seconds: undefined };
  }
  const fact = found.get('fact');
  return describe(format, data, fact && u32(await readAt(file, fact.start, 4), 0, order), fileBytes);
}

async function readData(
  file: FileHandle,
  data: Chunk | undefined,
  longSizes: Chunk | undefined,
): Promise<Pick<RawSound, 'start' | 'bytes'> | undefined> {
  if (!data) {
    return undefined;
  }
  const { start, size } = data;
  if (longSizes && size === 0xffff_ffff) {
    return { start, bytes: Number((await readAt(file, longSizes.start, 16)).readBigUInt64LE(8)) };
  }
  return { start, bytes: unknownSizes.includes(size) ? Infinity : size };
}

function describe(
  { codec, order, channels, sampleRate, bytesPerSecond, sampleBytes }: Format,
  data: Pick<RawSound, 'start' | 'bytes'>,
  samples: number | undefined,
  fileBytes: number,
): WavHeader {
  const coding = codings[codec];
  if (!coding) {
    const bytes = Math.min(data.bytes, Math.max(0, fileBytes - data.start));
    const bits = samples === undefined ? NaN : (bytes * 8) / samples / channels;
    const isLikely = bits >= leastSampleBits && bits <= maxSampleBits;
    const seconds = samples !== undefined && isLikely ? samples / sampleRate : bytes / bytesPerSecond;
    return { codec, sound: undefined, seconds };
  }
  const name = coding[sampleBytes / channels - 1] ?? `WAV codec ${codec}`;
  const format = order === 'BE' && /^pcm-[sf]/.test(name) ? `${name}be` : name;
  const sound = { ...data, format, sampleRate, channels };
  return { codec: undefined, sound, seconds: rawSeconds(sound, fileBytes) };
}

async function readFormat(
  file: FileHandle,
  found: Chunk | undefined,
  order: ByteOrder,
): Promise<Format | undefined> {
  const chunk = await readAt(file, found?.start ?? 0, Math.min(found?.size ?? 0, 40));
  if (chunk.length < 16) {
    return undefined;
  }
  const codec = u16(chunk, 0, order);
  const isExtensible = codec === extensible && chunk.length >= subFormatAt + 2;
  return {
    codec: isExtensible ? u16(chunk, subFormatAt, order) : codec,
    order,
    channels: u16(chunk, 2, order),
    sampleRate: u32(chunk, 4, order),
    bytesPerSecond: u32(chunk, 8, order),
    sampleBytes: u16(chunk, 12, order),
  };
}

function u16(bytes: Buffer, at: number, order: ByteOrder): number {
  return order === 'LE' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
}

function u32(bytes: Buffer, at: number, order: ByteOrder): number {
  return order === 'LE' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}
