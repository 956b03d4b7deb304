import { BlockReader } from '../../../../src/audio/frames/blockReader';
import { readFrames, type Frame } from '../../../../src/audio/frames/readFrames';

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

export function readerOf(bytes: Uint8Array): BlockReader {
  return new BlockReader((position, length) => Promise.resolve(bytes.subarray(position, position + length)));
}

/** A reader that counts the bytes it reads. */
export function countingReader(bytes: Uint8Array): {
  readonly reader: BlockReader;
  readonly read: () => number;
} {
  let count = 0;
  const reader = new BlockReader((position, length) => {
    const block = bytes.subarray(position, position + length);
    count += block.length;
    return Promise.resolve(block);
  });
  return { reader, read: () => count };
}

export async function framesOf(bytes: Uint8Array, maxBefore = 0): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of readFrames(readerOf(bytes), 0, bytes.length, maxBefore)) {
    frames.push(frame);
  }
  return frames;
}

/** A frame of MPEG-2, layer III, 32 kbit/s, 16 kHz, one channel: 144 bytes. What is in it tells it from others. */
export function frame(fill = 0): Buffer {
  const bytes = Buffer.alloc(144, fill);
  bytes.set([0xff, 0xf3, 0x48, 0xc0]);
  return bytes;
}

export const framesFilled = (...fills: number[]): Buffer => Buffer.concat(fills.map(frame));

/** Bytes that look like nothing. */
export const garbage = (length: number): Buffer => Buffer.alloc(length, 0x55);

export function id3v2(length: number, footer = false): Buffer {
  const size = [21, 14, 7, 0].map((shift) => (length >> shift) & 127);
  const flags = footer ? 0x10 : 0;
  return Buffer.concat([
    latin1('ID3'),
    Buffer.from([4, 0, flags, ...size]),
    Buffer.alloc(length, 0xff),
    ...(footer ? [latin1('3DI'), Buffer.from([4, 0, flags, ...size])] : []),
  ]);
}

export const id3v1 = (): Buffer => Buffer.concat([latin1('TAG'), Buffer.alloc(125, 0x20)]);

/** @param header whether it has one, besides its footer */
export function ape(length: number, header = true): Buffer {
  const mark = (flags: number): Buffer => {
    const bytes = Buffer.alloc(32);
    bytes.write('APETAGEX', 'latin1');
    bytes.writeUInt32LE(2000, 8);
    bytes.writeUInt32LE(length + 32, 12);
    bytes.writeUInt32LE(flags + (header ? 2 ** 31 : 0), 20);
    return bytes;
  };
  return Buffer.concat([...(header ? [mark(2 ** 29)] : []), Buffer.alloc(length, 0x41), mark(0)]);
}

/** Spoils the name of a header, so that no reader knows it. */
export function withoutMark(file: Buffer, name: string): Buffer {
  const bytes = Buffer.from(file);
  bytes.fill(0, bytes.indexOf(name, 0, 'latin1'), bytes.indexOf(name, 0, 'latin1') + name.length);
  return bytes;
}

/** A Matroska file as a browser leaves it: it says neither how many bytes its segment has nor how long it is, and has no index. */
export function unfinishedMatroska(file: Buffer): Buffer {
  const bytes = Buffer.from(file.subarray(0, file.lastIndexOf(Buffer.from('1c53bb6b', 'hex'))));
  bytes.fill(
    0xff,
    bytes.indexOf(Buffer.from('18538067', 'hex')) + 5,
    bytes.indexOf(Buffer.from('18538067', 'hex')) + 12,
  );
  const duration = bytes.indexOf(Buffer.from('448988', 'hex'));
  bytes.fill(0, duration + 3, duration + 11);
  return bytes;
}
