/** Recordings made of headers, each with its seconds; null where it does not say. */
export const recordings: readonly (readonly [string, () => Buffer, number | null])[] = [
  ['WAV whose size is not filled in', () => wav(0, 3200), 0.2],
  ['WAV of unknown size', () => wav(0xffff_ffff, 3200), 0.2],
  ['WAV that is cut off', () => wav(32_000, 3200), 0.2],
  ['WAV with something behind it', () => wav(1600, 3200), 0.1],
  ['WAV in a codec that counts samples', () => adpcm(8000, 4000), 0.5],
  ['WAV of no rate at all', () => wav(3200, 3200, 0), null],
  ['WAV with sizes of 64 bits', () => rf64('RF64', 1600), 0.1],
  ['WAV with sizes of 64 bits, by its other name', () => rf64('BW64', 1600), 0.1],
  ['WAV whose codec stands further on', () => extensible(8000, 1600), 0.1],
  ['WAV with its highest bytes first', () => rifx(8000, 1600), 0.1],
  ['WAV without a format', () => riff(riffChunk('data', Buffer.alloc(1600))), null],
  ['AIFF', () => aiff(4000, 8000), 0.5],
  ['AIFF whose number of samples is not filled in', () => aiff(2 ** 31, 8000, 1600), 0.1],
  ['AIFF in a codec that counts packets', () => aiff(125, 8000, 4250, 'ima4'), 1],
  ['AIFF without a format', () => aiffChunks(aiffChunk('SSND', Buffer.alloc(1600))), null],
  ['AU', () => au(16_000, 24_000), 1],
  ['AU of unknown size', () => au(0xffff_ffff, 24_000), 1.5],
  ['AU in a codec that is not known', () => au(16_000, 24_000, 23), null],
  ['Windows Media', () => asf(0), 61.5],
  ['Windows Media that was not finished', () => asf(1), null],
  ['Flash video', flv, 0x0102_0304 / 1000],
  ['AMR', () => frames('#!AMR\n', [0x3c, 32], [0x44, 6]), 4],
  ['AMR, wide band', () => frames('#!AMR-WB\n', [0x44, 61], [0x4c, 6]), 4],
  ['MP3 that counts its frames', () => mp3('Xing', 1000), (1000 * 1152) / 44_100],
  ['MP3 that counts its frames as another encoder does', () => mp3('VBRI', 1000), (1000 * 1152) / 44_100],
  ['MP3 that counts nothing', () => mp3('', 0), (20 * 1152) / 44_100],
  ['MP3 behind a tag', () => Buffer.concat([id3(70_000), mp3('', 0)]), (20 * 1152) / 44_100],
  ['MP3 behind a tag of another kind', () => Buffer.concat([ape(100_000), mp3('', 0)]), (20 * 1152) / 44_100],
  [
    'MP3 with tags behind it',
    () => Buffer.concat([mp3('', 0), ape(5000), Buffer.from('TAG'.padEnd(128))]),
    (20 * 1152) / 44_100,
  ],
  [
    'MP3 whose frames are counted without the padding of its encoder',
    () => mp3('Xing', 1000, { delay: 576, padding: 1000 }),
    (1000 * 1152 - 1576) / 44_100,
  ],
  [
    'MP3 whose encoder claims to have added nothing',
    () => mp3('Xing', 1000, { delay: 0, padding: 0 }),
    (1000 * 1152 - 529) / 44_100,
  ],
  [
    'MP3 that was cut off',
    () => Buffer.concat([mp3('Xing', 1000, { delay: 576, padding: 1000 }, 417_000)]),
    (19 * 1152 - 576 - 529) / 44_100,
  ],
  [
    'MP3 of another bit rate in each frame, which counts nothing',
    () => Buffer.concat(Array.from({ length: 300 }, (_, i) => mpegFrame([9, 1, 5, 7][i % 4]!))),
    (300 * 1152) / 44_100,
  ],
  [
    'ADTS',
    () => Buffer.concat(Array.from({ length: 100 }, (_, i) => adtsFrame(50 + (i % 7)))),
    102_400 / 44_100,
  ],
  [
    'MP3 that begins in the middle of a frame',
    () => Buffer.concat([noise(700), mp3('', 0)]),
    20 * (1152 / 44_100),
  ],
  ['Dolby Digital', () => frames('', [0x0b77_0000, 384, 0x0c40]), 200 * 0.032],
  ['MP3 in the free format', () => Buffer.concat(Array.from({ length: 20 }, () => mpegFrame(0, 417))), null],
  ['an MPEG program stream', () => Buffer.concat([Buffer.from('000001ba', 'hex'), mp3('', 0)]), null],
  ['noise', () => noise(5000), null],
  ['nothing', () => Buffer.alloc(0), null],
];

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const u16le = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);

function u32(order: 'LE' | 'BE', ...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) =>
    order === 'LE' ? bytes.writeUInt32LE(value, i * 4) : bytes.writeUInt32BE(value, i * 4),
  );
  return bytes;
}

const riffChunk = (name: string, contents: Buffer, size = contents.length): Buffer =>
  Buffer.concat([latin1(name), u32('LE', size), contents]);

function riff(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([latin1('RIFF\0\0\0\0WAVE'), ...chunks]);
}

const format = (codec: number, rate: number, bytesPerSecond: number): Buffer =>
  riffChunk(
    'fmt ',
    Buffer.concat([u16le(codec), u16le(1), u32('LE', rate, bytesPerSecond), u16le(2), u16le(16)]),
  );

function wav(size: number, bytes: number, rate = 8000): Buffer {
  return riff(
    format(1, rate, rate * 2),
    riffChunk('odd ', Buffer.alloc(4), 3),
    riffChunk('data', Buffer.alloc(bytes), size),
  );
}

/** The size in the chunk of the samples says that it stands elsewhere. */
function rf64(name: 'RF64' | 'BW64', bytes: number): Buffer {
  const sizes = Buffer.alloc(28);
  sizes.writeBigUInt64LE(BigInt(bytes), 8);
  return Buffer.concat([
    latin1(`${name}\xff\xff\xff\xffWAVE`),
    riffChunk('ds64', sizes),
    format(1, 8000, 16_000),
    riffChunk('data', Buffer.alloc(bytes), 0xffff_ffff),
    riffChunk('LIST', Buffer.alloc(400)),
  ]);
}

function extensible(rate: number, bytes: number): Buffer {
  const codec = Buffer.concat([u16le(0xfffe), u16le(1), u32('LE', rate, 1), u16le(2), u16le(16)]);
  const extension = Buffer.concat([u16le(22), u16le(16), u32('LE', 4), u16le(1), Buffer.alloc(14)]);
  return riff(riffChunk('fmt ', Buffer.concat([codec, extension])), riffChunk('data', Buffer.alloc(bytes)));
}

function rifx(rate: number, bytes: number): Buffer {
  const numbers = Buffer.alloc(16);
  [1, 1].forEach((value, i) => numbers.writeUInt16BE(value, 2 * i));
  numbers.writeUInt32BE(rate, 4);
  numbers.writeUInt16BE(2, 12);
  return Buffer.concat([
    latin1('RIFX\0\0\0\0WAVEfmt '),
    u32('BE', 16),
    numbers,
    latin1('data'),
    u32('BE', bytes),
    Buffer.alloc(bytes),
  ]);
}

function adpcm(rate: number, samples: number): Buffer {
  return riff(
    format(17, rate, 1),
    riffChunk('fact', u32('LE', samples)),
    riffChunk('data', Buffer.alloc(100)),
  );
}

const aiffChunk = (name: string, contents: Buffer): Buffer =>
  Buffer.concat([latin1(name), u32('BE', contents.length), contents]);

const aiffChunks = (...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([latin1('FORM\0\0\0\0AIFF'), ...chunks]);

/** @param bytes of the samples; without, there is no chunk of them */
function aiff(samples: number, rate: number, bytes?: number, coding = ''): Buffer {
  const common = Buffer.alloc(18);
  common.writeUInt16BE(1, 0);
  common.writeUInt32BE(samples, 2);
  common.writeUInt16BE(16, 6);
  const exponent = Math.floor(Math.log2(rate));
  common.writeUInt16BE(16_383 + exponent, 8);
  common.writeBigUInt64BE(BigInt(rate) << BigInt(63 - exponent), 10);
  return aiffChunks(
    aiffChunk('COMM', Buffer.concat([common, latin1(coding)])),
    ...(bytes === undefined ? [] : [aiffChunk('SSND', Buffer.alloc(8 + bytes))]),
  );
}

function au(size: number, bytes: number, coding = 3): Buffer {
  return Buffer.concat([latin1('.snd'), u32('BE', 24, size, coding, 8000, 1), Buffer.alloc(bytes)]);
}

function asf(flags: number): Buffer {
  const header = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c'.padEnd(60, '0'), 'hex');
  const properties = Buffer.alloc(104);
  properties.write('a1dcab8c47a9cf118ee400c00c205365', 'hex');
  properties.writeBigUInt64LE(645_000_000n, 64);
  properties.writeBigUInt64LE(3000n, 80);
  properties.writeUInt32LE(flags, 88);
  return Buffer.concat([header, properties, noise(2000)]);
}

function flv(): Buffer {
  const tag = Buffer.from([8, 0, 0, 4, 2, 3, 4, 1, 0, 0, 0, 9, 9, 9, 9]);
  return Buffer.concat([latin1('FLV\x01\x04'), u32('BE', 9, 0), noise(300_000), tag, u32('BE', tag.length)]);
}

/** Two hundred frames, of those kinds in turn: how they begin (a byte, or four and two more), and how long they are. */
function frames(signature: string, ...kinds: readonly (readonly [number, number, number?])[]): Buffer {
  const made = Array.from({ length: 200 }, (_, i) => {
    const [start, length, more = 0] = kinds[i % kinds.length]!;
    const frame = Buffer.alloc(length);
    if (start > 255) {
      frame.writeUInt32BE(start);
      frame.writeUInt16BE(more, 4);
    } else {
      frame.writeUInt8(start);
    }
    return frame;
  });
  return Buffer.concat([latin1(signature), ...made]);
}

/**
 * Frames of MPEG-1, layer III, 128 kbit/s, 44.1 kHz. In the first of them it may say how many others there are, how many bytes
 * all have, and what the encoder has put around the sound. Twenty are there where it says nothing, or its bytes.
 */
function mp3(encoder: string, count: number, ends?: { delay: number; padding: number }, size = 0): Buffer {
  const bytes = Buffer.concat(
    Array.from({ length: size > 0 ? 20 : Math.max(20, count + 1) }, () => mpegFrame(9)),
  );
  bytes.write(encoder, 36, 'latin1');
  if (encoder === 'Xing') {
    bytes.writeUInt32BE(size > 0 ? 3 : 1, 40);
  }
  if (encoder !== '') {
    bytes.writeUInt32BE(count, encoder === 'Xing' ? 44 : 50);
  }
  if (size > 0) {
    bytes.writeUInt32BE(size, 48);
  }
  if (ends) {
    const extension = size > 0 ? 52 : 48;
    bytes.write('LAME3.100', extension, 'latin1');
    bytes.writeUIntBE(ends.delay * 2 ** 12 + ends.padding, extension + 21, 3);
  }
  return bytes;
}

/** A frame of MPEG-1, layer III, 44.1 kHz, with the bit rate of that index; silent, since all of it is zeros. */
function mpegFrame(bitRate: number, length = [0, 104, 0, 0, 0, 208, 0, 313, 0, 417][bitRate]!): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE((0xfffb_0000 | (bitRate << 12)) >>> 0);
  return bytes;
}

/** A frame of AAC-LC at 44.1 kHz. */
function adtsFrame(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE(0xfff1_5040);
  bytes.writeUIntBE((length << 5) | 0x1f, 4, 2);
  bytes.writeUInt8(0xfc, 6);
  return bytes;
}

function ape(size: number): Buffer {
  const header = Buffer.alloc(32);
  header.write('APETAGEX', 'latin1');
  header.writeUInt32LE(2000, 8);
  header.writeUInt32LE(size + 32, 12);
  header.writeUInt32LE(2 ** 31 + 2 ** 29, 20);
  const footer = Buffer.from(header);
  footer.writeUInt32LE(2 ** 31, 20);
  return Buffer.concat([header, Buffer.alloc(size, 0x41), footer]);
}

function id3(size: number): Buffer {
  const sevenBits = [size >> 14, (size >> 7) & 127, size & 127];
  return Buffer.concat([latin1('ID3\x04\0\0\0'), Buffer.from(sevenBits), Buffer.alloc(size, 0xff)]);
}

const noise = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, i) => (i * i * 31 + (i >> 3)) % 251));
